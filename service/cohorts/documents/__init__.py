"""Which documents of a cohort's year are kept, version after version?"""
