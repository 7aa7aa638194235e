"""A check at a glance: its four photos and what a supervisor should not overlook."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import msgspec

from kiosk.model.content import Part
from kiosk.model.outcome import Answer
from kiosk.records.checks.rows import CheckDetail, ConfirmationRow
from ui.review.wording import Wording


class Slot(msgspec.Struct, frozen=True):
    """The place of one confirmation's photo; `answer` is empty while there is none."""

    title: str
    thumbnail: str
    answer: str
    faulty: bool


class Flag(msgspec.Struct, frozen=True):
    """One remark; `tone` is bad, warn or info, and gives colour and shape."""

    tone: str
    text: str


class Glance(msgspec.Struct, frozen=True):
    """The photos in their fixed order, and the remarks, the gravest first."""

    slots: tuple[Slot, ...]
    flags: tuple[Flag, ...]


def glance(detail: CheckDetail, wording: Wording) -> Glance:
    """Look at a check."""
    made = {confirmation.part: confirmation for confirmation in detail.confirmations}
    return Glance(
        tuple(_slot(part, made.get(part), wording) for part in Part), tuple(_flags(detail, wording))
    )


def _slot(part: Part, made: ConfirmationRow | None, wording: Wording) -> Slot:
    title = wording.part(part)
    if made is None:
        return Slot(title, "", "", faulty=False)
    return Slot(title, made.thumbnail, str(made.answer), faulty=bool(made.faults))


def _flags(detail: CheckDetail, wording: Wording) -> Iterator[Flag]:
    yield from _of_reasons(detail, wording)
    yield from _of_photos(detail, wording)
    for confirmation in detail.confirmations:
        if confirmation.answer is Answer.NOT_APPLICABLE:
            why = wording.reason("not_applicable", confirmation.reason)
            yield Flag(
                "info", wording.say("flag.not_applicable", part=wording.part(confirmation.part), why=why)
            )
    if wrong := sum(not answer.is_right for answer in detail.questions):
        yield Flag("info", wording.say("flag.wrong", count=wrong))


def _of_reasons(detail: CheckDetail, wording: Wording) -> Iterator[Flag]:
    closed = detail.row.outcome is not None
    for code in detail.row.reasons:
        yield Flag("bad" if ":" in code else "warn", wording.ended(code))
    if closed:
        return
    for confirmation in detail.confirmations:
        if confirmation.answer is Answer.NOT_OK:
            code = f"part:{confirmation.part}:{confirmation.reason}"
            yield Flag("bad", wording.ended(code))


def _of_photos(detail: CheckDetail, wording: Wording) -> Iterator[Flag]:
    faults = Counter(fault for confirmation in detail.confirmations for fault in confirmation.faults)
    for fault, count in faults.items():
        yield Flag("warn", _times(wording.fault(fault), count))
    without = sum(not confirmation.photo for confirmation in detail.confirmations)
    if without:
        yield Flag("warn", _times(wording.say("flag.no_photo"), without))


def _times(text: str, count: int) -> str:
    return text if count == 1 else f"{text} ×{count}"
