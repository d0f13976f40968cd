"""What does a cohort do in its year, from application to Award?"""
