"""Every channel, in and back out again."""
