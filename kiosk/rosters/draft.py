"""The result of reading a sheet: people and cards, and everything that is wrong or doubtful, by row
and field.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable, Mapping
from datetime import date

import msgspec

from kiosk.model.content import Post, Work
from kiosk.model.glyphs import UNKNOWN, Glyphs
from kiosk.model.people import Roster
from kiosk.model.worker_id import trouble_with_id
from kiosk.rosters.columns import tidy


class Level(enum.StrEnum):
    """Whether a problem keeps the sheet from being applied, or only wants to be seen."""

    ERROR = "error"
    NOTICE = "notice"


class Problem(msgspec.Struct, frozen=True):
    """One thing about one cell.

    `row` is the sheet's own number, 0 for the file as a whole; `text` says what to do (Chinese).
    """

    row: int
    field: str
    text: str
    level: Level = Level.ERROR


class Draft(msgspec.Struct, frozen=True):
    """A sheet as it was understood.

    With an error among its problems nothing of it may be applied.
    """

    roster: Roster
    rows: tuple[int, ...] = ()
    """The sheet's row of each worker of the roster."""
    problems: tuple[Problem, ...] = ()
    """At most MOST_PROBLEMS, in the order of the rows."""
    errors: int = 0
    """How many errors there are, listed or not."""
    notices: int = 0

    @property
    def sound(self) -> bool:
        """Return whether it may be applied."""
        return not self.errors and bool(self.roster.workers)


MOST_ROWS = 20_000
MOST_PROBLEMS = 300
"""More than anybody reads at once; the counts go on."""


class PostRule(msgspec.Struct, frozen=True):
    """A post as a sheet may name it, and what its holder must have."""

    id: str
    certificates: tuple[str, ...] = ()


class Rules(msgspec.Struct, frozen=True):
    """What a sheet is read against.

    `posts` are by title and by id; `kinds`, the certificates that any content asks for, by name.

    Names are as `tidy` returns them, since those of the sheet are, too.
    """

    today: date
    posts: dict[str, PostRule] = {}
    kinds: dict[str, str] = {}
    card_form: str = ""
    """The form of card numbers where a row names none."""
    old_ids: frozenset[str] = frozenset()
    """工号 that nobody would be given today, of people who have them."""
    glyphs: Glyphs = UNKNOWN
    """What this machine can draw."""


def rules_of(
    posts: Mapping[str, Post],
    works: Mapping[str, Work],
    today: date,
    people: Iterable[str] = (),
    card_form: str = "",
    glyphs: Glyphs = UNKNOWN,
) -> Rules:
    """Return the rules that follow from the present content and from the people there are."""
    by_id = {post.id: PostRule(post.id, post.certificates) for post in posts.values()}
    by_title = {tidy(post.title): by_id[post.id] for post in posts.values()}
    kinds = {kind for post in posts.values() for kind in post.certificates}
    kinds |= {kind for work in works.values() for kind in work.certificates}
    return Rules(
        today,
        {**by_id, **by_title},
        {tidy(kind): kind for kind in sorted(kinds)},
        card_form,
        frozenset(filter(trouble_with_id, people)),
        glyphs,
    )
