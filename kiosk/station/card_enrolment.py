"""Registering a card under the reader for somebody, while a supervisor watches the page; runs where
the journal's writer runs.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from devices.card_reader import Card, projections
from devices.supervised import Offline
from devices.supervised import State as DeviceState
from kiosk.commands.permissions import may_manage
from kiosk.commands.protocol import Declined, Reply
from kiosk.flow.enrolling import is_free
from kiosk.flow.inputs import EnrolmentBegun, EnrolmentDropped
from kiosk.flow.stages import Enrolling
from kiosk.flow.state import State
from kiosk.journal.errors import RosterError, StorageError
from kiosk.journal.ids import uuid7
from kiosk.journal.log import Journal
from kiosk.records.facts import AnyFact
from kiosk.records.people.card_hash import card_hash
from kiosk.records.people.commands import (
    AskCard,
    AwaitCard,
    CardAwaited,
    CardPurpose,
    CardStage,
    StopAwaitingCard,
)
from kiosk.records.people.handlers import NOT_ALLOWED
from kiosk.records.people.register import People


class Wanted(msgspec.Struct, frozen=True):
    """The card that is awaited, or the last one, with what became of it."""

    awaited: str
    command: AwaitCard
    outcome: CardAwaited | None = None


class Enrolment:
    """Awaits one card at a time; knows the last one's outcome until the next is awaited."""

    def __init__(self, journal: Journal, secret: bytes) -> None:
        self._journal = journal
        self._secret = secret
        self._wanted: Wanted | None = None

    def obey(
        self, command: AwaitCard | StopAwaitingCard, state: State, reader: DeviceState, now_s: float
    ) -> tuple[Reply, EnrolmentBegun | EnrolmentDropped | None]:
        """Begin or stop to await a card; return the answer, and what the door is to be told."""
        if isinstance(command, StopAwaitingCard):
            over = CardAwaited(command.awaited, CardStage.OVER)
            return over, EnrolmentDropped(now_s, uuid7(), command.awaited)
        if objection := self._objection(command, state, reader):
            return Declined(objection), None
        worker = self._journal.people.get(command.worker)
        name = worker.name if worker and command.purpose is not CardPurpose.NUMBER else ""
        self._wanted = Wanted(uuid7(), command)
        begun = EnrolmentBegun(now_s, uuid7(), self._wanted.awaited, name)
        return CardAwaited(self._wanted.awaited, CardStage.WAITING), begun

    def _objection(self, command: AwaitCard, state: State, reader: DeviceState) -> str:
        people = self._journal.people
        if not may_manage(people.get(command.by)):
            return NOT_ALLOWED.reason
        if isinstance(reader, Offline):
            return f"读卡器断开，不能登记：{reader.reason}"
        worker = people.get(command.worker)
        if command.purpose is not CardPurpose.NUMBER and (
            worker is None or not worker.name or not worker.is_active
        ):
            return "没有这个人，或已停岗、离职，不能登记工卡"
        return "" if is_free(state) else "有人正在检查，请等他做完再登记"

    def take(self, card: Card) -> str:
        """Do with a card what it was wanted for; return why that could not be done, empty when it
        was. Raise nothing.
        """
        wanted = self._wanted
        assert wanted is not None
        reason = ""
        if wanted.command.purpose is not CardPurpose.NUMBER:
            reason = self._register(card, wanted.command)
            outcome = CardAwaited(
                wanted.awaited, CardStage.REFUSED if reason else CardStage.DONE, reason=reason
            )
        else:
            outcome = CardAwaited(
                wanted.awaited, CardStage.DONE, form=card.form, number=card.number
            )
        self._wanted = msgspec.structs.replace(wanted, outcome=outcome)
        return reason

    def look(self, command: AskCard, state: State, now_s: float) -> CardAwaited:
        """Return what became of a card."""
        wanted, stage = self._wanted, state.stage
        if wanted is None or (wanted.awaited, wanted.command.by) != (command.awaited, command.by):
            return CardAwaited(command.awaited, CardStage.OVER)
        if wanted.outcome is not None:
            return wanted.outcome
        if isinstance(stage, Enrolling) and stage.awaited == command.awaited:
            return CardAwaited(
                command.awaited, CardStage.WAITING, max(0.0, (stage.until_s or now_s) - now_s)
            )
        return CardAwaited(command.awaited, CardStage.OVER)

    def _register(self, card: Card, command: AwaitCard) -> str:
        hashes = [card_hash(self._secret, one.form, one.number) for one in projections(card)]
        holder = self._journal.people.by_card(hashes)
        if holder is not None and holder.id != command.worker:
            return f"这张卡已登记给{holder.name or '别人'}（{holder.id}），请先给他挂失"

        def register(people: People) -> Sequence[AnyFact]:
            replaced = command.purpose is CardPurpose.REPLACE
            withdrawn = people.withdraw_cards(command.worker, command.by) if replaced else ()
            known = holder is not None and not replaced
            return (
                *withdrawn,
                # Under the form this reader gives: looking up tries the others.
                *(() if known else people.add_card(command.worker, hashes[0], command.by)),
            )

        try:
            self._journal.change_people(register)
        except (RosterError, StorageError) as error:
            return str(error)
        return ""
