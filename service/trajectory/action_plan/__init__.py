"""What will a school do this year, and what should it take first?"""
