"""Which pairs are locked or forbidden, and by whom?"""
