"""What can be asked about a plan?"""
