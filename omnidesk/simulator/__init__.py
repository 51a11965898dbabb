"""Channels on loopback: pretend providers and customers, for demo and tests."""
