"""What is kept about a person, and how is it exported or erased?"""
