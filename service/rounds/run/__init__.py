"""How is a round run, followed and read?"""
