"""The demo: one command that starts the desk with sample data."""
