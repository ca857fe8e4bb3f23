"""A room for the fault tests, installed in their worker processes only."""
