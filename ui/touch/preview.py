"""The touch screen's own pages for content that is not published: what a worker will see, without a
station behind it.

The screens come from `ui.touch.screens`, the HTML from the same templates, the looks from the same
style sheets; only nothing happens.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import msgspec

from devices.supervised import Online
from kiosk.flow import stages as s
from kiosk.flow.door import Door
from kiosk.flow.emergency import key_of_post
from kiosk.flow.state import Check, State
from kiosk.model.content import Part, Post
from kiosk.model.people import Worker
from kiosk.station.snapshot import Snapshot, Tally
from ui.texts import Texts
from ui.touch.app import SHEETS
from ui.touch.drawing import without_a_server
from ui.touch.pieces import remember_buttons
from ui.touch.screens import screen

_SOMEBODY = Worker("A001", "")
"""Nobody: the name stays off the picture."""
_SOME_DAY = date(2026, 1, 1)
_DEVICES = {kind: Online(0.0) for kind in ("card_reader", "camera", "lights")}


class Scene(msgspec.Struct, frozen=True):
    """One screen of a post's check: its kind ("question", "step", "part", "emergency"), and which
    of them.
    """

    kind: str
    number: int


def scenes(post: Post) -> tuple[Scene, ...]:
    """Return the screens of a post in the order in which a worker meets them; of the questions, a
    worker gets one a day.
    """
    counts = {"question": len(post.questions), "step": len(post.drill.steps), "part": len(Part)}
    shown = [Scene(kind, number) for kind, count in counts.items() for number in range(count)]
    return (*shown, *(Scene("emergency", number) for number in range(len(post.emergency))))


class Preview:
    """Draws screens.

    `static` and `target` return the addresses of a style sheet or script, and of a picture by pack
    and name.
    """

    def __init__(
        self,
        texts: Texts,
        name: str,
        static: Callable[[str], str],
        target: Callable[[str, str], str],
    ) -> None:
        self._texts = texts

        def url_for(endpoint: str, **values: str) -> str:
            return (
                static(values["filename"])
                if endpoint == "static"
                else target(values["pack"], values["name"])
            )

        self._environment = without_a_server(texts, name)
        self._environment.globals["url_for"] = url_for
        remember_buttons(self._environment, url_for)

    def page(self, door: Door, post_id: str, scene: Scene) -> str:
        """Draw one screen as a page of its own."""
        snapshot = Snapshot(1, _state(door, post_id, scene), 0.0, _DEVICES, Tally())
        shown = screen(snapshot, door, self._texts)
        template = self._environment.get_template("preview.html")
        return template.render(screen=shown, turn=0, now_s=0.0, clock="07:50", sheets=SHEETS)


def _state(door: Door, post_id: str, scene: Scene) -> State:
    post = door.posts[post_id]
    check = Check("preview", _SOMEBODY.id, "", draw=0, on=_SOME_DAY, post=post_id, works=())
    match scene.kind:
        case "question":
            question = post.questions[scene.number].id
            check = msgspec.structs.replace(check, question=question)
            return State(stage=s.Asking(question=question), check=check, worker=_SOMEBODY)
        case "step":
            steps = tuple(due.id for due in door.steps(post_id, ()))
            stage = s.Calling(
                step=steps[scene.number], index=scene.number, began_s=0.0, ready_s=0.0
            )
            check = msgspec.structs.replace(check, knows=True, steps=steps[: scene.number])
            return State(stage=stage, check=check, worker=_SOMEBODY)
        case "part":
            called = tuple(due.id for due in door.steps(post_id, ()))
            check = msgspec.structs.replace(check, knows=True, steps=called)
            part = tuple(Part)[scene.number]
            return State(stage=s.Listening(part=part), check=check, worker=_SOMEBODY)
    return State(side=s.EmergencyShown(card=key_of_post(post_id, post.emergency[scene.number].id)))
