"""The station itself: its starts, its health, its signature."""
