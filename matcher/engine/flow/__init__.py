"""How are pairs chosen and priced exactly? The rules as a network flow, goal after goal."""
