"""Before a check: waiting for a card, a card whose holder is not let in, and a worker who has been
here already.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest

from devices.supervised import Offline
from kiosk.flow import stages as s
from kiosk.flow.door import Door
from kiosk.flow.signal import signal
from kiosk.flow.touches import Back, CheckAnyway, Go
from kiosk.model.eligibility import Ground, Refusal
from kiosk.model.outcome import Outcome
from kiosk.model.policy import CheckPolicy
from kiosk.station.snapshot import Snapshot
from ui.texts import Texts
from ui.touch.screens.picture import Button, Screen, Timer, spoken, touch
from ui.touch.screens.proposing import offer
from ui.touch.screens.reasons import sentence_of

_MOST_SCENARIOS = 24
_LONGEST_SCENARIO = 48
"""A longer one cannot be read in passing."""


def waiting(snapshot: Snapshot, door: Door, texts: Texts) -> Screen:
    """Return the screen that invites to present a card, or says why that is no use now."""
    away = snapshot.devices.get("card_reader")
    if snapshot.trouble:
        return _in_vain("trouble", texts.say("frame.out_of_use"), snapshot.trouble, "disk", texts)
    if isinstance(away, Offline):
        return _in_vain("reader_away", texts.say("waiting.reader_away"), away.reason, "plug", texts)
    swipe = texts.say("waiting.swipe")
    tally = snapshot.tally
    counts = (("expected", tally.expected), ("arrived", tally.arrived), ("missing", tally.missing))
    days = tally.unbroken_days
    return Screen(
        template="waiting",
        scene="waiting",
        signal=signal(snapshot.state),
        headline=swipe,
        lines=_scenarios(door),
        figures=tuple((texts.say(f"waiting.{name}"), count) for name, count in counts),
        label=texts.say("waiting.unbroken", days=days) if days else "",
        speech=spoken(swipe),
    )


def _in_vain(scene: str, headline: str, reason: str, icon: str, texts: Texts) -> Screen:
    """Return the screen of a refusal: first whom to see; the reason is for that person."""
    see = texts.say("waiting.in_vain_see")
    return Screen(
        template="in_vain",
        scene=scene,
        signal="fault",
        headline=headline,
        lines=(reason,),
        advice=see,
        icon=icon,
        speech=spoken(headline, see),
    )


def _scenarios(door: Door) -> tuple[str, ...]:
    """Return what can be read in passing, of each post in turn: nobody's post is left out for the
    length of another's.
    """
    turns = zip_longest(*(post.scenarios for post in door.posts.values()))
    scenes = (scenario.scene for turn in turns for scenario in turn if scenario)
    return tuple(scene for scene in scenes if len(scene) <= _LONGEST_SCENARIO)[:_MOST_SCENARIOS]


def refused(stage: s.Refused, snapshot: Snapshot, door: Door, texts: Texts) -> Screen:
    """Return why, and whom to see. Why a worker is blocked is shown, but never spoken."""
    first = stage.refusals[0]
    reasons = tuple(reason_of_refusal(refusal, texts) for refusal in stage.refusals)
    shown = tuple(
        reason if refusal.ground is not Ground.BLOCKED else refusal.about
        for refusal, reason in zip(stage.refusals, reasons, strict=True)
    )
    see = texts.say(f"see.{first.ground}")
    headline = texts.say("refused.headline")
    return Screen(
        template="refused",
        scene=f"refused:{snapshot.state.turn}",
        signal=signal(snapshot.state),
        headline=headline,
        lines=shown[:2],
        advice=see,
        timer=_timer(stage, door.timings.refused_s),
        buttons=(Button(texts.say("on_record.understood"), touch(Back())),),
        speech=spoken(headline, *reasons[:2], see),
        tone="failed",
    )


def reason_of_refusal(refusal: Refusal, texts: Texts) -> str:
    """Return a ground in words to be spoken, with the certificate that it is about."""
    if refusal.ground in (Ground.CERTIFICATE_MISSING, Ground.CERTIFICATE_EXPIRED):
        return texts.say(f"ground.{refusal.ground}", about=refusal.about)
    return texts.say(f"ground.{refusal.ground}")


def enrolling(stage: s.Enrolling, snapshot: Snapshot, door: Door, texts: Texts) -> Screen:
    """Return the screen that says that the next card is registered, and for whom; the name is
    shown, but not spoken.
    """
    headline = texts.say("enrolling.now")
    whose = (
        texts.say("enrolling.for_worker", name=stage.name)
        if stage.name
        else texts.say("enrolling.number")
    )
    return Screen(
        template="in_vain",
        scene=f"enrolling:{snapshot.state.turn}",
        signal=signal(snapshot.state),
        headline=headline,
        advice=whose,
        icon="card",
        timer=_timer(stage, door.timings.enrol_s),
        buttons=(Button(texts.say("enrolling.cancel"), touch(Back())),),
        speech=spoken(headline),
    )


def enrolled(stage: s.Enrolled, snapshot: Snapshot, texts: Texts) -> Screen:
    """Return the screen that says that the card was read, and that this opened nothing."""
    headline = texts.say("enrolling.refused" if stage.reason else "enrolling.done")
    return Screen(
        template="in_vain",
        scene=f"enrolled:{snapshot.state.turn}",
        signal=signal(snapshot.state),
        headline=headline,
        advice=stage.reason or texts.say("enrolling.done_next"),
        icon="no" if stage.reason else "yes",
        buttons=(Button(texts.say("on_record.understood"), touch(Back())),),
        speech=spoken(headline),
        tone="card",
    )


def on_record(stage: s.OnRecord, snapshot: Snapshot, door: Door, texts: Texts) -> Screen:
    """Show how the worker's check of this shift ended; who did not pass may begin again."""
    earlier = stage.read.earlier
    assert earlier is not None
    how = (
        "released"
        if earlier.released
        else "passed"
        if earlier.outcome is Outcome.PASSED
        else "failed"
    )
    headline, advice = texts.say(f"on_record.{how}"), texts.say(f"on_record.advice_{how}")
    reasons = tuple(sentence_of(reason, door, texts) for reason in earlier.reasons)
    return Screen(
        template="on_record",
        scene=f"on_record:{snapshot.state.turn}",
        signal=signal(snapshot.state),
        headline=headline,
        lines=tuple(filter(None, reasons))[:2],
        advice=advice,
        icon={"passed": "yes", "failed": "no", "released": "door"}[how],
        phase=how,
        at=earlier.at,
        timer=_timer(stage, door.timings.on_record_s),
        buttons=(*offer(snapshot.state, door, texts), *_on_record_buttons(earlier.outcome, texts)),
        speech=spoken(headline, advice),
        tone="card",
    )


