"""Do six programs that read calendars read ours alike?"""
