"""What somebody at the door sees and touches, told by what the screen shows."""

from __future__ import annotations

from pathlib import Path

from kiosk.demo.screen import Shown, TouchScreen
from kiosk.flow.touches import (
    AnyTouch,
    Choose,
    ChoosePost,
    Confirm,
    GiveReason,
    Go,
    Point,
    Sign,
    TakePhotoNow,
)
from kiosk.model.content import Question
from kiosk.model.outcome import Answer
from kiosk.paths import Place
from kiosk.processes.content_in_use import load_door
from kiosk.settings import load
from tests.fakes.content import SIGNATURE

MOST_SCREENS = 60


def stage_of(shown: Shown) -> str:
    """Return the name of what is shown, without the sentence laid over it: `calling:welder:holder`,
    `listening:tools`, `closed:passed`.
    """
    kind, *about = shown.scene.split("#")[0].split(":")
    match kind:
        case "confirming":
            return f"{shown.phase}:{about[1]}"
        case "closed":
            return f"closed:{shown.signal}"
        case "refused" | "on_record" | "released" | "stopped" | "releasing":
            return kind
    return ":".join((kind, *about))


class Person:
    """Does on each screen what a good worker does, who knows the content of the station with this
    settings file.
    """

    def __init__(self, config: Path) -> None:
        self._content = content = load_door(load(config), Place(config.parent, Path()))
        self._questions: dict[tuple[str, str], Question] = {
            (post.id, question.id): question
            for post in content.posts.values()
            for question in post.questions
        }

    def go_to(self, screen: TouchScreen, stage: str) -> Shown:
        """Go on until a stage of this name (its beginning) is shown."""
        for _ in range(MOST_SCREENS):
            shown = screen.shown()
            if stage_of(shown).startswith(stage):
                return shown
            touch = self.next_touch(shown)
            if touch is None:
                screen.wait(lambda other, seen=shown: other.version > seen.version, 20)  # type: ignore[misc]
            else:
                screen.touch(touch)
        raise AssertionError(f"never came to {stage}, stays at {stage_of(screen.shown())}")

    def next_touch(self, shown: Shown) -> AnyTouch | None:
        """Return the touch that goes on, or None where only time does."""
        kind, *about = stage_of(shown).split(":")
        match kind:
            case "choosing_post":
                return ChoosePost("welder")
            case "asking":
                return self.answer(about)
            case "calling":
                return self.pointed(about[0], about[1])
            case "listening" | "counting":
                return TakePhotoNow()
            case "answering":
                return Confirm(Answer.OK)
            case "reasoning":
                return GiveReason("other" if about[1] == Answer.NOT_OK else "not-used-today")
            case "signing":
                return Sign(SIGNATURE)
            case "taking" | "waiting" | "reader_away":
                return None
        return Go()

    def answer(self, about: list[str], *, right: bool = True) -> AnyTouch:
        """Answer the question shown, or go on from where the right answer is shown."""
        post, asked, *rest = about
        question = self._questions[post, asked]
        if rest:
            return Go()
        wrong = next(choice for choice in range(len(question.choices)) if choice != question.answer)
        return Choose(question.answer if right else wrong)

    def pointed(self, post: str, place: str) -> AnyTouch:
        """Touch the target of a step."""
        target = self._content.step_at(post, place).target
        return Go() if target is None else Point(target.x, target.y)
