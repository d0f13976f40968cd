"""How does a plan become public, and what does the portal show?"""
