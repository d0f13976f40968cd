"""What does each column mean, and how is one cell of it read?"""
