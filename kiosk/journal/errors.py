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


class MissingJournalError(JournalError):
    """There is no journal in the data folder, or only one that the station must bring up to date
    first.
    """


class LockedError(JournalError):
    """Another process is this journal's writer."""


class NewerDataError(JournalError):
    """The data folder was written by a newer version of the product."""


class RosterError(JournalError):
    """A roster contradicts itself; the message (Chinese, for the person who imports it) says where.

    Nothing was changed.
    """


class StorageError(JournalError):
    """The disk refused to store an entry or a photo (full, read-only, failing); nothing was
    half-recorded.

    The message is Chinese, for the person at the door; the technical cause is chained to it.
    """


class DamagedError(StorageError):
    """The database file itself is damaged. Keep it, and restore the newest backup."""
