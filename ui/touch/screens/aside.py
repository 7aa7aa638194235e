"""What lies over every stage: 异常, and stopping unsafe work."""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.flow import stages as s
from kiosk.flow.door import Door
from kiosk.flow.signal import signal
from kiosk.flow.touches import Back
from kiosk.model.content import Reason
from kiosk.station.snapshot import Snapshot
from ui.texts import Texts
from ui.touch.screens.confirming import reason_choices
from ui.touch.screens.picture import Button, Screen, Timer, spoken, spoken_lines, touch


def aside(
    side: s.Reporting | s.Stopping | s.Stopped, snapshot: Snapshot, door: Door, texts: Texts
) -> Screen:
    """Draw the dialogue that lies over the stage."""
    match side:
        case s.Reporting():
            return _reasons("reporting", "aside.abnormal", door.reasons.abnormal, snapshot, texts)
        case s.Stopping():
            return _reasons("stopping", "aside.unsafe", door.reasons.stop_work, snapshot, texts)
        case s.Stopped():
            return _stopped(side, snapshot, door, texts)


def _reasons(
    name: str, question_key: str, reasons: tuple[Reason, ...], snapshot: Snapshot, texts: Texts
) -> Screen:
    question = texts.say(question_key)
    return Screen(
        template="choosing",
        scene=name,
        signal=signal(snapshot.state),
        headline=question,
        icon="stop" if name == "stopping" else "warn",
        phase=name,
        choices=reason_choices(reasons),
        buttons=(Button(texts.say("aside.back"), touch(Back()), "plain", "back"),),
        speech=(*spoken(question), *spoken_lines(tuple(reason.text for reason in reasons))),
    )


def _stopped(side: s.Stopped, snapshot: Snapshot, door: Door, texts: Texts) -> Screen:
    keys = ("aside.stopped", "aside.stopped_thanks", "aside.stopped_next")
    headline, thanks, advice = (texts.say(key) for key in keys)
    return Screen(
        template="stopped",
        scene=f"stopped:{snapshot.state.turn}",
        signal=signal(snapshot.state),
        headline=headline,
        label=thanks,
        advice=advice,
        icon="stop",
        timer=Timer(side.until_s, door.timings.passed_s) if side.until_s is not None else None,
        buttons=(Button(texts.say("aside.back"), touch(Back()), "plain", "back"),),
        speech=spoken(headline, thanks, advice),
        tone="card",
    )


def sentences(door: Door, texts: Texts) -> Iterator[str]:
    """Yield everything these screens can say."""
    keys = ("abnormal", "unsafe", "stopped", "stopped_thanks", "stopped_next")
    yield from (texts.say(f"aside.{key}") for key in keys)
    yield from (reason.text for reason in (*door.reasons.abnormal, *door.reasons.stop_work))
