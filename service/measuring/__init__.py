"""How does a school measure itself, at the start and at the end, and what does it lack?"""
