"""A crew checked together (全班)."""
