"""What does every part of the service stand on? Errors, settings, logs; no concept of the product."""
