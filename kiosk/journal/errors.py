"""What can go wrong with a journal."""

from __future__ import annotations


class JournalError(Exception):
    """The base of the journal's errors; the message says what, where, and what to do."""


class BrokenChainError(JournalError):
    """An entry does not fit; `seq` is the first bad one, `why` says what is wrong with it."""

    def __init__(self, seq: int, why: str) -> None:
        super().__init__(f"entry {seq} {why}")
        self.seq = seq
        self.why = why


class LockedError(JournalError):
    """Another process is this journal's writer."""


class NewerDataError(JournalError):
    """The data folder was written by a newer version of the product."""


class StorageError(JournalError):
    """The disk refused to store an entry or a photo (full, read-only, failing); nothing was half-recorded."""
