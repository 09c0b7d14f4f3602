"""Municipalities, counties and ESF regions of Sweden, and how to find their names in text."""
