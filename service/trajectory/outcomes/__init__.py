"""What became of every pair?"""
