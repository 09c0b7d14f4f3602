"""Maintaining the sheets: taking new ones in, the gate before they go live, undoing, and withholding people."""
