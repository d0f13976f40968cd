"""Which small exact choices are made: who is selected, and who reads which dossier?"""
