"""Do the mentor and the school of each pair of a plan want it?"""
