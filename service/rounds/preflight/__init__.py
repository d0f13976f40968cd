"""What would a round of this cohort meet, before anything is solved?"""
