"""Answers about projects that the European Social Fund pays for in Sweden, from their published sheets."""
