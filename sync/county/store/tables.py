"""The county's tables.

Every key begins with the station, so that a database can be spread over machines by it.

`entries` is the copy of the journals; `checks`, `check_entries`, `notices` and `photos` are
projections of it, apart from `photos.held_at`, which says that the photo's bytes are in the object
store.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Index, MetaData, String, Table, Text

metadata = MetaData()

_TIME = String(32)
_ID = String(64)
_HASH = String(64)

stations = Table(
    "stations",
    metadata,
    Column("station", _ID, primary_key=True),
    Column("name", Text, nullable=False),
    Column("public_key", _HASH, nullable=False),
    Column("photos", String(16), nullable=False),
    Column("enrolled_at", _TIME, nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("hash", _HASH, nullable=False),
    Column("received_at", _TIME, nullable=False, default=""),
    Column("signed_seq", BigInteger, nullable=False, default=0),
    Column("signed_hash", _HASH, nullable=False, default=""),
    Column("signed_at", _TIME, nullable=False, default=""),
    Column("alarm", Text, nullable=False, default=""),
    Column("alarm_at", _TIME, nullable=False, default=""),
)

alarms = Table(
    "alarms",
    metadata,
    Column("station", _ID, primary_key=True),
    Column("number", BigInteger, primary_key=True, autoincrement=False),
    Column("text", Text, nullable=False),
    Column("raised_at", _TIME, nullable=False),
    Column("acknowledged_at", _TIME, nullable=False, default=""),
    Column("by", Text, nullable=False, default=""),
    Column("note", Text, nullable=False, default=""),
)

entries = Table(
    "entries",
    metadata,
    Column("station", _ID, primary_key=True),
    Column("seq", BigInteger, primary_key=True, autoincrement=False),
    Column("id", _ID, nullable=False),
    Column("kind", _ID, nullable=False),
    Column("at", _TIME, nullable=False),
    Column("boot", _ID, nullable=False),
    Column("mono_ns", BigInteger, nullable=False),
    Column("clock_ok", Boolean, nullable=False),
    Column("body", Text, nullable=False),
    Column("prev", _HASH, nullable=False),
    Column("hash", _HASH, nullable=False),
    Column("received_at", _TIME, nullable=False),
)

checks = Table(
    "checks",
    metadata,
    Column("station", _ID, primary_key=True),
    Column("check_id", Text, primary_key=True),
    Column("opened_seq", BigInteger, nullable=False),
    Column("worker", Text, nullable=False),
    Column("post", Text, nullable=False, default=""),
    Column("shift_on", _TIME, nullable=False),
    Column("shift", Text, nullable=False),
    Column("outcome", String(16), nullable=False, default=""),
    Column("opened_at", _TIME, nullable=False),
    Column("closed_at", _TIME, nullable=False, default=""),
)
Index("checks_by_time", checks.c.station, checks.c.opened_seq)

check_entries = Table(
    "check_entries",
    metadata,
    Column("station", _ID, primary_key=True),
    Column("check_id", Text, primary_key=True),
    Column("seq", BigInteger, primary_key=True, autoincrement=False),
)

notices = Table(
    "notices",
    metadata,
    Column("station", _ID, primary_key=True),
    Column("seq", BigInteger, primary_key=True, autoincrement=False),
    Column("kind", _ID, nullable=False),
    Column("worker", Text, nullable=False),
    Column("reasons", Text, nullable=False),
    Column("at", _TIME, nullable=False),
)
"""What happened at the door and belongs to no check: refused cards, and work that was stopped."""

projections = Table("projections", metadata, Column("version", BigInteger, primary_key=True))
"""By which rules the projections were made: one row a version that was carried out."""

photos = Table(
    "photos",
    metadata,
    Column("station", _ID, primary_key=True),
    Column("digest", _HASH, primary_key=True),
    Column("size", String(16), nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("held_at", _TIME),
)
# A partial index: of very many photos few are missing.
_missing = photos.c.held_at.is_(None)
Index(
    "photos_missing",
    photos.c.station,
    photos.c.digest,
    sqlite_where=_missing,
    postgresql_where=_missing,
)
