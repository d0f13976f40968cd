"""How is what a file says counted anew?"""
