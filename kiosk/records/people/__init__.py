"""People, their cards, and who answers for what."""
