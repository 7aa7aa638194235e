"""The supervisor's pages: paper."""
