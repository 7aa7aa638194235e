"""Making a station known to the county: what its id, its name and its key must be."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime

from sync.county.errors import EnrolmentError
from sync.county.projecting import Photos
from sync.county.store import Store
from sync.protocol import STATION
from sync.times import stamp, utc_now

MOST_NAME = 40
_KEY = re.compile(r"[0-9a-f]{64}")


def enrol(
    store: Store,
    station: str,
    name: str,
    public_key: str,
    photos: Photos = Photos.ALL,
    now: Callable[[], datetime] = utc_now,
) -> None:
    """Make a station known to the county by its public key (hex).

    Raise EnrolmentError, which names what cannot be, and AlreadyEnrolledError for another key than
    before.
    """
    if STATION.fullmatch(station) is None:
        raise EnrolmentError(
            f"station id {station!r}: use letters, digits, '.', '_' and '-' only, "
            "at most 64 characters"
        )
    if not name.strip() or not name.isprintable() or len(name) > MOST_NAME:
        raise EnrolmentError(f"name {name!r}: give one line of 1 to {MOST_NAME} characters")
    key = public_key.strip().lower()
    if _KEY.fullmatch(key) is None:
        raise EnrolmentError(
            f"public key {public_key!r}: give the 64 hexadecimal digits that `kiosk identity` "
            "prints after the id"
        )
    store.enrol(station, name.strip(), key, photos, stamp(now()))
