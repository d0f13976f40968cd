"""How does a plan look on a page: table, map, one pair?"""
