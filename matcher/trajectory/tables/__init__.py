"""How are people's tables of the year read, and how is what they say written in Excel?"""
