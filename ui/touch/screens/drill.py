"""A step of the drill: think, look, point, call (手指口述), with as much help as the worker's level
leaves.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from kiosk.flow import stages as s
from kiosk.flow.door import Door
from kiosk.flow.signal import signal
from kiosk.flow.state import Check
from kiosk.flow.touches import Go
from kiosk.model.content import Pack, Step
from kiosk.model.drills import place_of, work_of
from kiosk.model.levels import DrillLevel
from kiosk.station.snapshot import Snapshot
from ui.texts import Texts
from ui.touch.screens.picture import Beat, Button, Screen, Spot, Timer, Utterance, touch


def calling(stage: s.Calling, snapshot: Snapshot, door: Door, texts: Texts) -> Screen:
    """Show the beats of a step that the level gives away, speak them, and open the way on after the
    dwell.
    """
    check = snapshot.state.check
    assert check is not None
    step = door.step(check.post, stage.step)
    shown = _of_step(stage, check, snapshot, door, texts)
    confirm = Button(texts.say("calling.confirm"), touch(Go()), "main", "point")
    asked = replace(
        shown,
        scene=f"calling:{check.post}:{_place(stage, check, door)}",
        phase="ready" if snapshot.now_s >= stage.ready_s else "dwelling",
        ready_at_s=stage.ready_s,
        label=texts.say("calling.on_picture") if step.target else "",
        buttons=() if step.target else (confirm,),
        # A spot that was missed is shown: from then on it is no exercise, but help.
        blind=check.level is not DrillLevel.FOLLOW and not stage.misses,
    )
    return _announcing(_with_beats(asked, step, check.level, texts), stage.announced, texts)


def _announcing(asked: Screen, title: str, texts: Texts) -> Screen:
    """Return the screen with the title of the drill that begins here said first."""
    if not title:
        return asked
    # The first beat is shown meanwhile, where there is one.
    beat = asked.beats[0].name if asked.beats else ""
    announced = Utterance(texts.say("calling.rehearsal", drill=title), beat=beat)
    return replace(asked, speech=(announced, *asked.speech))


def _with_beats(asked: Screen, step: Step, level: DrillLevel, texts: Texts) -> Screen:
    """Return the screen with as much as the level gives away before the pointing."""
    match level:
        case DrillLevel.FOLLOW:
            return _saying(asked, beats_of(step))
        case DrillLevel.HINT:
            return _saying(asked, beats_of(step)[:1])
        case DrillLevel.EXAM:
            # Without a picture the target has to be named; nothing is spoken.
            asks = texts.say("calling.blind") if step.target else texts.say("calling.blind_call")
            return replace(asked, advice=asks, lines=() if step.target else (step.point,))


def _saying(shown: Screen, beats: tuple[Beat, ...]) -> Screen:
    speech = tuple(Utterance(beat.text, beat=beat.name) for beat in beats)
    return replace(shown, beats=beats, speech=speech)


def _of_step(
    stage: s.Calling | s.Called, check: Check, snapshot: Snapshot, door: Door, texts: Texts
) -> Screen:
    step = door.step(check.post, stage.step)
    return Screen(
        template="calling",
        scene="",
        signal=signal(snapshot.state),
        headline=step.call,
        rehearsal=texts.say("calling.rehearsal", drill=stage.title) if stage.title else "",
        spot=_spot(step, _pack_of(stage, check, door).id),
    )


def _pack_of(stage: s.Calling | s.Called, check: Check, door: Door) -> Pack:
    """Return the pack with the pictures of a step: of the work whose own drill it is, else of the
    post.
    """
    work = work_of(stage.step.drill)
    return door.pack_of_work(work) if work else door.pack_of(check.post)


def _place(stage: s.Calling | s.Called, check: Check, door: Door) -> str:
    return place_of(door.posts[check.post], stage.step)


def called(stage: s.Called, snapshot: Snapshot, door: Door, texts: Texts) -> Screen:
    """Show and speak the sentence that had to be called, to compare."""
    check = snapshot.state.check
    assert check is not None
    step = door.step(check.post, stage.step)
    until_s = stage.until_s
    compared = replace(
        _of_step(stage, check, snapshot, door, texts),
        scene=f"called:{check.post}:{_place(stage, check, door)}",
        phase="called",
        label=texts.say("calling.compare"),
        timer=None if until_s is None else Timer(until_s, door.timings.call_s),
        buttons=(Button(texts.say("calling.go_on"), touch(Go()), "main", "next"),),
    )
    return _saying(compared, beats_of(step)[-1:])


def beats_of(step: Step) -> tuple[Beat, ...]:
    """Return the four beats of a step in their order."""
    return (
        Beat("think", step.think),
        Beat("look", step.look),
        Beat("point", step.point),
        Beat("call", step.call),
    )


def _spot(step: Step, pack: str) -> Spot | None:
    if step.target is None:
        return None
    return Spot(pack, step.target.photo, step.target.x, step.target.y, step.target.radius)


def sentences(door: Door, texts: Texts) -> Iterator[str]:
    """Yield every beat of every step that may be due, and the titles of the works' drills."""
    for post in door.posts:
        for due in door.steps(post, tuple(door.works)):
            if due.title:
                yield texts.say("calling.rehearsal", drill=due.title)
            yield from (beat.text for beat in beats_of(due.step))
