"""The Telegram bot: a table of contents (`app`), its handlers, and how it polls, logs and fails."""
