"""What the bot remembers from one message to the next, and over a restart: one SQLite file."""
