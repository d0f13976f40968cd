"""Which empty files and guides does a coordinator start from?"""
