"""How is the service started, watched and stopped?"""
