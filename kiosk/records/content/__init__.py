"""Which versions of packs were published."""
