"""From which lists does a form choose?"""
