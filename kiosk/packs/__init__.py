"""Loading what the station says and whom it knows: packs, lists, roster and the enterprise's tree,
from TOML files.

Whatever is wrong with a file is one `PackError` that names all of it, and nothing of a wrong pack
is used.
"""

from __future__ import annotations

from pathlib import Path

from kiosk.model.content import Pack
from kiosk.model.lists import AccidentLists
from kiosk.packs.lists import load_accident_lists, load_reasons, load_scenes
from kiosk.packs.pack import read_pack
from kiosk.packs.people import load_enterprise, load_roster
from kiosk.packs.problems import Found, PackError, Problem, located
from kiosk.packs.rules import load_rule_sets

__all__ = [
    "PackError",
    "Problem",
    "load_accident_lists",
    "load_enterprise",
    "load_pack",
    "load_packs",
    "load_reasons",
    "load_roster",
    "load_rule_sets",
    "load_scenes",
]


def load_pack(folder: Path, lists: AccidentLists | None = None) -> Pack:
    """Load one pack. Raise PackError.

    `lists` are the known lists of accident types; when absent, those of the folder `lists` next to
    the packs' folder.
    """
    return read_pack(folder, lists or _lists_beside(folder.parent))


def load_packs(folder: Path, lists: AccidentLists | None = None) -> tuple[Pack, ...]:
    """Load every pack in a folder, in the order of their folders' names.

    Raise PackError with the problems of all of them.
    """
    known = lists or _lists_beside(folder)
    packs: dict[Path, Pack] = {}
    problems: list[Problem] = []
    for each in sorted(folder.glob("[!.]*/")):
        try:
            packs[each] = load_pack(each, known)
        except PackError as error:
            problems += error.problems
    for path, pack in packs.items():
        problems += located(
            path, _taken_elsewhere(pack, [other for other in packs.values() if other is not pack])
        )
    if not packs and not problems:
        problems.append(Problem(folder, "", "no pack here; a pack is a folder with a pack.toml"))
    if problems:
        raise PackError(problems)
    return tuple(packs.values())


def _lists_beside(packs: Path) -> AccidentLists:
    return load_accident_lists(packs.parent / "lists" / "accident-types.toml")


def _taken_elsewhere(pack: Pack, others: list[Pack]) -> Found:
    """Find ids that another pack has too: the door knows packs, posts and works by their ids
    alone.
    """
    for other in others:
        if pack.id == other.id:
            yield "pack.toml", f"the id {pack.id!r} is also that of another pack"
        for post in pack.posts:
            if other.post(post.id):
                yield (
                    f"posts/{post.id}.toml",
                    f"pack {other.id} has a post of this id too; rename one",
                )
        for work in pack.works:
            if other.work(work.id):
                yield (
                    f"works/{work.id}.toml",
                    f"pack {other.id} has a work of this id too; rename one",
                )
