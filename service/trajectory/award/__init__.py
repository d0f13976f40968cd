"""Who wins the Award, and who reads what for it?"""
