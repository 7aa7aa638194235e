"""The supervisor's pages: scenarios."""
