"""Is anything lost or done twice when the service dies? A campaign that kills it at named points, over and over."""
