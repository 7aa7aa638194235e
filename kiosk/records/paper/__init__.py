"""Paper forms entered later (补录)."""