def not_asked(stage: s.NotAsked, snapshot: Snapshot, door: Door, texts: Texts) -> Screen:
    """Return the screen that says that no check is asked for; who stands at a post may do one all
    the same.
    """
    worker = stage.read.worker
    at_a_post = worker is not None and bool(worker.posts)
    how = "off" if door.drill.check is CheckPolicy.OFF else "done"
    headline = texts.say(f"not_asked.{how}" if at_a_post else "not_asked.supervising")
    advice = texts.say("not_asked.advice" if at_a_post else "not_asked.how_to_release")
    anyway = Button(texts.say("not_asked.anyway"), touch(CheckAnyway()), "plain", "again")
    return Screen(
        template="on_record",
        scene=f"not_asked:{snapshot.state.turn}",
        signal=signal(snapshot.state),
        headline=headline,
        advice=advice,
        icon="card",
        phase="not_asked",
        timer=_timer(stage, door.timings.on_record_s),
        buttons=(
            *offer(snapshot.state, door, texts),
            *((anyway,) if at_a_post else ()),
            Button(texts.say("on_record.understood"), touch(Go()), "main", "yes"),
        ),
        speech=spoken(headline, advice),
        tone="card",
    )


def _on_record_buttons(outcome: Outcome, texts: Texts) -> tuple[Button, ...]:
    understood = Button(texts.say("on_record.understood"), touch(Back()))
    if outcome is Outcome.PASSED:
        return (Button(understood.label, touch(Go()), "main", "yes"),)
    return (understood, Button(texts.say("on_record.once_more"), touch(Go()), "main", "again"))


def _timer(stage: s.Stage, total_s: float) -> Timer | None:
    return None if stage.until_s is None else Timer(stage.until_s, total_s)


def sentences(door: Door, texts: Texts) -> Iterator[str]:
    """Yield everything these screens can say."""
    yield from (texts.say(f"waiting.{key}") for key in ("swipe", "reader_away", "in_vain_see"))
    yield texts.say("frame.out_of_use")
    yield texts.say("refused.headline")
    yield from (texts.say(f"enrolling.{key}") for key in ("now", "done", "refused"))
    kinds = {kind for post in door.posts.values() for kind in post.certificates}
    kinds |= {kind for work in door.works.values() for kind in work.certificates}
    for ground in Ground:
        about = kinds if ground.startswith("certificate") else {""}
        yield from (reason_of_refusal(Refusal(ground, kind), texts) for kind in sorted(about))
        yield texts.say(f"see.{ground}")
    yield from (
        texts.say(f"not_asked.{key}")
        for key in ("off", "done", "advice", "supervising", "how_to_release")
    )
    for how in ("passed", "failed", "released"):
        yield from (texts.say(f"on_record.{how}"), texts.say(f"on_record.advice_{how}"))
