"""Opening the county's database: PostgreSQL or SQLite, by URL.

On SQLite a lock file lets a single connection write at a time, of this process or another
(enrolling from the command line): before 3.51.3, two that write at the same instant can corrupt a
WAL database.
"""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, SQLAlchemyError

from kiosk.journal.storage import make_own, make_own_database, open_own
from sync.county.errors import StoreUnavailableError


class Sessions:
    """Opens transactions.

    Raises StoreUnavailableError where the database fails; then nothing of the transaction was done.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._writers = engine.execution_options(banqian_writes=True)
        self._lock_file = f"{engine.url.database}.lock" if engine.dialect.name == "sqlite" else None

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Yield a connection that sees one state of the database."""
        with _failures(), self._engine.begin() as connection:
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """Yield a connection whose work is committed at the end, all of it or nothing."""
        with _failures(), _only_writer(self._lock_file), self._writers.begin() as connection:
            yield connection

    def close(self) -> None:
        """Close all connections."""
        self._engine.dispose()


def open_engine(url: str) -> Engine:
    """Connect to a database such as `sqlite:////var/lib/banqian/county.db` or
    `postgresql+psycopg://user@host/name`.
    """
    try:
        parsed = make_url(url)
        # A pooled connection may have been closed by a restart or a firewall meanwhile.
        engine = create_engine(parsed, pool_pre_ping=parsed.get_backend_name() != "sqlite")
    except (ArgumentError, SQLAlchemyError) as error:
        raise StoreUnavailableError(f"database url {url!r}: {error}") from error
    if engine.dialect.name == "sqlite":
        with _failures():
            _keep_from_others(parsed.database or "")
        event.listen(engine, "connect", _prepare_sqlite)
        # The driver would begin late and by itself, in the middle of what must be one state.
        event.listen(engine, "begin", _begin_sqlite)
    return engine


def _keep_from_others(database: str) -> None:
    """Make the files of the database, whatever the umask, so that no other user reads them."""
    if database and not database.startswith((":memory:", "file:")):
        make_own(Path(f"{database}.lock"))
        make_own_database(Path(database))


def _prepare_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # transactions are begun by _begin_sqlite
    connection.execute("PRAGMA journal_mode=WAL")
    # What is confirmed to a station has to be on the disk.
    connection.execute("PRAGMA synchronous=FULL")


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("banqian_writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


@contextmanager
def _only_writer(lock_file: str | None) -> Iterator[None]:
    """Hold the lock file, if there is one.

    Opened each time, it keeps threads apart as well as processes: flock(2) locks belong to the open
    file.
    """
    if lock_file is None:
        yield
        return
    with open(lock_file, "w", opener=open_own) as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


@contextmanager
def _failures() -> Iterator[None]:
    try:
        yield
    except (DBAPIError, OSError) as error:
        raise StoreUnavailableError(f"county database: {error}") from error
