"""The supervisor's pages: checks."""
