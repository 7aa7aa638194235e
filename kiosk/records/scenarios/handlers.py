"""What becomes of a scene that a worker proposed (事故假想): edited by a supervisor, approved by the main responsible person."""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.commands.permissions import may_approve, may_manage
from kiosk.commands.protocol import Declined, Recorded, Reply
from kiosk.journal.log import Journal
from kiosk.model.writing import has_words
from kiosk.records.reader import Reading
from kiosk.records.scenarios.commands import (
    ANOTHER_CAUSE,
    ApproveScenario,
    EditScenario,
    RejectScenario,
    ScenarioCommand,
)
from kiosk.records.scenarios.facts import ScenarioApproved, ScenarioEdited, ScenarioRejected
from kiosk.records.scenarios.rows import ProposalRow, ProposalState

_DECIDED = frozenset({ProposalState.APPROVED, ProposalState.REJECTED})


class CarryingScenarios:
    """Records what supervisors decide; runs where the journal's writer runs."""

    def __init__(self, journal: Journal, reading: Reading) -> None:
        self._journal = journal
        self._reading = reading

    def __call__(self, command: ScenarioCommand) -> Reply:
        """Record one, or decline with the first thing wrong. Raises StorageError."""
        row = self._reading.proposal(command.proposal)
        if row is None:
            return Declined("没有这条事故假想")
        objection = next(self._objections(command, row), "")
        if objection:
            return Declined(objection)
        return Recorded(self._journal.append([_fact(command, row)]))

    def _objections(self, command: ScenarioCommand, row: ProposalRow) -> Iterator[str]:
        by = self._journal.people.get(command.by)
        if not may_manage(by):
            yield "没有权限：事故假想由安全员整理，负责人审定"
        if isinstance(command, ApproveScenario) and not may_approve(by):
            yield "没有权限：只有主要负责人可以审定"
        if row.state in _DECIDED:
            yield "这条已经定下来了，不能再改"
        if command.edited_at != row.edited_at:
            yield "刚才有人改过，请先看最新的内容"
        if isinstance(command, ApproveScenario) and row.state is not ProposalState.EDITED:
            yield "还没有整理，请先填好防范和应对"
        if isinstance(command, RejectScenario):
            yield from _about_reason(command)
        if isinstance(command, EditScenario):
            yield from _about_words(command)


def _about_reason(command: RejectScenario) -> Iterator[str]:
    if command.cause == ANOTHER_CAUSE and not has_words(command.reason):
        yield "请写明为什么不采用"


def _about_words(command: EditScenario) -> Iterator[str]:
    if not has_words(command.scene):
        yield "请填写最易发生事故场景"
    if not all(map(has_words, command.prevention)):
        yield "请填写防范检查要求"
    if not all(map(has_words, command.response)):
        yield "请填写紧急应对措施"


def _fact(command: ScenarioCommand, row: ProposalRow) -> ScenarioEdited | ScenarioApproved | ScenarioRejected:
    match command:
        case EditScenario():
            return ScenarioEdited(
                row.id,
                command.by,
                command.scene,
                command.prevention,
                command.response,
                command.improvement,
                command.accident_type,
            )
        case ApproveScenario():
            return ScenarioApproved(row.id, command.by)
        case RejectScenario():
            return ScenarioRejected(row.id, command.by, command.reason.strip(), command.cause)
