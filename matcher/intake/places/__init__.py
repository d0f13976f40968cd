"""Where is a postcode or an address, and how long is it by road?"""
