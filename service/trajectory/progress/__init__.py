"""How far did schools come between the two measurements?"""
