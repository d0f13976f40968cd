"""When, where and with whom do the schools meet?"""
