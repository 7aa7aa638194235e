"""Copying the journal out: the county holds a copy of it up to a sequence number, and the photos it
asks for by digest.
"""
