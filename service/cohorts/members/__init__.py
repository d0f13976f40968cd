"""Which schools and mentors does a cohort have?"""
