"""What a command becomes: facts for the journal, or a refusal in a sentence."""

from __future__ import annotations

from collections.abc import Callable

from kiosk.commands.permissions import may_review
from kiosk.commands.protocol import Command, Declined, Recorded, Reply
from kiosk.journal.blobs import Photos
from kiosk.journal.errors import RosterError, StorageError
from kiosk.journal.log import Journal
from kiosk.model.writing import has_words
from kiosk.records.content.commands import KeepPicture, PublishPack, WithdrawPack
from kiosk.records.paper.commands import KeepPaperPhoto, RecordPaperCheck
from kiosk.records.paper.handlers import CarryingPaper
from kiosk.records.people import objections
from kiosk.records.people.card_hash import card_hash
from kiosk.records.people.commands import AskCard, AwaitCard, ChangeRoster, StopAwaitingCard
from kiosk.records.people.handlers import CarryingPeople
from kiosk.records.reader import Reading
from kiosk.records.reviews.commands import ReviewCheck
from kiosk.records.reviews.facts import ReviewDecided, Verdict
from kiosk.records.scenarios.commands import ApproveScenario, EditScenario, RejectScenario
from kiosk.records.scenarios.handlers import CarryingScenarios
from kiosk.records.speech.commands import (
    HearSentence,
    KeepRecording,
    RemoveRecording,
    SetReading,
    SpeechCommand,
)
from kiosk.records.station.commands import AskHealth, SignHead
from kiosk.records.station.facts import HeadSigned

Signer = Callable[[int, str], HeadSigned]
"""Signs the chain's head, given as number and hash."""

_MOST_COMMENT = 500


def _speechless(_command: SpeechCommand) -> Reply:
    return Declined("这里没有语音")


class CarryingOut:
    """Carries out commands on the journal; runs where the journal's writer runs."""

    def __init__(
        self,
        journal: Journal,
        reading: Reading,
        photos: Photos,
        secret: bytes,
        sign: Signer,
        speech: Callable[[SpeechCommand], Reply] = _speechless,
    ) -> None:
        self._journal = journal
        self._reading = reading
        self._secret = secret
        self._sign = sign
        self._people = CarryingPeople(journal, secret)
        self._paper = CarryingPaper(journal, reading, photos)
        self._scenarios = CarryingScenarios(journal, reading)
        self._speech = speech

    def __call__(self, command: Command) -> Reply:
        """Carry out one command that records something."""
        try:
            self._journal.forget_old_import()
            match command:
                case ReviewCheck():
                    return self._review(command)
                case ChangeRoster():
                    return self._change_roster(command)
                case RecordPaperCheck():
                    return self._paper(command)
                case KeepPaperPhoto():
                    return self._paper.keep(command)
                case EditScenario() | ApproveScenario() | RejectScenario():
                    return self._scenarios(command)
                case SignHead():
                    return self._sign_head()
                case (
                    AskHealth()
                    | AwaitCard()
                    | AskCard()
                    | StopAwaitingCard()
                    | PublishPack()
                    | KeepPicture()
                    | WithdrawPack()
                    | HearSentence()
                ):
                    return Declined("没有可记录的内容")
                case SetReading() | KeepRecording() | RemoveRecording():
                    return self._speech(command)
                case _:
                    return self._people(command)
        except (StorageError, RosterError) as error:
            return Declined(str(error))

    def _review(self, command: ReviewCheck) -> Reply:
        if not may_review(self._journal.people.get(command.by)):
            return Declined("没有复核权限")
        check = self._reading.check(command.check)
        if check is None or not check.row.outcome:
            return Declined("没有这次检查，或检查还没有结束")
        if check.row.worker == command.by:
            return Declined("自己的检查要由别人复核")
        if command.photo and command.photo not in {row.photo for row in check.photos}:
            return Declined("这张照片不是这次检查的")
        if command.verdict is Verdict.REJECTED and not has_words(command.comment):
            return Declined("不合格要写明原因")
        if len(command.comment) > _MOST_COMMENT:
            return Declined(f"意见太长，最多{_MOST_COMMENT}字")
        decided = ReviewDecided(
            command.check, command.by, command.verdict, command.comment.strip(), command.photo
        )
        return Recorded(self._journal.append([decided]))

    def _change_roster(self, command: ChangeRoster) -> Reply:
        if objection := objections.to_roster(command.roster, self._journal.people.has_named):
            return Declined(objection)
        known = {worker.id for worker in command.roster.workers}
        for card in command.roster.cards:
            if card.worker not in known and self._journal.people.get(card.worker) is None:
                return Declined(f"工卡 {card.number} 的工号 {card.worker} 不在名单中")
        entries = self._journal.change_roster(
            command.roster, lambda card: card_hash(self._secret, card.form, card.number)
        )
        return Recorded(entries)

    def _sign_head(self) -> Reply:
        head = self._journal.head
        return Recorded(self._journal.append([self._sign(head.seq, head.hash)]))
