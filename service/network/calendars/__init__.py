"""How do people follow their sessions in a calendar of their own?"""
