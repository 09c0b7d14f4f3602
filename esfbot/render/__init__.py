"""An `Answer` as text for a terminal, HTML for Telegram, or JSON. Markup and escaping come last, here."""
