"""Do many streams of events at once leave reads quick?"""
