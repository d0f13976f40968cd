"""How do spreadsheets become the rows of a cohort?"""
