"""Checks: opened, called through, closed."""
