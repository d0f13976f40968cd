"""Everything that opens something, made anew."""
