"""The supervisor's pages: people."""
