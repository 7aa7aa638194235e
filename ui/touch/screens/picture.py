"""What a screen is made of: plain data, drawn by a template and spoken by the browser."""

from __future__ import annotations

import msgspec

from kiosk.flow.touches import AnyTouch

ALL_LINES = -1


class Utterance(msgspec.Struct, frozen=True):
    """A sentence to speak; meanwhile the beat, or the line of that index, is the one that is shown
    as current.
    """

    text: str
    beat: str = ""
    line: int = ALL_LINES


class Button(msgspec.Struct, frozen=True):
    """Something to touch: its words, the touch as it goes over the wire, how it looks, its
    pictogram and its state.

    `role` is "main", "answer", "choice", "plain", "grave" or "tab"; `state` is "", "on", "off",
    "locked", "right" or "wrong". A button that is off has no touch.
    """

    label: str
    touch: str = ""
    role: str = "plain"
    icon: str = ""
    state: str = ""
    note: str = ""
    """A second line, smaller."""
    sign: str = ""
    """A pictogram of what is chosen, beside the icon of its state."""
    picture: tuple[str, str] | None = None
    """Or a picture of it: the pack and the name of its file."""


class Tile(msgspec.Struct, frozen=True):
    """A member of a crew: the name, and how far they are.

    `state` is "away", "in", "out", "still", "signed" or "drawn"; a tile that can be touched has a
    touch.
    """

    name: str
    state: str
    note: str = ""
    touch: str = ""


class Beat(msgspec.Struct, frozen=True):
    """One of the four beats of a step with its sentence; `name` is think, look, point or call."""

    name: str
    text: str


class Spot(msgspec.Struct, frozen=True):
    """The picture of a target and the spot on it, in fractions of the picture's width and
    height.
    """

    pack: str
    photo: str
    x: float
    y: float
    radius: float


class Word(msgspec.Struct, frozen=True):
    """What stands at the foot of a card, with its pictogram and what it is."""

    icon: str
    label: str
    text: str


class Timer(msgspec.Struct, frozen=True):
    """What ends by itself: when (monotonic seconds), and how long it lasts in all."""

    until_s: float
    total_s: float

    def left_s(self, now_s: float) -> float:
        """Return the seconds left."""
        return max(0.0, self.until_s - now_s)


class Dot(msgspec.Struct, frozen=True):
    """One of the things to do in a check; `state` is done, now or todo."""

    kind: str
    state: str


class Progress(msgspec.Struct, frozen=True):
    """How far the worker is: the dots of the check, and the name at their end."""

    dots: tuple[Dot, ...] = ()
    name: str = ""


class Lamp(msgspec.Struct, frozen=True):
    """A device in the corner of the screen; words only when it does not work."""

    kind: str
    words: str = ""


class Frame(msgspec.Struct, frozen=True):
    """What stands around every screen, at the same place."""

    lamps: tuple[Lamp, ...] = ()
    progress: Progress = Progress()
    abnormal: bool = False
    """Whether 异常 is offered: during a check."""
    trouble: str = ""
    clock_ok: bool = True
    preparing: str = ""
    content_trouble: str = ""
    """What is wrong with the factory's own content, while older content stands in."""
    level: str = ""
    """How much of the drill is given away, during its steps."""
    stale: str = ""
    """That the content is past its review date, during a check."""


class News(msgspec.Struct, frozen=True):
    """What became of something that somebody told of, under a screen that it leaves as it is."""

    text: str
    until_s: float
    """From then on (monotonic) it is not seen any more, and its place stays empty."""
    more: str = ""
    """What is shown under it, smaller; it is not spoken."""


class Screen(msgspec.Struct, frozen=True, kw_only=True):
    """One screen.

    Templates draw it, `scene` names what is spoken: speech starts over only when the scene changes.
    What follows a `#` in it interrupts that scene, which then goes on where it was cut off, or from
    its beginning after a `##`.

    `signal` is the lamp's signal, for the screen is the lamp. `cue` is the identity of the tone,
    which sounds once a cue.
    """

    template: str
    scene: str
    signal: str
    headline: str = ""
    advice: str = ""
    """One sentence: what to do about it."""
    label: str = ""
    lines: tuple[str, ...] = ()
    limits: tuple[str, ...] = ()
    """What must be measured, below the lines; it is shown, not spoken."""
    choices: tuple[Button, ...] = ()
    people: tuple[Tile, ...] = ()
    buttons: tuple[Button, ...] = ()
    beats: tuple[Beat, ...] = ()
    rehearsal: str = ""
    """Above the beats: which drill of today's works this is a step of."""
    spot: Spot | None = None
    blind: bool = False
    """Whether the spot stays hidden: finding it is the exercise."""
    photo: str = ""
    faults: tuple[str, ...] = ()
    phase: str = ""
    icon: str = ""
    figures: tuple[tuple[str, int], ...] = ()
    timer: Timer | None = None
    ready_at_s: float | None = None
    phones: tuple[str, ...] = ()
    """Whom to call, in large figures."""
    words: tuple[Word, ...] = ()
    at: str = ""
    """A moment (UTC, ISO 8601) that the browser shows as local time."""
    notice: str = ""
    """One sentence about the last input, in the line of messages."""
    news: News | None = None
    asks: Button | None = None
    """The one button of a question that lies over everything: whether the worker is still there."""
    speech: tuple[Utterance, ...] = ()
    tone: str = ""
    cue: str = ""
    frame: Frame = Frame()


def touch(what: AnyTouch) -> str:
    """Return a touch as it goes over the wire."""
    return msgspec.json.encode(what).decode()


def spoken(*sentences: str) -> tuple[Utterance, ...]:
    """Return plain sentences to speak."""
    return tuple(Utterance(sentence) for sentence in sentences if sentence)


def spoken_lines(lines: tuple[str, ...]) -> tuple[Utterance, ...]:
    """Return lines to speak, each shown as current meanwhile."""
    return tuple(Utterance(line, line=index) for index, line in enumerate(lines))
