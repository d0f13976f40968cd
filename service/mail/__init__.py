"""What are people told by mail, did a coordinator see it first, and did it arrive?"""
