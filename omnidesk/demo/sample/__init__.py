"""What the demo begins with: the people, conversations and articles of a shop."""
