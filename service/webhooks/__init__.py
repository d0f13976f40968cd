"""Which programs are told what happens?"""
