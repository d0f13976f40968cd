"""What are the values that the whole program speaks in? Frozen, validated, free of any library's types."""
