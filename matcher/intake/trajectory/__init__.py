"""How are the tables of a cohort's year read: applications, measurements, plans, the Award?"""
