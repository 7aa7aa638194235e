"""The supervisor's pages: access."""
