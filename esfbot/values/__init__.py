"""Amounts, dates, periods, telephone numbers and addresses: read from text, written in Swedish and English."""
