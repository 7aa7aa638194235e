"""The four confirmations of 一备三查: lines, countdown, photo, answer, reason."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from kiosk.flow import stages as s
from kiosk.flow.confirm import BLIND, lines_of, must_retake, reasons_at
from kiosk.flow.door import Door
from kiosk.flow.signal import signal
from kiosk.flow.state import Check
from kiosk.flow.touches import Back, Confirm, GiveReason, TakePhotoNow
from kiosk.model.content import Part, Reason
from kiosk.model.outcome import Answer
from kiosk.station.snapshot import Snapshot
from ui.texts import Texts
from ui.touch.screens.picture import Button, Screen, Timer, Utterance, spoken, spoken_lines, touch

Confirming = s.Listening | s.Counting | s.Taking | s.Answering

_ANSWERS = ((Answer.OK, "yes"), (Answer.NOT_OK, "no"), (Answer.NOT_APPLICABLE, "none"))


def confirming(stage: Confirming, snapshot: Snapshot, door: Door, texts: Texts) -> Screen:
    """Show and speak the lines beside the picture.

    It is one scene from the first line to the answer, so that neither the countdown nor the shutter
    interrupts the reading.
    """
    check = snapshot.state.check
    assert check is not None
    part = stage.part
    title = texts.say(f"part.{part}")
    lines = tuple(line.text for line in lines_of(door, check, part))
    limits = door.limits(check.works or ()) if part is Part.PREPARATION else ()
    shown = Screen(
        template="confirming",
        scene=f"confirming:{check.id}:{part}",
        signal=signal(snapshot.state),
        headline=title,
        icon=part,
        lines=lines,
        limits=tuple(
            texts.say("confirming.limit", name=limit.name, allowed=limit.allowed)
            for limit in limits
        ),
        phase=_phase(stage),
        timer=_countdown(stage, door),
        buttons=_answers(texts, open_=False),
        choices=_take_now(stage, texts),
        label=texts.say(
            "confirming.taking" if isinstance(stage, s.Taking) else "confirming.look_here"
        ),
        speech=(*spoken(title), *spoken_lines(lines), *spoken(texts.say("confirming.all_right"))),
    )
    return _answering(shown, check, part, door, texts) if isinstance(stage, s.Answering) else shown


def _phase(stage: Confirming) -> str:
    tag = stage.__struct_config__.tag
    assert isinstance(tag, str)
    return tag


def _countdown(stage: Confirming, door: Door) -> Timer | None:
    if not isinstance(stage, s.Counting) or stage.until_s is None:
        return None
    return Timer(stage.until_s, door.timings.countdown_s)


def _answers(texts: Texts, open_: bool) -> tuple[Button, ...]:
    return tuple(
        Button(
            texts.say(f"answer.{answer}"),
            touch(Confirm(answer)) if open_ else "",
            "answer",
            icon,
            "" if open_ else "off",
        )
        for answer, icon in _ANSWERS
    )


def _take_now(stage: Confirming, texts: Texts) -> tuple[Button, ...]:
    if isinstance(stage, s.Taking):
        return ()
    return (Button(texts.say("confirming.take_now"), touch(TakePhotoNow()), "plain", "camera"),)


def _answering(shown: Screen, check: Check, part: Part, door: Door, texts: Texts) -> Screen:
    photo = check.photos.get(part)
    attempt = check.attempts.get(part, 0)
    retake = must_retake(door, check, part)
    again = Button(
        texts.say("confirming.retake"),
        touch(TakePhotoNow()),
        "main" if retake else "plain",
        "again",
    )
    may_retake = attempt < door.timings.photo_attempts
    answered = replace(
        shown,
        photo=photo.photo if photo else "",
        faults=tuple(texts.say(f"fault.{fault}") for fault in photo.faults) if photo else (),
        label=texts.say("confirming.all_right") if photo else texts.say("confirming.no_photo"),
        choices=(again,) if may_retake else (),
        buttons=_answers(texts, open_=not retake),
        tone="shutter" if photo else "missed",
        cue=f"photo:{check.id}:{part}:{attempt}",
    )
    return (
        _asking_again(answered, photo.faults if photo else (), attempt, texts)
        if retake
        else answered
    )


def _asking_again(shown: Screen, faults: tuple[str, ...], attempt: int, texts: Texts) -> Screen:
    sentence = texts.say(f"retake.{next(fault for fault in faults if fault in BLIND)}")
    return replace(
        shown,
        scene=f"{shown.scene}:retake:{attempt}",
        label=sentence,
        phase="retaking",
        speech=(Utterance(sentence),),
    )


def reasoning(stage: s.Reasoning, snapshot: Snapshot, door: Door, texts: Texts) -> Screen:
    """Return the screen that asks why 不符合 or 不涉及, from a short list that is read aloud, next
    to the photo that it is about.
    """
    question = texts.say(f"reasoning.{stage.answer}")
    photo = snapshot.state.check.photos.get(stage.part) if snapshot.state.check else None
    reasons = reasons_at(door, stage)
    return Screen(
        template="choosing",
        scene=f"reasoning:{stage.part}:{stage.answer}",
        signal=signal(snapshot.state),
        headline=question,
        label=texts.say(f"part.{stage.part}"),
        icon=stage.part,
        photo=photo.photo if photo else "",
        choices=reason_choices(reasons),
        buttons=(Button(texts.say("reasoning.back"), touch(Back()), "plain", "back"),),
        speech=(*spoken(question), *spoken_lines(tuple(reason.text for reason in reasons))),
    )


def reason_choices(reasons: tuple[Reason, ...]) -> tuple[Button, ...]:
    """Return a list of reasons as buttons."""
    return tuple(Button(reason.text, touch(GiveReason(reason.id)), "choice") for reason in reasons)


def sentences(door: Door, texts: Texts) -> Iterator[str]:
    """Yield everything these screens can say."""
    yield texts.say("confirming.all_right")
    yield from (texts.say(f"retake.{fault}") for fault in sorted(BLIND))
    yield from (
        texts.say(f"reasoning.{answer}") for answer in (Answer.NOT_OK, Answer.NOT_APPLICABLE)
    )
    reasons = (*door.reasons.not_ok, *door.reasons.not_applicable)
    yield from (reason.text for reason in reasons)
    for part in Part:
        yield texts.say(f"part.{part}")
        for post in door.posts.values():
            yield from door.pack_of(post.id).lines.texts(part)
            yield from post.lines.texts(part)
        for work in door.works.values():
            yield from work.lines.texts(part)
