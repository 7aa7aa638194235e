"""`kiosk content`: what each post and each hazardous work holds, and what is longer than it should
be.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import msgspec
from msgspec.structs import replace
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from kiosk.flow.door import Door
from kiosk.model.content import Pack
from kiosk.model.lists import AccidentList
from kiosk.model.manuscript import manuscript_of
from kiosk.packs import PackError
from kiosk.packs.caps import warnings
from kiosk.packs.coverage import Coverage, post_coverage, work_coverage
from kiosk.packs.writing import plain
from kiosk.paths import Place
from kiosk.processes.content_in_use import load_door
from kiosk.settings import Settings

_COLUMNS = (
    "岗位、危险作业",
    "步骤",
    "写明标准",
    "偏长",
    "没有事故假想",
    "没有应急卡",
    "没有步骤或确认句",
)
_ITEM = re.compile(r"(posts|works)\[(\d+)\]\.")


def tell_content(settings: Settings, place: Place) -> int:
    """Print the content in use, post by post; status 1 when it cannot be used.

    A warning leaves the status 0: what is too long is said all the same.
    """
    console = Console()
    try:
        door = load_door(settings, place)
    except PackError as error:
        console.print(escape(str(error)))
        return 1
    for pack in door.packs:
        named = door.accidents.named(pack.accident_list) if door.accidents else None
        longer = _warnings(pack, door)
        console.print(_table(_coverages(pack, door), pack, named, longer))
        for key, what in longer:
            console.print(f"{pack.id}: {escape(key)}: {what}", soft_wrap=True, highlight=False)
    return 0


def _table(
    coverages: Iterable[Coverage],
    pack: Pack,
    types: AccidentList | None,
    longer: list[tuple[str, str]],
) -> Table:
    table = Table(title=f"{pack.title}（{pack.id} {pack.version}）")
    for column in _COLUMNS:
        table.add_column(column, overflow="fold")
    for coverage in coverages:
        table.add_row(
            coverage.title,
            str(coverage.steps),
            str(coverage.with_standard),
            str(sum(key.startswith(f"{coverage.id}.") for key, _ in longer)),
            _named(coverage.without_scenario, types),
            _named(coverage.without_card, types),
            _named(coverage.without_step_or_line, types),
        )
    return table


def _coverages(pack: Pack, door: Door) -> Iterator[Coverage]:
    yield from (post_coverage(post, pack) for post in door.posts.values() if pack.post(post.id))
    yield from (work_coverage(work, pack) for work in door.works.values() if pack.work(work.id))


def _warnings(pack: Pack, door: Door) -> list[tuple[str, str]]:
    """Return what is long in what is offered, by the id of the post or the work it stands in."""
    offered = replace(
        pack,
        posts=tuple(post for post in pack.posts if post.id in door.posts),
        works=tuple(work for work in pack.works if work.id in door.works),
    )
    table = msgspec.to_builtins(plain(manuscript_of(offered)))

    def called(key: str) -> str:
        found = _ITEM.match(key)
        return f"{table[found[1]][int(found[2])]['id']}.{key[found.end() :]}" if found else key

    return [(called(key), what) for key, what in warnings(table).items()]


def _named(codes: Iterable[str], types: AccidentList | None) -> str:
    return "、".join((types.name(code) if types else None) or code for code in codes)
