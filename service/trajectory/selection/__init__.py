"""Which schools are selected?"""
