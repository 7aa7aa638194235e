"""How the check of a crew ended, and for whom."""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.flow.crew_members import Crew
from kiosk.flow.crew_stages import CrewEnded
from kiosk.flow.door import Door
from kiosk.flow.signal import signal
from kiosk.flow.state import State
from kiosk.flow.touches import Back
from kiosk.model.outcome import Outcome
from kiosk.station.snapshot import Snapshot
from ui.texts import Texts
from ui.touch.screens.crew_people import check_of, names_of
from ui.touch.screens.picture import Button, Screen, Timer, spoken, touch
from ui.touch.screens.proposing import offer
from ui.touch.screens.reasons import sentence_of


def ended(stage: CrewEnded, snapshot: Snapshot, door: Door, texts: Texts) -> Screen:
    """Return how it ended; those who did not pass are named."""
    match stage.outcome:
        case Outcome.PASSED:
            return _passed(stage, snapshot, door, texts)
        case Outcome.FAILED:
            return _failed(stage, snapshot, door, texts)
    why = next((key for key in ("too_few", "cancelled") if key in stage.reasons), "")
    headline = texts.say("crew.cancelled" if why == "cancelled" else "closed.abandoned")
    advice = texts.say("crew.too_few" if why == "too_few" else "closed.abandoned_next")
    return Screen(
        template="abandoned",
        scene=f"crew_ended:{stage.check}",
        signal=signal(snapshot.state),
        headline=headline,
        advice=advice,
        icon="clock",
        timer=_timer(stage, snapshot, door),
        buttons=_understood(texts),
        speech=spoken(headline, advice),
        tone="missed",
    )


def _passed(stage: CrewEnded, snapshot: Snapshot, door: Door, texts: Texts) -> Screen:
    _, crew = check_of(snapshot)
    passed = [member for member in crew.members if member.outcome is Outcome.PASSED]
    left = tuple(_left(snapshot.state, crew, texts))
    everybody = len(passed) == len(crew.members)
    headline = texts.say("crew.passed" if everybody else "crew.passed_some")
    wish = texts.say("crew.others" if left else "closed.passed_wish")
    return Screen(
        template="crew_ended",
        scene=f"crew_ended:{stage.check}",
        signal=signal(snapshot.state),
        headline=headline,
        label=texts.say("crew.who", crew=crew.title, count=len(passed)),
        lines=left,
        advice=wish,
        icon="yes",
        phase="some" if left else "all",
        timer=_timer(stage, snapshot, door),
        buttons=(*offer(snapshot.state, door, texts), *(_understood(texts) if left else ())),
        speech=spoken(headline, wish),
        tone="passed",
    )


def _left(state: State, crew: Crew, texts: Texts) -> Iterator[str]:
    """Yield the names of those who are not among those who passed."""
    drawn = [each for each in crew.members if each.check == crew.drawn]
    others = (
        each for each in crew.members if each.outcome is not Outcome.PASSED and each not in drawn
    )
    unsigned = tuple(others)
    out = tuple(each for each in crew.left_out if each.worker and "passed" not in each.reasons)
    for key, people in (("left_drawn", drawn), ("left_unsigned", unsigned), ("left_out", out)):
        if people:
            yield texts.say(f"crew.{key}", names=names_of(state, people, texts))


def _failed(stage: CrewEnded, snapshot: Snapshot, door: Door, texts: Texts) -> Screen:
    headline, see = texts.say("crew.failed"), texts.say("closed.failed_next")
    reasons = tuple(filter(None, (sentence_of(reason, door, texts) for reason in stage.reasons)))[
        :2
    ]
    return Screen(
        template="refused",
        scene=f"crew_ended:{stage.check}",
        signal=signal(snapshot.state),
        headline=headline,
        lines=reasons,
        advice=see,
        icon="no",
        timer=_timer(stage, snapshot, door),
        buttons=_understood(texts),
        speech=spoken(headline, *reasons, see),
        tone="failed",
    )


def _understood(texts: Texts) -> tuple[Button, ...]:
    return (Button(texts.say("closed.understood"), touch(Back())),)


def _timer(stage: CrewEnded, snapshot: Snapshot, door: Door) -> Timer | None:
    if stage.until_s is None:
        return None
    _, crew = check_of(snapshot)
    quick = (
        stage.outcome is Outcome.PASSED and not crew.left_out and not crew.due and not crew.drawn
    )
    return Timer(stage.until_s, door.timings.passed_s if quick else door.timings.failed_s)
