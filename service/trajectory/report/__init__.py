"""What came of a whole cohort, for who pays for it?"""
