"""Verifying what the county holds of a station: the chain from its first entry, and every photo's
digest.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator

import msgspec

from kiosk.journal.entries import Entry, check_link, genesis
from kiosk.journal.errors import BrokenChainError
from kiosk.records.station.facts import HeadSigned
from sync.county.errors import UnknownStationError
from sync.county.objects import Objects, photo_key
from sync.county.projecting import fact_of
from sync.county.store import PhotoRow, StationRow, Store
from sync.identity import head_is_genuine
from sync.sentences import say

PAGE = 500
HEAD_SIGNED = "head.signed"


class Report(msgspec.Struct, frozen=True):
    """What was found: `entries` that follow each other from the first, `hash` of the last of them,
    and what is wrong.
    """

    station: str
    entries: int
    hash: str
    signed_seq: int
    photos_held: int
    photos_missing: int
    photos_damaged: tuple[str, ...]
    fault: str = ""
    alarm: str = ""

    @property
    def sound(self) -> bool:
        """Return whether nothing is wrong with what is held; photos may still be missing."""
        return not self.fault and not self.photos_damaged and not self.alarm


def _ignore(entries: int) -> None:
    pass


def verify_station(
    store: Store, objects: Objects, station: str, moved: Callable[[int], None] = _ignore
) -> Report:
    """Walk a station's chain with its signed heads and read its photos; `moved` is called with how
    many entries are done.

    The signatures are what the county cannot make itself: a chain rewritten here, hashes and all,
    does not match them. Raise UnknownStationError.
    """
    row = store.station(station)
    if row is None:
        raise UnknownStationError(f"station {station} is not enrolled")
    seq, hash_hex, fault = _walk(store, row, moved)
    if not fault and seq != row.seq:
        fault = say("report_head", held=row.seq, seq=seq)
    held = [photo for photo in _photos(store, station) if photo.held_at is not None]
    damaged = tuple(photo.digest for photo in held if not _is_whole(objects, photo))
    _, missing = store.photo_counts(station)
    return Report(
        station, seq, hash_hex, row.signed_seq, len(held), missing, damaged, fault, alarm=row.alarm
    )


def _walk(store: Store, row: StationRow, moved: Callable[[int], None]) -> tuple[int, str, str]:
    """Return the number and hash of the last good entry, and what is wrong with the next one if
    there is a bad one.
    """
    seq, hash_hex = 0, genesis(row.station)
    for entry in _entries(store, row.station):
        try:
            check_link(entry, seq + 1, hash_hex)
        except BrokenChainError as error:
            return seq, hash_hex, say("report_link", seq=error.seq, why=error.why)
        if entry.kind == HEAD_SIGNED and not _head_is_good(store, row, entry):
            return seq, hash_hex, say("alarm_signature", seq=entry.seq)
        seq, hash_hex = entry.seq, entry.hash
        if seq % PAGE == 0:
            moved(seq)
    moved(seq)
    return seq, hash_hex, ""


def _head_is_good(store: Store, row: StationRow, entry: Entry) -> bool:
    head = fact_of(entry)
    if not isinstance(head, HeadSigned) or not 1 <= head.seq < entry.seq:
        return False
    signed = store.entries(row.station, head.seq - 1, 1)[0]
    return signed.hash == head.hash and head_is_genuine(head, row.public_key)


def _entries(store: Store, station: str) -> Iterator[Entry]:
    after = 0
    while page := store.entries(station, after, PAGE):
        yield from page
        after = page[-1].seq


def _photos(store: Store, station: str) -> Iterator[PhotoRow]:
    after = ""
    while page := store.photos(station, after, PAGE):
        yield from page
        after = page[-1].digest


def _is_whole(objects: Objects, photo: PhotoRow) -> bool:
    data = objects.get(photo_key(photo.station, photo.digest))
    return data is not None and hashlib.sha256(data).hexdigest() == photo.digest
