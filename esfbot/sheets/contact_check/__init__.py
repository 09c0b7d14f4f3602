"""Which contacts of a collection of sheets to look after; see `esfbot.sheets.contact_check.check`."""
