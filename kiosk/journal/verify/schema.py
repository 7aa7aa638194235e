"""Whether the database is built as this version builds it: a trigger that is gone lets entries be
changed, a foreign one or a view shows pages what is not there.
"""

from __future__ import annotations

import contextlib
import functools
import re
import sqlite3
from collections.abc import Iterator, Mapping

from kiosk.journal.migrations import migrate

_KINDS = {"table": "表", "index": "索引", "trigger": "触发器", "view": "视图"}
_NUMBERS = ("user_version", "application_id")
_OF_THE_MIGRATIONS = "_sqlite_migrations"
"""Made by the library, in its own words of the day."""
_STATISTICS = "sqlite_stat"
_TOKEN = re.compile(r"'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|\[[^\]]*\]|`[^`]*`|\w+|[^\w\s]")

Built = Mapping[str, tuple[str, str, tuple[str, ...]]]
"""By name: the kind of thing, the table it belongs to, and its statement word by word."""


def changes_of_schema(journal: sqlite3.Connection) -> str:
    """Return in a sentence what is not as the migrations make it; empty when all is."""
    right, numbers = _as_migrated()
    found = _built(journal)
    changes = [
        *_differences(found, right),
        *(
            f"{name} 是 {value}，应当是 {numbers[name]}"
            for name, value in _numbers(journal).items()
            if value != numbers[name]
        ),
    ]
    return f"数据库的结构被改动：{'；'.join(changes)}" if changes else ""


def _differences(found: Built, right: Built) -> Iterator[str]:
    for name in sorted(right.keys() - found.keys()):
        kind, table, _ = right[name]
        yield f"少了{_called(kind, name, table)}"
    for name in sorted(found.keys() - right.keys()):
        kind, table, _ = found[name]
        yield f"多了{_called(kind, name, table)}"
    for name in sorted(found.keys() & right.keys()):
        (kind, table, words), (right_kind, right_table, right_words) = found[name], right[name]
        if kind != right_kind:
            yield f"{name} 应当是{_KINDS[right_kind]}，却是{_KINDS.get(kind, kind)}"
        elif (table, words) != (right_table, right_words):
            yield f"改了{_called(kind, name, table)}"


def _called(kind: str, name: str, table: str) -> str:
    of = f"（属于 {table}）" if table != name else ""
    return f"{_KINDS.get(kind, kind)} {name}{of}"


@functools.cache
def _as_migrated() -> tuple[Built, Mapping[str, int]]:
    """Return what the same migrations make of nothing: an old journal went through them too."""
    with contextlib.closing(sqlite3.connect(":memory:", isolation_level=None)) as fresh:
        migrate(fresh)
        return _built(fresh), _numbers(fresh)


def _built(connection: sqlite3.Connection) -> Built:
    rows = connection.execute("SELECT name, type, tbl_name, coalesce(sql, '') FROM sqlite_schema")
    return {
        name: (kind, table, () if name == _OF_THE_MIGRATIONS else _words(statement))
        for name, kind, table, statement in rows
        if not name.startswith(_STATISTICS)
    }


def _words(statement: str) -> tuple[str, ...]:
    """Return a statement without what does not matter in it: white space, and case but in quotes.

    How a statement is laid out changes between versions, and ALTER TABLE writes in its own way.
    """
    return tuple(word if word[0] in "'\"[`" else word.lower() for word in _TOKEN.findall(statement))


def _numbers(connection: sqlite3.Connection) -> dict[str, int]:
    return {name: connection.execute(f"PRAGMA {name}").fetchone()[0] for name in _NUMBERS}
