"""Which cohorts are there, and how is one begun, changed or removed?"""
