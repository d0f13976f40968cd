"""What do coordinators note about a pair: was it talked over, and what was said?"""
