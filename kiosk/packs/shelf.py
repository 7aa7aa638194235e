"""The factory's own packs: immutable folders `<pack>/<version>/`, of which the newest that is sound
is in use.

Which versions count is what the journal says was published, with the digest that each had; a folder
nobody recorded, as a power cut leaves it, is nothing. A pack of the factory's own takes the place
of a shipped pack of the same id; a post or a work in it takes the place of the shipped one of the
same id.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import msgspec
from msgspec.structs import replace

from kiosk.model.content import Pack
from kiosk.model.lists import AccidentLists
from kiosk.packs.pack import read_pack
from kiosk.packs.problems import PackError
from kiosk.records.content.rows import PublishedRow

PACKS = "packs"
"""The folder of the factory's own packs inside a data folder."""


class Shelf(msgspec.Struct, frozen=True):
    """The factory's own packs that are in use, and what is wrong with those that are not, in
    sentences for people.
    """

    packs: tuple[Pack, ...] = ()
    troubles: tuple[str, ...] = ()


def load_shelf(folder: Path, published: Sequence[PublishedRow], lists: AccidentLists) -> Shelf:
    """Load the newest sound version of every pack that was published and not taken out of use
    since.
    """
    packs: list[Pack] = []
    troubles: list[str] = []
    in_use = [row for row in published if not row.withdrawn_at]
    for pack_id in dict.fromkeys(row.pack for row in in_use):
        rows = [row for row in reversed(in_use) if row.pack == pack_id]
        found = next((pack for row in rows if (pack := load_version(folder, row, lists))), None)
        if found is not None:
            packs.append(found)
        if found is None or found.version != rows[0].version:
            troubles.append(_trouble(rows[0], found))
    clean, clashes = _without_clashes(packs)
    return Shelf(clean, (*troubles, *clashes))


def load_version(folder: Path, row: PublishedRow, lists: AccidentLists) -> Pack | None:
    """Load one published version; None when it is gone, damaged, or not what was published."""
    try:
        pack = read_pack(folder / row.pack / row.version, lists)
    except (PackError, OSError):
        return None
    return (
        pack
        if (pack.id, pack.version, pack.digest) == (row.pack, row.version, row.digest)
        else None
    )


def laid_over(shipped: Iterable[Pack], own: Sequence[Pack]) -> tuple[Pack, ...]:
    """Return the packs a door has: the factory's own first, then what they leave of the shipped
    ones.
    """
    taken = {pack.id for pack in own}
    posts = {post.id for pack in own for post in pack.posts}
    works = {work.id for pack in own for work in pack.works}
    return (
        *own,
        *(_left_of(pack, posts, works) for pack in shipped if pack.id not in taken),
    )


def _left_of(pack: Pack, posts: set[str], works: set[str]) -> Pack:
    kept_posts = tuple(post for post in pack.posts if post.id not in posts)
    kept_works = tuple(work for work in pack.works if work.id not in works)
    if (len(kept_posts), len(kept_works)) == (len(pack.posts), len(pack.works)):
        return pack
    return replace(pack, posts=kept_posts, works=kept_works)


def clash(pack: Pack, others: Iterable[Pack]) -> str:
    """Return which post or work of a pack another pack of the factory's own has too; empty when
    none.
    """
    for other in others:
        if other.id == pack.id:
            continue
        for post in pack.posts:
            if other.post(post.id):
                return (
                    f"岗位“{post.title}”在“{other.title}”里已经有了，请在那里修改，"
                    "或先从其中一个里删掉"
                )
        for work in pack.works:
            if other.work(work.id):
                return (
                    f"危险作业“{work.title}”在“{other.title}”里已经有了，请在那里修改，"
                    "或先从其中一个里删掉"
                )
    return ""


def _without_clashes(packs: list[Pack]) -> tuple[tuple[Pack, ...], tuple[str, ...]]:
    """Leave out packs that clash with one before them, as after falling back to an older
    version.
    """
    clean: list[Pack] = []
    troubles: list[str] = []
    for pack in packs:
        if trouble := clash(pack, clean):
            troubles.append(f"“{pack.title}”没有启用：{trouble}")
        else:
            clean.append(pack)
    return tuple(clean), tuple(troubles)


def _trouble(wanted: PublishedRow, found: Pack | None) -> str:
    instead = f"现在用的是上一个能用的 {found.version} 版" if found else "现在用的是产品自带的内容"
    name = f"“{found.title}”" if found else f" {wanted.pack} "
    return f"本厂内容{name}的 {wanted.version} 版读不出或被改动，{instead}，请重新发布或从备份恢复"
