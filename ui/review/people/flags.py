"""What a supervisor should look into about one person, in a few words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

import msgspec

from kiosk.flow.door import Door
from kiosk.model.expiry import Ending, Urgency, endings
from kiosk.model.people import Standing, Worker
from ui.review.checks.glance import Flag
from ui.review.wording import Wording


class Line(msgspec.Struct, frozen=True):
    """A person in the list."""

    worker: Worker
    posts: tuple[str, ...]
    flags: tuple[Flag, ...]

    @property
    def needs_looking(self) -> bool:
        """Return whether there is something to look into."""
        return any(flag.tone != "info" for flag in self.flags)


def line(
    worker: Worker, cards: Mapping[str, int], door: Door, today: date, wording: Wording
) -> Line:
    """Look at a person."""
    flags = tuple(_flags(worker, cards.get(worker.id, 0), door, today, wording))
    return Line(worker, tuple(wording.post(post) for post in worker.posts), flags)


def _flags(worker: Worker, cards: int, door: Door, today: date, wording: Wording) -> Iterator[Flag]:
    if worker.standing is not Standing.STAFF:
        yield Flag("info", wording.say(f"standing.{worker.standing}"))
    if worker.blocked:
        yield Flag("warn", wording.say("flag.blocked", why=worker.blocked))
    if not worker.is_active:
        return
    if not cards:
        yield Flag("bad", wording.say("flag.no_card"))
    if not worker.posts and not worker.role.may_release:
        yield Flag("warn", wording.say("flag.no_post"))
    held = {certificate.kind for certificate in worker.certificates}
    for post in worker.posts:
        if post not in door.posts:
            yield Flag("warn", wording.say("flag.no_content", post=post))
        else:
            lacking = [kind for kind in door.posts[post].certificates if kind not in held]
            yield from (Flag("bad", wording.say("flag.lacking", kind=kind)) for kind in lacking)
    for ending in endings((worker,), today):
        yield Flag(
            "bad" if ending.urgency is Urgency.OVER else "warn", ending_words(ending, wording)
        )


def ending_words(ending: Ending, wording: Wording) -> str:
    """Return what ends and when, such as 焊工还有 7 天."""
    what = ending.kind or wording.say("flag.card_end")
    if ending.left_days < 0:
        return wording.say("flag.over", what=what)
    if ending.left_days == 0:
        return wording.say("flag.today", what=what)
    return wording.say("flag.within", what=what, days=ending.left_days)
