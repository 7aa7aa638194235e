"""What a command about people becomes; the actor's role is judged here, whatever the pages said."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec.structs import replace

from kiosk.commands.permissions import may_manage
from kiosk.commands.protocol import Declined, Recorded, Reply
from kiosk.journal.entries import Entry
from kiosk.journal.log import Journal
from kiosk.model.people import CardNumber, Role, Roster, Standing, Worker
from kiosk.records.facts import AnyFact
from kiosk.records.people import objections
from kiosk.records.people.card_hash import card_hash
from kiosk.records.people.commands import (
    ChangeWorker,
    DismissWorker,
    EraseWorker,
    ImportRoster,
    NameMeasures,
    RosterCommand,
    TryRoster,
    UndoRoster,
    WithdrawCards,
)
from kiosk.records.people.facts import MeasureNamed, RosterImported, WorkerDismissed, WorkerErased
from kiosk.records.people.register import People

NOT_ALLOWED = Declined("没有权限：人员由安全员或负责人管理")
_NOBODY = Declined("没有这个人")
_MOST_MEASURES = 200


class CarryingPeople:
    """Carries out commands about people on the journal."""

    def __init__(self, journal: Journal, secret: bytes) -> None:
        self._journal = journal
        self._people = journal.people
        self._secret = secret

    def __call__(self, command: RosterCommand) -> Reply:
        """Carry out one command. Raise RosterError and StorageError."""
        if not may_manage(self._people.get(command.by)):
            return NOT_ALLOWED
        match command:
            case TryRoster():
                return self._try(command)
            case ImportRoster():
                return self._import(command)
            case UndoRoster():
                return self._undo(command)
            case ChangeWorker():
                return self._change(command)
            case WithdrawCards():
                return self._withdraw(command)
            case DismissWorker():
                return self._dismiss(command)
            case EraseWorker():
                return self._erase(command)
            case NameMeasures():
                return self._name(command)

    def _try(self, command: TryRoster) -> Reply:
        objection = self._objection(command.by, command.roster)
        self._people.refuse_taken_cards(command.roster, self._hashes(command.roster))
        return Declined(objection) if objection else Recorded(())

    def _import(self, command: ImportRoster) -> Reply:
        if objection := self._objection(command.by, command.roster):
            return Declined(objection)
        roster, hashes = command.roster, self._hashes(command.roster)

        def take_over(people: People) -> tuple[AnyFact, ...]:
            changes = people.take_over(roster, hashes)
            before = people.kept_digest()
            counts = len(roster.workers), len(roster.cards)
            return (RosterImported(command.by, *counts, before=before), *changes)

        return _first(self._journal.change_people(take_over))

    def _undo(self, command: UndoRoster) -> Reply:
        def put_back(people: People) -> tuple[AnyFact, ...]:
            changes = people.put_back()
            ids = {change.worker for change in changes if change.worker}
            return (RosterImported(command.by, len(ids), 0, undone=True), *changes)

        return _first(self._journal.change_people(put_back))

    def _change(self, command: ChangeWorker) -> Reply:
        roster = Roster((command.worker,))
        if objection := self._objection(command.by, roster):
            return Declined(objection)
        return Recorded(self._journal.change_people(lambda people: people.change(roster, {})))

    def _withdraw(self, command: WithdrawCards) -> Reply:
        if self._named(command.worker) is None:
            return _NOBODY
        withdrawn = self._journal.change_people(
            lambda people: people.withdraw_cards(command.worker, command.by)
        )
        return Recorded(withdrawn)

    def _dismiss(self, command: DismissWorker) -> Reply:
        worker = self._named(command.worker)
        if worker is None:
            return _NOBODY
        if command.worker == command.by:
            return Declined("自己的离职要由别人办理")
        if worker.has_left:
            return Declined("已经办过离职")
        left = Roster(
            (replace(worker, standing=Standing.LEFT, ends_on=None, posts=(), role=Role.WORKER),)
        )

        def dismiss(people: People) -> tuple[AnyFact, ...]:
            withdrawn = people.withdraw_cards(command.worker, command.by)
            return (
                WorkerDismissed(command.worker, command.by),
                *people.change(left, {}),
                *withdrawn,
            )

        return Recorded(self._journal.change_people(dismiss))

    def _erase(self, command: EraseWorker) -> Reply:
        if self._named(command.worker) is None:
            return _NOBODY
        if command.worker == command.by:
            return Declined("自己的信息要由别人删除")
        erased = WorkerErased(command.worker, command.by, command.reason)
        return Recorded(self._journal.erase_worker(command.worker, erased))

    def _name(self, command: NameMeasures) -> Reply:
        if len(command.measures) > _MOST_MEASURES:
            return Declined(f"一次最多 {_MOST_MEASURES} 条措施")
        for worker_id in filter(None, (command.worker, command.deputy)):
            if self._named(worker_id) is None:
                return _NOBODY
        if command.worker and command.worker == command.deputy:
            return Declined("责任人和替补不能是同一个人")
        named = [
            MeasureNamed(command.post, measure, command.worker, command.by, command.deputy)
            for measure in dict.fromkeys(command.measures)
        ]
        return Recorded(self._journal.append(named))

    def _named(self, worker_id: str) -> Worker | None:
        worker = self._people.get(worker_id)
        return worker if worker and worker.name else None

    def _objection(self, by: str, roster: Roster) -> str:
        if objection := objections.to_roster(roster, self._people.has_named):
            return objection
        own = next((worker for worker in roster.workers if worker.id == by), None)
        acting = self._people.get(by)
        if own and acting and (own.blocked or own.role is not acting.role):
            return f"工号 {by} 是你自己：不能改自己的角色或停自己的岗，请由别人改"
        return ""

    def _hashes(self, roster: Roster) -> Mapping[CardNumber, str]:
        return {card: card_hash(self._secret, card.form, card.number) for card in roster.cards}


def _first(entries: tuple[Entry, ...]) -> Recorded:
    """Answer with the entry that sums up the others: of 20,000 people there are 40,000."""
    return Recorded(entries[:1])
