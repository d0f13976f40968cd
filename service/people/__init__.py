"""Who may use the service, and how do they log in?"""
