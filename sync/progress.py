"""sync.db: how far the county is, its receipts, and when to try again.

The only SQL of the station's side of sync.

One process writes it at a time and holds a lock file while it does; others of the station's user
may read.
"""

from __future__ import annotations

import contextlib
import fcntl
import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

import msgspec
from sqlite_utils import Database, Migrations

from kiosk.journal.database import connect_read_only
from kiosk.journal.errors import DamagedError, StorageError
from kiosk.journal.storage import make_own, make_own_database, storage_errors
from sync.errors import AlreadyRunningError, ProgressError
from sync.protocol import Held
from sync.sentences import say

DATABASE = "sync.db"
LOCK = "sync.lock"

migrations = Migrations("banqian.sync")


@migrations()
def create_tables(db: Database) -> None:
    """Make the first version's tables: one row a county, one receipt a state that the county
    confirmed.
    """
    db.table("counties").create(
        {
            "url": str,
            "seq": int,
            "hash": str,
            "photos_missing": int,
            "heard_at_s": float,
            "failures": int,
            "retry_at_s": float,
            "trouble": str,
        },
        pk="url",
        not_null={
            "seq",
            "hash",
            "photos_missing",
            "heard_at_s",
            "failures",
            "retry_at_s",
            "trouble",
        },
        strict=True,
    )
    db.table("receipts").create(
        {"url": str, "seq": int, "hash": str, "photos_missing": int, "at_s": float},
        pk=("url", "seq"),
        strict=True,
    )


class Standing(msgspec.Struct, frozen=True):
    """How the station stands with a county; times are UNIX seconds of the station's wall clock, 0
    for never.
    """

    seq: int = 0
    hash: str = ""
    photos_missing: int = 0
    heard_at_s: float = 0.0
    failures: int = 0
    retry_at_s: float = 0.0
    trouble: str = ""


class Progress:
    """What is remembered between drains to one county."""

    def __init__(self, db: Database, county: str, path: Path, opened: contextlib.ExitStack) -> None:
        self._db = db
        self._county = county
        self._path = path
        self._opened = opened

    @classmethod
    def open(cls, folder: Path, county: str) -> Self:
        """Open or create sync.db in the station's data folder.

        Raise AlreadyRunningError while another drain runs.
        """
        with contextlib.ExitStack() as opened, _stored(folder / DATABASE):
            make_own(folder / LOCK)  # nobody else learns how the copy stands
            lock = opened.enter_context((folder / LOCK).open("w"))
            _take(lock, folder)
            make_own_database(folder / DATABASE)
            db = Database(folder / DATABASE, execute_plugins=False)
            opened.callback(db.close)
            db.execute("PRAGMA journal_mode=WAL").fetchall()
            db.execute("PRAGMA synchronous=FULL")
            migrations.apply(db)
            return cls(db, county, folder / DATABASE, opened.pop_all())

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._opened.close()

    def standing(self) -> Standing:
        """Return how things stand with the county. Raise ProgressError."""
        with _stored(self._path):
            return _standing(self._db, self._county)

    def receipts(self) -> list[Held]:
        """Return what the county confirmed, in the order of the journal. Raise ProgressError."""
        with _stored(self._path):
            rows = self._db.table("receipts").rows_where("url = ?", [self._county], order_by="seq")
            return _receipts(rows)

    def confirmed(self, held: Held, now_s: float) -> None:
        """Record that the county holds this.

        Failures are over only when it holds something else than before. Raise ProgressError.
        """
        before = self.standing()
        same = (held.seq, held.photos_missing) == (before.seq, before.photos_missing)
        now = Standing(held.seq, held.hash, held.photos_missing, heard_at_s=now_s)
        if same:
            now = msgspec.structs.replace(
                now, failures=before.failures, retry_at_s=before.retry_at_s, trouble=before.trouble
            )
        self._save(now)
        if held.seq:
            with _stored(self._path):
                self._db.table("receipts").upsert(
                    {"url": self._county, **msgspec.structs.asdict(held), "at_s": now_s},
                    pk=("url", "seq"),
                )

    def finished(self) -> None:
        """Record that a drain came to its end: no failures, nothing to wait for.

        Raise ProgressError.
        """
        self._save(msgspec.structs.replace(self.standing(), failures=0, retry_at_s=0.0, trouble=""))

    def failed(self, trouble: str, retry_at_s: float) -> None:
        """Record that a drain ended before its end, why, and when to try again.

        Raise ProgressError.
        """
        standing = self.standing()
        self._save(
            msgspec.structs.replace(
                standing, failures=standing.failures + 1, retry_at_s=retry_at_s, trouble=trouble
            )
        )

    def _save(self, standing: Standing) -> None:
        with _stored(self._path):
            self._db.table("counties").upsert(
                {"url": self._county, **msgspec.structs.asdict(standing)}, pk="url"
            )


def read_standing(folder: Path, county: str) -> Standing:
    """Read how things stand without taking part: for pages and `doctor`. Raise ProgressError."""
    with _reading(folder) as db:
        return _standing(db, county) if db else Standing()


def read_receipts(folder: Path) -> list[Held]:
    """Read what any county confirmed, in the order of the journal: for a proof of it.

    Raise ProgressError.
    """
    with _reading(folder) as db:
        return _receipts(db.query("SELECT * FROM receipts ORDER BY seq")) if db else []


@contextlib.contextmanager
def _reading(folder: Path) -> Iterator[Database | None]:
    """Open what is there without changing anything; None before the first sync."""
    path = folder / DATABASE
    if not path.is_file():
        yield None
        return
    with _stored(path), contextlib.closing(connect_read_only(path)) as connection:
        db = Database(connection, execute_plugins=False)
        yield db if db.table("receipts").exists() else None


@contextlib.contextmanager
def _stored(path: Path) -> Iterator[None]:
    """Turn what the disk refuses into a sentence that names the file. Raise ProgressError."""
    try:
        with storage_errors(path.parent):
            yield
    except StorageError as error:
        if isinstance(error, DamagedError):
            raise ProgressError(say("progress_damaged", path=path)) from error
        raise ProgressError(say("progress_refused", path=path, why=error)) from error
    except sqlite3.Error as error:
        raise ProgressError(say("progress_damaged", path=path)) from error


def _take(lock: IO[str], folder: Path) -> None:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise AlreadyRunningError(f"another sync of {folder} is running: let it finish") from error


def _receipts(rows: Iterable[dict[str, Any]]) -> list[Held]:
    return [Held(row["seq"], row["hash"], row["photos_missing"]) for row in rows]


def _standing(db: Database, county: str) -> Standing:
    rows = list(db.query("SELECT * FROM counties WHERE url = ?", [county]))
    if not rows:
        return Standing()
    return msgspec.convert(
        {name: value for name, value in rows[0].items() if name != "url"}, Standing
    )
