"""The roster and the enterprise's tree, as they arrive from files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from devices.card_reader import Card, CardNumberError
from kiosk.model.enterprise import Enterprise, Unit
from kiosk.model.people import CardNumber, Roster
from kiosk.packs.problems import Found
from kiosk.packs.single import load_single


def load_roster(path: Path) -> Roster:
    """Load people, certificates and cards. Raise PackError."""
    return load_single(path, Roster, _roster_faults)


def load_enterprise(path: Path) -> Enterprise:
    """Load the enterprise with its workshops, units and posts. Raise PackError."""
    return load_single(path, Enterprise, _enterprise_faults)


def _roster_faults(roster: Roster) -> Found:
    seen: dict[str, str] = {}
    for index, worker in enumerate(roster.workers):
        key = f"workers[{index}]"
        if not worker.id or worker.id.strip() != worker.id:
            yield f"{key}.id", f"expected a 工号 without spaces around it, got {worker.id!r}"
        if not worker.name.strip():
            yield f"{key}.name", "missing; write it"
        yield from _repeated(worker.id, key, seen)
    for index, card in enumerate(roster.cards):
        yield from _card_faults(card, f"cards[{index}]", seen)
    yield from _shared_cards(roster.cards)


def _card_faults(card: CardNumber, key: str, workers: dict[str, str]) -> Found:
    if card.worker not in workers:
        yield f"{key}.worker", f"no worker {card.worker!r} in this roster"
    try:
        Card(card.form, card.number)
    except CardNumberError as error:
        yield f"{key}.number", str(error)


def _shared_cards(cards: tuple[CardNumber, ...]) -> Found:
    seen: dict[tuple[str, str], str] = {}
    for index, card in enumerate(cards):
        first = seen.setdefault((card.form, card.number), f"cards[{index}]")
        if first != f"cards[{index}]":
            yield f"cards[{index}].number", f"{card.number!r} is already the number of {first}"


def _enterprise_faults(enterprise: Enterprise) -> Found:
    seen: dict[str, str] = {}
    for key, item_id in _ids(enterprise):
        yield from _repeated(item_id, key, seen)
    for index, workshop in enumerate(enterprise.workshops):
        for unit_index, unit in enumerate(workshop.units):
            yield from _unit_faults(unit, f"workshops[{index}].units[{unit_index}]")


def _unit_faults(unit: Unit, key: str) -> Found:
    if unit.deputy and not unit.responsible:
        yield (
            f"{key}.responsible",
            "missing where a deputy is named; write the 工号 of who answers for the unit",
        )
    if unit.deputy and unit.deputy == unit.responsible:
        yield (
            f"{key}.deputy",
            f"{unit.deputy!r} is the responsible person already; name somebody else",
        )
    seen: dict[tuple[str, str], str] = {}
    for index, item in enumerate(unit.items):
        first = seen.setdefault((item.name, item.place), f"items[{index}]")
        if first != f"items[{index}]":
            yield f"{key}.items[{index}]", f"{item.name!r} at {item.place!r} is already {first}"


def _ids(enterprise: Enterprise) -> Iterator[tuple[str, str]]:
    for index, workshop in enumerate(enterprise.workshops):
        yield f"workshops[{index}]", workshop.id
        for unit_index, unit in enumerate(workshop.units):
            yield f"workshops[{index}].units[{unit_index}]", unit.id


def _repeated(item_id: str, key: str, seen: dict[str, str]) -> Found:
    first = seen.setdefault(item_id, key)
    if first != key:
        yield f"{key}.id", f"{item_id!r} is already the id of {first}"
