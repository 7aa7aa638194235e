"""Every sentence of the door, in the order in which it is needed: what concerns everybody, the
posts of people, the rest.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator

import msgspec

from kiosk.flow.door import Door
from kiosk.model.people import Worker

SentencesOf = Callable[[Door], Iterable[str]]
"""Returns every sentence that the screens of a door can speak."""


ASIDE = "*"
"""Stands for a post in what no check needs: the words of 事故假想.

It is rendered last.
"""


class Chapter(msgspec.Struct, frozen=True):
    """The sentences that a post needs and no chapter before has; an empty `post` stands for
    everybody.
    """

    post: str
    sentences: tuple[str, ...]
    needed: bool
    """Whether somebody in the roster waits for it."""


class Speech(msgspec.Struct, frozen=True):
    """How far the rendering of speech has come.

    `posts` can be heard; `needed` are sentences that people of the roster wait for.
    """

    ready: int
    total: int
    needed_ready: int
    needed: int
    general: bool = False
    posts: frozenset[str] = frozenset()

    @property
    def awaited(self) -> tuple[int, int] | None:
        """Return how many sentences that people wait for are ready, and all of them; None when all
        are. The rest is rendered quietly.
        """
        return None if self.needed_ready >= self.needed else (self.needed_ready, self.needed)

    def suffices(self, worker: Worker | None, posts: Collection[str]) -> bool:
        """Return whether a check of this worker can be heard from beginning to end, at any of their
        `posts` of this door.
        """
        wanted = set(worker.posts) & set(posts) if worker else set()
        return self.general and wanted <= self.posts


def chapters(
    door: Door, workers: Iterable[Worker], sentences_of: SentencesOf
) -> tuple[Chapter, ...]:
    """Divide a door's sentences.

    Posts come in the order of how many people have them, then as the packs have them.
    """
    return tuple(_divided(door, _people_of_posts(workers), sentences_of))


def _divided(door: Door, people: Counter[str], sentences_of: SentencesOf) -> Iterator[Chapter]:
    had: set[str] = set()
    # A door with fewer posts has general cards in the place of theirs, which this one never says.
    said = dict.fromkeys(sentences_of(door))
    for post in ("", *sorted(door.posts, key=lambda post: -people[post])):
        own = dict.fromkeys(sentences_of(_only(door, post)))
        sentences = tuple(sentence for sentence in own if sentence in said and sentence not in had)
        had.update(sentences)
        yield Chapter(post, sentences, needed=not post or people[post] > 0)
    if rest := tuple(sentence for sentence in said if sentence not in had):
        yield Chapter(ASIDE, rest, needed=False)


def _people_of_posts(workers: Iterable[Worker]) -> Counter[str]:
    return Counter(post for worker in workers if worker.is_active for post in worker.posts)


def _only(door: Door, post_id: str) -> Door:
    """Return the door as it would be with one post, or with none, for checks alone."""
    packs = (
        msgspec.structs.replace(
            pack, posts=tuple(post for post in pack.posts if post.id == post_id)
        )
        for pack in door.packs
    )
    return msgspec.structs.replace(door, packs=tuple(packs), scenes=None)
