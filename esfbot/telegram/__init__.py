"""The Telegram bot: a table of contents (`app`), its handlers, and how it polls, logs and fails."""

import os

# python-telegram-bot's own switch for what its next version does anyway: lengths of time as timedelta, and no warning
# of that at each.
os.environ.setdefault("PTB_TIMEDELTA", "true")
