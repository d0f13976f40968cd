"""Which views of a plan are kept under a name?"""
