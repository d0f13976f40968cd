"""What is a cohort: its own data, its schools and mentors, its policy, its documents?"""
