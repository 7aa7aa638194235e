"""The four confirmations of 一备三查: the lines, the countdown, the photo, the answer and its
reason.
"""

from __future__ import annotations

from msgspec.structs import replace

from kiosk.flow.door import Door
from kiosk.flow.effects import TakePhoto
from kiosk.flow.inputs import PhotoArrived, PhotoFailed, Touched
from kiosk.flow.moves import Move, notice, recorded, stay, to, turned
from kiosk.flow.stages import Answering, Counting, Listening, Reasoning, Taking
from kiosk.flow.state import Check, State
from kiosk.flow.touches import Back, Confirm, GiveReason, TakePhotoNow
from kiosk.model.asking import Asked
from kiosk.model.content import Part, Reason, fitting, reason_of
from kiosk.model.outcome import Answer
from kiosk.records.checks.facts import ConfirmationMade, DangerFound, PhotoMissed, PhotoTaken
from kiosk.records.facts import AnyFact

BLIND = frozenset({"covered", "dark"})
"""Faults that show nothing: the photo is asked for again before an answer counts."""


def lines_of(door: Door, check: Check, part: Part) -> tuple[Asked, ...]:
    """Return the lines of a confirmation; what the rules of today's permits remind of belongs to
    what one has to know.
    """
    lines = door.lines(check.post, check.works or (), part)
    if part is not Part.SKILLS:
        return lines
    said = {text for line in lines for text in (line.text, *line.stands_for)}
    reminders = (text for text in door.reminders(check.permits.values()) if text not in said)
    return (*lines, *(Asked(text) for text in reminders))


def listening(
    door: Door, state: State, check: Check, stage: Listening | Counting, touched: Touched
) -> Move:
    """Take the photo at once when the worker will not wait for the countdown."""
    if isinstance(touched.touch, TakePhotoNow):
        return take_photo(door, state, check, stage.part, touched.at_s)
    return stay(state)


def take_photo(door: Door, state: State, check: Check, part: Part, at_s: float) -> Move:
    """Ask the camera for this confirmation's photo."""
    waiting = turned(state, stage=Taking(part=part, until_s=at_s + door.timings.photo_s))
    return waiting, (_wanted(check, part),)


def _wanted(check: Check, part: Part) -> TakePhoto:
    attempt = check.attempts.get(part, 0) + 1
    return TakePhoto(check.id, part, attempt, _who(check), check.post)


def _who(check: Check) -> str:
    """Return who is in the picture, by 工号; of a crew the leader and how many others."""
    others = len(check.crew.members) - 1 if check.crew else 0
    return f"{check.worker}+{others}" if others > 0 else check.worker


def awaited(state: State) -> TakePhoto | None:
    """Return the photo that the door is waiting for."""
    match state.stage:
        case Taking(part=part) if state.check is not None:
            return _wanted(state.check, part)
    return None


def photo_arrived(door: Door, state: State, arrived: PhotoArrived) -> Move:
    """Record the photo that was asked for; one that comes too late is not anybody's."""
    wanted = arrived.wanted
    # The request names check, part and attempt, so a picture that comes late equals no other.
    if awaited(state) != wanted:
        return stay(state)
    fact = PhotoTaken(
        check=wanted.check,
        part=wanted.part,
        photo=arrived.photo,
        thumbnail=arrived.thumbnail,
        attempt=wanted.attempt,
        faults=arrived.faults,
        measures=arrived.measures,
        dhash=arrived.dhash,
    )
    return _answering(door, state, arrived.at_s, fact, wanted.part)


def photo_failed(door: Door, state: State, failed: PhotoFailed) -> Move:
    """Record that there is no photo, and why; a lost camera never blocks the door."""
    wanted = failed.wanted
    if awaited(state) != wanted:
        return stay(state)
    fact = PhotoMissed(wanted.check, wanted.part, failed.reason)
    return _answering(door, state, failed.at_s, fact, wanted.part)


def _answering(door: Door, state: State, at_s: float, fact: AnyFact, part: Part) -> Move:
    after, effects = recorded(door, state, at_s, fact)
    return replace(after, stage=Answering(part=part)), effects


def must_retake(door: Door, check: Check, part: Part) -> bool:
    """Return whether the picture shows nothing and another attempt is due."""
    photo = check.photos.get(part)
    # A camera that gives nothing must not hold anybody up.
    if photo is None or part in check.missed:
        return False
    return bool(BLIND & set(photo.faults)) and photo.attempt < door.timings.photo_attempts


def answering(door: Door, state: State, check: Check, stage: Answering, touched: Touched) -> Move:
    """Take the answer, ask why, or take the photo once more."""
    match touched.touch:
        case TakePhotoNow() if check.attempts.get(stage.part, 0) < door.timings.photo_attempts:
            return take_photo(door, state, check, stage.part, touched.at_s)
        case Confirm() if must_retake(door, check, stage.part):
            return notice(state, "retake_first")
        case Confirm(answer=Answer.OK):
            return recorded(
                door, state, touched.at_s, _confirmation(door, check, stage.part, Answer.OK)
            )
        case Confirm(answer=answer):
            return to(state, Reasoning(part=stage.part, answer=answer))
    return stay(state)


def reasoning(door: Door, state: State, check: Check, stage: Reasoning, touched: Touched) -> Move:
    """Record the answer with its reason; 不符合 opens a hidden danger with that photo."""
    match touched.touch:
        case GiveReason(reason=reason_id):
            reason = reason_of(reasons_at(door, stage), reason_id)
            return (
                stay(state)
                if reason is None
                else _with_reason(door, state, check, stage, reason, touched.at_s)
            )
        case Back():
            return to(state, Answering(part=stage.part))
    return stay(state)


def _with_reason(
    door: Door, state: State, check: Check, stage: Reasoning, reason: Reason, at_s: float
) -> Move:
    made = _confirmation(door, check, stage.part, stage.answer, reason.id)
    if stage.answer is Answer.NOT_APPLICABLE:
        return recorded(door, state, at_s, made)
    # The reason's text and not its id: lists change, and the journal has to stay readable.
    danger = DangerFound(f"{check.id}-{stage.part}", check.id, stage.part, reason.text, made.photo)
    return recorded(door, state, at_s, made, danger)


def _confirmation(
    door: Door, check: Check, part: Part, answer: Answer, reason: str = ""
) -> ConfirmationMade:
    photo = check.photos.get(part)
    lines = lines_of(door, check, part)
    stands_for = tuple(line.stands_for for line in lines)
    return ConfirmationMade(
        check.id,
        part,
        answer,
        tuple(line.text for line in lines),
        photo.photo if photo else "",
        reason,
        stands_for if any(stands_for) else (),
    )


def reasons_at(door: Door, stage: Reasoning) -> tuple[Reason, ...]:
    """Return the reasons to choose from: those for 不符合 or 不涉及 that fit the confirmation."""
    known = door.reasons.not_ok if stage.answer is Answer.NOT_OK else door.reasons.not_applicable
    return fitting(known, stage.part)
