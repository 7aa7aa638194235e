"""The supervisor's pages: reading."""
