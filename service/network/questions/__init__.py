"""What can be asked about a year of sessions?"""
