"""The supervisor's pages: forms."""
