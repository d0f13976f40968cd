"""How do schools, mentors, agreements and a policy become a round?"""
