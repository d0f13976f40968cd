"""How is a year of sessions searched for? Groups, hosts and moments together."""
