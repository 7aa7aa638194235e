"""Who sent this request: the station it speaks for, proven by its signature."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from sync.county.refusal import RefusedError
from sync.county.store import StationRow, Store
from sync.errors import ContentDigestError, SignatureError
from sync.protocol import CLOCK_WINDOW_S, STATION, Code
from sync.signing import Request, check_signature


class Gate:
    """Admits requests that an enrolled station signed, over this very content, not long ago."""

    def __init__(self, store: Store, now: Callable[[], datetime]) -> None:
        self._store = store
        self._now = now

    def admit(self, station: str, request: Request, body: bytes) -> StationRow:
        """Return the station that sent the request. Raise RefusedError."""
        row = self._store.station(station) if STATION.fullmatch(station) else None
        if row is None:
            raise RefusedError(Code.UNKNOWN_STATION, station=station)
        try:
            created = check_signature(request, body, station, row.public_key)
        except SignatureError as error:
            raise RefusedError(Code.BAD_SIGNATURE, station=station) from error
        except ContentDigestError as error:
            raise RefusedError(Code.CONTENT_DIGEST) from error
        off_s = abs((self._now() - created).total_seconds())
        if off_s > CLOCK_WINDOW_S:
            raise RefusedError(Code.CLOCK_OFF, minutes=round(off_s / 60))
        return row
