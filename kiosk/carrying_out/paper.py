"""What a paper form becomes (补录): a fact of its own, which lets nobody in and touches no check."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from kiosk.carrying_out import objections
from kiosk.commands import Declined, Recorded, Reply
from kiosk.commands.paper import MOST_DAYS, RecordPaperCheck
from kiosk.journal.ids import uuid7
from kiosk.journal.log import Journal
from kiosk.journal.reading import Reading
from kiosk.journal.rows.papers import PaperRow
from kiosk.model.content import Part
from kiosk.model.facts import Answer, PaperEntered


class CarryingPaper:
    """Records paper forms; runs where the journal's writer runs."""

    def __init__(self, journal: Journal, reading: Reading) -> None:
        self._journal = journal
        self._reading = reading

    def __call__(self, command: RecordPaperCheck) -> Reply:
        """Record one, or decline with the first thing wrong. Raises StorageError."""
        objection = next(self._objections(command), "")
        if objection:
            return Declined(objection)
        entered = PaperEntered(
            uuid7(),
            command.by,
            command.worker,
            command.post,
            command.works,
            command.shift_on,
            command.shift,
            command.answers,
            command.signed_by,
            command.cause,
            command.kept_at.strip(),
        )
        return Recorded(self._journal.append([entered]))

    def _objections(self, command: RecordPaperCheck) -> Iterator[str]:
        people = self._journal.people
        by, worker = people.get(command.by), people.get(command.worker)
        if by is None or by.blocked or not by.role.may_release:
            yield "没有补录权限"
        if worker is None or not worker.name:
            yield f"名单中没有工号 {command.worker}"
        elif command.post not in worker.posts:
            yield f"{worker.name} 没有登记这个岗位"
        if command.worker == command.by:
            yield "自己的纸质记录要由别人补录"
        signer = people.get(command.signed_by)
        if signer is None or not signer.name:
            yield f"名单中没有签字人的工号 {command.signed_by}"
        yield from _about_answers(command)
        yield from self._about_day(command)
        if not objections.has_words(command.kept_at):
            yield "请写明纸质原件放在哪里"
        if any(_same(command, row) for row in self._reading.papers(command.shift_on, limit=10_000)):
            yield "这张纸质记录已经补录过"

    def _about_day(self, command: RecordPaperCheck) -> Iterator[str]:
        # The date of UTC: in China it is tomorrow already when a morning's paper is entered before eight.
        today = date.fromisoformat(self._journal.moment().at[:10])
        if command.shift_on > today + timedelta(days=1):
            yield "日期还没有到"
        if command.shift_on < today - timedelta(days=MOST_DAYS):
            yield f"超过{MOST_DAYS}天的纸质记录不再补录"


def _about_answers(command: RecordPaperCheck) -> Iterator[str]:
    if [answer.part for answer in command.answers] != list(Part):
        yield "一备三查的四项都要填"
    for answer in command.answers:
        if answer.answer is not Answer.OK and not answer.reason:
            yield "不符合和不涉及要选原因"


def _same(command: RecordPaperCheck, row: PaperRow) -> bool:
    return (command.worker, command.post, command.works, command.shift, command.answers) == (
        row.worker,
        row.post,
        row.works,
        row.shift,
        row.answers,
    )
