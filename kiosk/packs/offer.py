"""What of the shipped packs a factory has: the posts and works that its settings name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec
from msgspec.structs import replace

from kiosk.model.content import Pack


class Stranger(msgspec.Struct, frozen=True):
    """An id in the settings that no pack has.

    `key` is the setting, `named` how people call what it lists, `known` the ids there are.
    """

    key: str
    named: str
    id: str
    known: tuple[str, ...]

    def __str__(self) -> str:
        return (
            f"设置 [content] {self.key} 里的 {self.id!r} 不是已有的{self.named}，没有用它；"
            f"可以写：{'、'.join(self.known) or '没有'}"
        )


class Offer(msgspec.Struct, frozen=True):
    """Posts and works that a factory chose, by id and in its order; none named: all."""

    posts: tuple[str, ...] = ()
    works: tuple[str, ...] = ()

    def strangers(self, packs: Iterable[Pack]) -> tuple[Stranger, ...]:
        """Return the ids that none of these packs has."""
        posts, works = _posts(packs := tuple(packs)), _works(packs)
        return (
            *(Stranger("posts", "岗位", each, posts) for each in self.posts if each not in posts),
            *(
                Stranger("works", "危险作业", each, works)
                for each in self.works
                if each not in works
            ),
        )

    def of(self, shipped: Sequence[Pack], own: Sequence[Pack]) -> tuple[Pack, ...]:
        """Return the shipped packs with the rest withheld.

        Where none of the ids is anybody's, nothing is: a slip of the pen leaves no door without
        posts.
        """
        every = (*shipped, *own)
        posts = _withheld(self.posts, _posts(every))
        works = _withheld(self.works, _works(every))
        return tuple(replace(pack, withheld_posts=posts, withheld_works=works) for pack in shipped)


def _withheld(chosen: tuple[str, ...], known: tuple[str, ...]) -> frozenset[str]:
    return frozenset(known).difference(chosen) if set(chosen) & set(known) else frozenset()


def _posts(packs: Iterable[Pack]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(post.id for pack in packs for post in pack.posts))


def _works(packs: Iterable[Pack]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(work.id for pack in packs for work in pack.works))
