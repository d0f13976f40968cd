"""What happens when a mentor drops out of a published plan?"""
