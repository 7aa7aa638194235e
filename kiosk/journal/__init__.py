"""The append-only, hash-chained record and the photos it names: the only code that knows SQLite and
the photo folder.
"""
