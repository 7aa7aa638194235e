"""The supervisor's pages: speech."""
