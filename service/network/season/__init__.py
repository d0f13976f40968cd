"""How is a year of sessions planned, published and repaired?"""
