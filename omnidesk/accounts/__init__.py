"""The people who work here: agents, their roles, and how they sign in."""
