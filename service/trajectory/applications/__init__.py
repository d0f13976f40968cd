"""Who applies for a cohort, and what becomes of it?"""
