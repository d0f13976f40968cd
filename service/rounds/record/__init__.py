"""How is a plan kept so that nobody can change it unseen?"""
