"""Articles that customers read and the bot answers from."""
