"""How words are read, and whose voice is played."""
