"""How do places, days and wishes become a season of sessions?"""
