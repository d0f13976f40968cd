"""in2stem: which mentor helps which school, when do the schools meet, and why?"""
