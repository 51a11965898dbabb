"""Messengers: what they send us, read into one form."""
