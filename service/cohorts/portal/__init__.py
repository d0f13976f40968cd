"""What may the web portal tell of a cohort, and who agreed to it?"""
