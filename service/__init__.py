"""How does the outside reach the matcher? Command, service and console."""
