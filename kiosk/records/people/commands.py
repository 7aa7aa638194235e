"""What a supervisor may ask the station about people.

`by` is the 工号 of who is signed in; the station judges whether that suffices.
"""

from __future__ import annotations

import enum

import msgspec

from kiosk.model.people import Roster, Worker
from kiosk.records.people.facts import ErasureReason


class TryRoster(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="try_roster"):
    """Record nothing; decline as `ImportRoster` would."""

    by: str
    roster: Roster


class ImportRoster(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="import_roster"):
    """Add or replace workers and their cards, all or none; can be undone until one of them is
    changed otherwise.
    """

    by: str
    roster: Roster


class UndoRoster(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="undo_roster"):
    """Put back what the last import changed."""

    by: str


class ChangeWorker(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="change_worker"):
    """Add or replace one worker; the cards stay."""

    by: str
    worker: Worker


class WithdrawCards(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="withdraw_cards"):
    """A worker's cards are lost (挂失): none of them opens the door from now on."""

    by: str
    worker: str


class DismissWorker(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="dismiss_worker"):
    """A worker leaves (离职): without cards, posts or a role, and not let in; the name stays until
    it is erased.
    """

    by: str
    worker: str


class EraseWorker(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="erase_worker"):
    """Forget a worker's personal data; the journal keeps the 工号."""

    by: str
    worker: str
    reason: ErasureReason


class NameMeasures(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="name_measures"):
    """Make one worker answer for measures of a post (到岗到人), with a deputy; without a worker,
    nobody any more.
    """

    by: str
    post: str
    measures: tuple[str, ...]
    worker: str
    deputy: str = ""


class CardPurpose(enum.StrEnum):
    """What the next card is for: one more card of a worker, their only card from now on, or its
    number alone.
    """

    ADD = "add"
    REPLACE = "replace"
    NUMBER = "number"


class AwaitCard(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="await_card"):
    """Make the station take the next card for this and not as an arrival.

    Answered with `CardAwaited`.
    """

    by: str
    purpose: CardPurpose
    worker: str = ""


class AskCard(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="ask_card"):
    """Record nothing; say what became of the card that was awaited."""

    by: str
    awaited: str


class StopAwaitingCard(
    msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="stop_awaiting_card"
):
    """Make the next card an arrival again."""

    by: str
    awaited: str


RosterCommand = (
    TryRoster
    | ImportRoster
    | UndoRoster
    | ChangeWorker
    | WithdrawCards
    | DismissWorker
    | EraseWorker
    | NameMeasures
)
CardCommand = AwaitCard | AskCard | StopAwaitingCard


class CardStage(enum.StrEnum):
    """What became of an awaited card."""

    WAITING = "waiting"
    DONE = "done"
    REFUSED = "refused"
    OVER = "over"


class CardAwaited(msgspec.Struct, frozen=True, tag="card_awaited"):
    """What became of an awaited card.

    `form` and `number` are what the reader said, told only where the number alone was asked for.
    """

    awaited: str
    stage: CardStage
    left_s: float = 0.0
    reason: str = ""
    form: str = ""
    number: str = ""


class ChangeRoster(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="change_roster"):
    """Add or replace workers and their cards."""

    roster: Roster
