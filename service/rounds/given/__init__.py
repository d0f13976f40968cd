"""Which round do the rows of a cohort make now?"""
