"""What does a school or mentor see and do on a page of their own?"""
