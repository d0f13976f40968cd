"""Which level of the label does a school hold, and what is missing?"""
