"""What do people ask about a plan?"""
