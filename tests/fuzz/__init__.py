"""Does the API keep its word on whatever is sent? Cases made from its own OpenAPI document, good and bad ones."""
