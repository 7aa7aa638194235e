"""A step of the drill: think, look, point, call (手指口述)."""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.flow import state as s
from kiosk.flow.door import Door
from kiosk.flow.inputs import Go
from kiosk.flow.signal import signal
from kiosk.model.content import Step
from kiosk.snapshot import Snapshot
from ui.texts import Texts
from ui.touch.screens.picture import Beat, Button, Screen, Spot, Utterance, touch


def calling(stage: s.Calling, snapshot: Snapshot, door: Door, texts: Texts) -> Screen:
    """Show the four beats of a step, speak them one after the other, and open the way on after the dwell."""
    check = snapshot.state.check
    assert check is not None
    step = door.step(check.post, stage.step)
    beats = beats_of(step)
    return Screen(
        template="calling",
        scene=f"calling:{check.post}:{step.id}",
        signal=signal(snapshot.state),
        headline=step.call,
        beats=beats,
        spot=_spot(step, door.pack_of(check.post).id),
        phase="ready" if snapshot.now_s >= stage.ready_s else "dwelling",
        ready_at_s=stage.ready_s,
        label=texts.say("calling.on_picture") if step.target else "",
        buttons=() if step.target else (Button(texts.say("calling.confirm"), touch(Go()), "main", "point"),),
        speech=tuple(Utterance(beat.text, beat=beat.name) for beat in beats),
    )


def beats_of(step: Step) -> tuple[Beat, ...]:
    """Give the four beats of a step in their order."""
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


def sentences(door: Door) -> Iterator[str]:
    """Give every beat of every step."""
    for post in door.posts.values():
        for step in post.drill.steps:
            yield from (beat.text for beat in beats_of(step))
