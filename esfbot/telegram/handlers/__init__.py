"""What the bot does with what is said to it: each handler takes the desk and what was said, and returns the reply."""
