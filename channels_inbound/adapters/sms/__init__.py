"""Text message providers: what they send us, read into one form."""
