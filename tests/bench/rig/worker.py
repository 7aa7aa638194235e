"""A good worker in front of the screen: which touch comes next, from the scene that is shown."""

from __future__ import annotations

from kiosk.demo.screen import Shown
from kiosk.flow.door import Door
from kiosk.flow.touches import AnyTouch, Choose, Confirm, Go, Point, Sign, TakePhotoNow
from kiosk.model.outcome import Answer
from tests.bench.rig.screen import Finger
from tests.fakes.content import SIGNATURE


def go_on(finger: Finger, shown: Shown, door: Door) -> Shown:
    """Make the touch that the scene asks for."""
    return finger.touch(next_touch(shown, door), shown.turn)


def next_touch(shown: Shown, door: Door) -> AnyTouch:
    """Return the touch that a scene of a check asks for."""
    kind, *rest = shown.scene.split(":")
    match kind:
        case "asking":
            return Choose(
                next(each.answer for each in door.posts[rest[0]].questions if each.id == rest[1])
            )
        case "calling":
            target = door.step_at(rest[0], rest[1]).target
            return Point(target.x, target.y) if target else Go()
        case "confirming":
            return Confirm(Answer.OK) if shown.phase == "answering" else TakePhotoNow()
        case "signing":
            return Sign(SIGNATURE)
    return Go()
