"""One check as its page shows it."""

from __future__ import annotations

from itertools import groupby

import msgspec

from kiosk.model.asking import Asked
from kiosk.model.content import Part
from kiosk.model.drills import StepId
from kiosk.model.outcome import Answer
from kiosk.records.checks.rows import CheckDetail, ConfirmationRow, PhotoRow, QuestionRow
from kiosk.records.reviews.rows import ReviewRow
from ui.review.checks.signature import paths
from ui.review.wording import Wording


class PhotoView(msgspec.Struct, frozen=True):
    """One of the four confirmations.

    Without an answer yet, `answer` is empty and `photo` the newest; `photo` without a picture.
    """

    part: str
    title: str
    answer: str = ""
    reason: str = ""
    photo: str = ""
    at: str = ""
    faults: tuple[str, ...] = ()
    lines: tuple[Asked, ...] = ()
    absent: str = ""
    """Why there is no photo."""
    earlier: tuple[PhotoRow, ...] = ()
    """Photos of this confirmation that were taken again."""
    verdict: ReviewRow | None = None
    """The newest verdict on this photo alone."""


class QuestionView(msgspec.Struct, frozen=True):
    """An answer to a question: what was asked, what was chosen, and what is right (where it was
    wrong).
    """

    text: str
    chosen: str
    is_right: bool
    right: str


class StepView(msgspec.Struct, frozen=True):
    """A step as it was called."""

    text: str
    dwell_s: float
    misses: int


class DrillView(msgspec.Struct, frozen=True):
    """A drill with those of its steps that were called."""

    title: str
    steps: tuple[StepView, ...]


class CheckView(msgspec.Struct, frozen=True):
    """Everything on record, worded."""

    detail: CheckDetail
    photos: tuple[PhotoView, ...]
    questions: tuple[QuestionView, ...]
    drills: tuple[DrillView, ...]
    signature: tuple[str, ...]
    last_review: int
    """The number of the newest review's entry, 0 without one: a form that knows it cannot overlook
    a verdict given meanwhile.
    """
    verdict: ReviewRow | None
    """The newest verdict on the check as a whole."""


def check_view(detail: CheckDetail, wording: Wording) -> CheckView:
    """Return a check in words."""
    whole = [review for review in detail.reviews if not review.photo]
    return CheckView(
        detail=detail,
        photos=tuple(_photo(detail, part, wording) for part in Part),
        questions=tuple(_question(detail.row.post, answer, wording) for answer in detail.questions),
        drills=_drills(detail, wording),
        signature=paths(detail.strokes),
        last_review=max((review.seq for review in detail.reviews), default=0),
        verdict=whole[-1] if whole else None,
    )


def _drills(detail: CheckDetail, wording: Wording) -> tuple[DrillView, ...]:
    post = detail.row.post
    return tuple(
        DrillView(
            wording.drill(post, drill),
            tuple(
                StepView(
                    wording.step(post, StepId(drill, step.step)), step.dwell_ms / 1000, step.misses
                )
                for step in called
            ),
        )
        for drill, called in groupby(detail.steps, lambda step: step.drill)
    )


def _photo(detail: CheckDetail, part: Part, wording: Wording) -> PhotoView:
    taken = [photo for photo in detail.photos if photo.part is part]
    missed = [miss for miss in detail.missed if miss.part is part]
    made = next((made for made in detail.confirmations if made.part is part), None)
    shown = next(
        (photo for photo in reversed(taken) if made is None or photo.photo == made.photo), None
    )
    return PhotoView(
        part=part,
        title=wording.part(part),
        answer=made.answer if made else "",
        reason=_reason(made, wording) if made else "",
        photo=shown.photo if shown else "",
        at=shown.at if shown else "",
        faults=tuple(wording.fault(fault) for fault in shown.faults) if shown else (),
        lines=made.asked if made else (),
        absent=wording.camera(missed[-1].reason) if missed else "",
        earlier=tuple(photo for photo in taken if photo is not shown),
        verdict=_verdict_on(detail, shown.photo) if shown else None,
    )


def _reason(made: ConfirmationRow, wording: Wording) -> str:
    return "" if made.answer is Answer.OK else wording.reason(str(made.answer), made.reason)


def _verdict_on(detail: CheckDetail, photo: str) -> ReviewRow | None:
    verdicts = [review for review in detail.reviews if review.photo == photo]
    return verdicts[-1] if verdicts else None


def _question(post_id: str, answer: QuestionRow, wording: Wording) -> QuestionView:
    question = wording.question(post_id, answer.question)
    if question is None or answer.choice >= len(question.choices):
        return QuestionView(answer.question, str(answer.choice + 1), answer.is_right, "")
    right = "" if answer.is_right else question.choices[question.answer]
    return QuestionView(question.text, question.choices[answer.choice], answer.is_right, right)
