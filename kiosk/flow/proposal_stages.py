"""The stages in which a worker describes an accident that could happen (事故假想); no check is open
meanwhile.
"""

from __future__ import annotations

import msgspec

from kiosk.flow.stage import Stage


class Said(msgspec.Struct, frozen=True):
    """What the worker has said so far; empty is what is still to be said.

    `where` and `what` are words, not ids.
    """

    proposal: str
    worker: str
    post: str = ""
    accident_type: str = ""
    where: str = ""
    what: str = ""


class Naming(Stage, frozen=True, kw_only=True, tag="naming"):
    """Somebody of a crew that has just passed thought of a danger: the one who presents their card
    tells it. `tellers` are their ids.
    """

    tellers: tuple[str, ...]
    post: str


class Proposing(Stage, frozen=True, kw_only=True, tag="proposing"):
    """The post (where there are several), the type of accident, where, and what happens: one choice
    a screen.
    """

    said: Said
    posts: tuple[str, ...] = ()
    page: int = 0


class Posing(Stage, frozen=True, kw_only=True, tag="posing"):
    """Counting down to the photo, which nobody has to have."""

    said: Said
    attempt: int = 1


class TakingScene(Stage, frozen=True, kw_only=True, tag="taking_scene"):
    """The camera is asked for the photo."""

    said: Said
    attempt: int


class Telling(Stage, frozen=True, kw_only=True, tag="telling"):
    """Everything that will be sent; sent it is by one more touch only."""

    said: Said
    attempt: int = 0
    photo: str = ""
    thumbnail: str = ""
    faults: tuple[str, ...] = ()


class Proposed(Stage, frozen=True, tag="proposed"):
    """It is recorded and thanked for."""


class Dropped(Stage, frozen=True, tag="dropped"):
    """Nothing was sent, and that is said."""


Unsent = Proposing | Posing | TakingScene | Telling
OfProposal = Naming | Unsent | Proposed | Dropped
