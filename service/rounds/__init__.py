"""How is a plan made, asked about and proven?"""
