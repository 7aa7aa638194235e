"""What a reader sends down its wire when a sample card is held to it."""

from __future__ import annotations

from kiosk.model.people import Roster


def rdm6300_frame(raw_hex: str) -> bytes:
    """Frame five bytes (10 hex digits) as RDM6300 and 7941E send them: STX, hex, XOR checksum in
    hex, ETX.
    """
    raw = bytes.fromhex(raw_hex)
    if len(raw) != 5:
        raise ValueError(f"card {raw_hex!r}: expected 10 hexadecimal digits")
    checksum = 0
    for byte in raw:
        checksum ^= byte
    return b"\x02" + f"{raw_hex.upper()}{checksum:02X}".encode() + b"\x03"


def card_of(roster: Roster, worker: str) -> str | None:
    """Return the first full card number (10H) of a worker."""
    return next(
        (card.number for card in roster.cards if card.worker == worker and card.form == "10H"), None
    )
