"""What can go wrong with sync beyond what a drain's outcome says."""

from __future__ import annotations


class SyncError(Exception):
    """The base of the package's errors; the message says what, where, and what to do."""


class IdentityError(SyncError):
    """The station's key cannot be used."""


class AlreadyRunningError(SyncError):
    """Another process is draining this station's journal."""


class ProgressError(SyncError):
    """What is remembered of earlier drains cannot be read."""


class SignatureError(SyncError):
    """A request was not signed by the station it speaks for, or not over what the protocol
    requires.
    """


class ContentDigestError(SyncError):
    """A request's body is not the one its sender signed the digest of."""


class CountyUrlError(SyncError):
    """The county's address cannot be used."""


class AnswerTooLargeError(SyncError):
    """An answer is larger than any of the county's can be."""
