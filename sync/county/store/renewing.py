"""Bringing an older database's projections up to date with the rules of this version."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, insert, select

from kiosk.journal.entries import Entry
from sync.county.store import tables
from sync.county.store.taking import project_anew

VERSION = 2
"""2: notices; checks that ended by 异常 or 停止作业 are listed as such."""
_KINDS = ("check.closed", "check.refused", "work.stopped")
_PAGE = 500


def renew(db: Connection) -> None:
    """Project once more the entries whose rules have changed; nothing where that was done."""
    done = select(tables.projections.c.version).where(tables.projections.c.version == VERSION)
    if db.execute(done).one_or_none() is not None:
        return
    for station in db.execute(select(tables.stations.c.station)).scalars().all():
        for page in _pages(db, station):
            project_anew(db, station, page)
    db.execute(insert(tables.projections).values(version=VERSION))


def _pages(db: Connection, station: str) -> Iterator[list[Entry]]:
    entries = tables.entries.c
    columns = [entries[name] for name in Entry.__struct_fields__]
    after = 0
    while True:
        which = (entries.station == station, entries.kind.in_(_KINDS), entries.seq > after)
        query = select(*columns).where(*which).order_by(entries.seq).limit(_PAGE)
        page = [Entry(*row) for row in db.execute(query)]
        if not page:
            return
        yield page
        after = page[-1].seq
