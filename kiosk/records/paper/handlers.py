"""What a paper form becomes (补录): a fact of its own, which lets nobody in and touches no check; and what corrects one (更正)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from kiosk.commands.permissions import may_manage
from kiosk.commands.protocol import Declined, Recorded, Reply
from kiosk.journal.blobs import Photos
from kiosk.journal.ids import uuid7
from kiosk.journal.log import Journal
from kiosk.model.content import Part
from kiosk.model.outcome import Answer
from kiosk.model.writing import has_words
from kiosk.packs.pictures import jpeg_trouble
from kiosk.records.content.commands import PictureKept
from kiosk.records.paper.commands import MOST_DAYS, KeepPaperPhoto, RecordPaperCheck
from kiosk.records.paper.facts import PaperCorrected, PaperEntered
from kiosk.records.paper.rows import PaperRow
from kiosk.records.reader import Reading

_NOT_ALLOWED = "没有补录权限"
_MOST_A_DAY = 10_000


class CarryingPaper:
    """Records paper forms; runs where the journal's writer runs, apart from `keep`."""

    def __init__(self, journal: Journal, reading: Reading, photos: Photos) -> None:
        self._journal = journal
        self._reading = reading
        self._photos = photos

    def __call__(self, command: RecordPaperCheck) -> Reply:
        """Record one, or decline with the first thing wrong. Raises StorageError."""
        objection = next(self._objections(command), "")
        if objection:
            return Declined(objection)
        entered = _entered(command)
        if command.corrects:
            entered = _corrected(entered, command)
        return Recorded(self._journal.append([entered]))

    def keep(self, command: KeepPaperPhoto) -> Reply:
        """Keep a picture of a paper form, on any thread. Raises StorageError."""
        if not may_manage(self._journal.people.get(command.by)):
            return Declined(_NOT_ALLOWED)
        if trouble := jpeg_trouble(command.jpeg) or jpeg_trouble(command.thumbnail):
            return Declined(trouble)
        self._photos.store(command.thumbnail)
        return PictureKept(self._photos.store(command.jpeg))

    def _objections(self, command: RecordPaperCheck) -> Iterator[str]:
        if not may_manage(self._journal.people.get(command.by)):
            yield _NOT_ALLOWED
        yield from self._about_people(command)
        yield from _about_answers(command)
        yield from self._about_correction(command)
        yield from self._about_day(command)
        if not has_words(command.kept_at):
            yield "请写明纸质原件放在哪里"
        if any(digest and not self._photos.path(digest) for digest in (command.photo, command.thumbnail)):
            yield "班前站没有这张照片，请重新选一次"
        others = self._reading.papers(command.shift_on, _MOST_A_DAY)
        if any(_same(command, row) for row in others if row.id != command.corrects):
            yield "这张纸质记录已经补录过"

    def _about_people(self, command: RecordPaperCheck) -> Iterator[str]:
        people = self._journal.people
        worker = people.get(command.worker)
        if worker is None or not worker.name:
            yield f"名单中没有工号 {command.worker}"
        elif command.post not in worker.posts:
            yield f"{worker.name} 没有登记这个岗位"
        if command.worker == command.by:
            yield "自己的纸质记录要由别人补录"
        signer = people.get(command.signed_by)
        if signer is None or not signer.name:
            yield f"名单中没有签字人的工号 {command.signed_by}"

    def _about_correction(self, command: RecordPaperCheck) -> Iterator[str]:
        if not command.corrects:
            return
        before = self._reading.paper(command.corrects)
        if before is None:
            yield "没有这条补录"
        elif before.corrected_by:
            yield "这条补录已经更正过，请打开最新的一条再改"
        elif before.worker == command.by:
            yield "自己的纸质记录要由别人补录"
        elif _same(command, before) and _rest(command) == _rest(before):
            yield "没有改动，不用更正"
        if not has_words(command.why):
            yield "请写明为什么更正"

    def _about_day(self, command: RecordPaperCheck) -> Iterator[str]:
        # The date of UTC: in China it is tomorrow already when a morning's paper is entered before eight.
        today = date.fromisoformat(self._journal.moment().at[:10])
        if command.shift_on > today + timedelta(days=1):
            yield "日期还没有到"
        before = self._reading.paper(command.corrects) if command.corrects else None
        is_new = before is None or before.shift_on != command.shift_on
        if is_new and command.shift_on < today - timedelta(days=MOST_DAYS):
            yield f"超过{MOST_DAYS}天的纸质记录不再补录"


def _entered(command: RecordPaperCheck) -> PaperEntered:
    return PaperEntered(
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
        command.photo,
        command.thumbnail,
    )


def _corrected(entered: PaperEntered, command: RecordPaperCheck) -> PaperCorrected:
    fields = {name: getattr(entered, name) for name in PaperEntered.__struct_fields__}
    return PaperCorrected(**fields, corrects=command.corrects, why=command.why.strip())


def _about_answers(command: RecordPaperCheck) -> Iterator[str]:
    if [answer.part for answer in command.answers] != list(Part):
        yield "一备三查的四项都要填"
    for answer in command.answers:
        if answer.answer is not Answer.OK and not answer.reason:
            yield "不符合和不涉及要选原因"


def _same(command: RecordPaperCheck, row: PaperRow) -> bool:
    """Tell whether it is the same form of the same day."""
    return (
        command.worker,
        command.post,
        command.works,
        command.shift_on,
        command.shift,
        command.answers,
    ) == (
        row.worker,
        row.post,
        row.works,
        row.shift_on,
        row.shift,
        row.answers,
    )


def _rest(form: RecordPaperCheck | PaperRow) -> tuple[str, ...]:
    return (form.signed_by, form.cause, form.kept_at, form.photo)
