"""What can go wrong at the county beyond what a request's answer says."""

from __future__ import annotations

from sync.errors import SyncError


class CountyError(SyncError):
    """The base of the county's errors."""


class StoreUnavailableError(CountyError):
    """The database or the object store cannot be used now; nothing was half-stored."""


class EnrolmentError(CountyError):
    """A station cannot be enrolled under this id, with this name or key."""


class AlreadyEnrolledError(EnrolmentError):
    """A station of this name is enrolled with another key."""


class SettingsError(CountyError):
    """A setting of the county cannot be used."""


class UnknownStationError(CountyError):
    """No station of this name is enrolled."""
