"""What is remembered: who did what, and what is kept about a person?"""
