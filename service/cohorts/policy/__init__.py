"""Which policy weighs the pairs of a cohort?"""
