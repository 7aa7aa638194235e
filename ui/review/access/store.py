"""review.db: who may sign in to the supervisor's pages, who is signed in, and the failed attempts.

The file belongs to the review process. Rollback journal, not WAL: a command line tool may set a
password while the pages are served, and SQLite before 3.51.3 can corrupt a WAL database with two
writers.
"""

from __future__ import annotations

import contextlib
import secrets
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

import msgspec
from argon2 import PasswordHasher
from sqlite_utils import Database

from kiosk.journal.storage import make_own_database, make_own_folder
from ui.review.access import accounts, attempts, signed_in
from ui.review.access.accounts import tidy
from ui.review.access.passwords import HASHER, LEAST_LENGTH, MOST_LENGTH, Passwords, made_up
from ui.review.access.signed_in import Session

_TABLES: Mapping[str, Mapping[str, type]] = MappingProxyType(
    {
        "accounts": accounts.TABLE,
        "attempts": attempts.TABLE,
        "sessions": signed_in.TABLE,
        "secrets": {"name": str, "value": bytes},
    }
)


class AccessError(Exception):
    """An account cannot be made as asked for."""


class Admitted(msgspec.Struct, frozen=True):
    """The password is right, as of this version of the account."""

    worker: str
    version: int


class Rejected(msgspec.Struct, frozen=True):
    """The name or the password is wrong, which of them is not said."""


class MustWait(msgspec.Struct, frozen=True):
    """Too many wrong tries; the password was not looked at."""

    wait_s: float


Admission = Admitted | Rejected | MustWait


class Access:
    """The accounts and sessions of one station.

    All methods may be called from any thread; `now_s` is the wall clock, `hasher` decides what a
    try costs the one who guesses.
    """

    def __init__(
        self,
        path: Path,
        now_s: Callable[[], float] = time.time,
        hasher: PasswordHasher = HASHER,
    ) -> None:
        make_own_folder(path.parent)
        make_own_database(path)
        self._path = path
        self.now_s = now_s
        self._passwords = Passwords(hasher)
        self._signing_in = threading.Lock()
        with self._writing() as db:
            for name, columns in _TABLES.items():
                db.table(name).create(
                    dict(columns), pk=next(iter(columns)), not_null=columns, if_not_exists=True
                )

    def sign_in(self, worker: str, password: str, address: str) -> Admission:
        """Check a password.

        Tries run one after the other, so that many at once cannot outrun the count.
        """
        name = tidy(worker)
        counted = attempts.subjects(name, address)
        with self._signing_in:
            with self._writing() as db:
                wait_s = attempts.left_s(db, counted, self.now_s())
                account = accounts.find(db, name)
            if wait_s > 0:
                return MustWait(wait_s)
            right = self._passwords.verify(account.hash if account else None, password)
            with self._writing() as db:
                if account is None or not right:
                    attempts.count(db, counted, self.now_s())
                    return Rejected()
                attempts.forget(db, counted)
            return Admitted(name, account.version)

    def begin(self, admitted: Admitted) -> str:
        """Begin a session and return its id."""
        with self._writing() as db:
            return signed_in.begin(db, admitted.worker, admitted.version, self.now_s())

    def session(self, session_id: str) -> Session | None:
        """Return a session that was not ended, by itself or with its account's password."""
        with self._database() as db:
            return signed_in.find(db, session_id)

    def see(self, session_id: str) -> None:
        """Note that somebody opened a page."""
        with self._writing() as db:
            signed_in.see(db, session_id, self.now_s())

    def end(self, session_id: str) -> None:
        """End a session: whatever names it from now on opens nothing."""
        with self._writing() as db:
            signed_in.end(db, session_id)

    def set_password(self, worker: str, password: str) -> None:
        """Set a worker's password, with a new account where there is none; every session of the
        account ends.

        Raise AccessError when the password is too short or too long, or the worker's id is empty.
        """
        if not tidy(worker):
            raise AccessError("an account needs a worker's id")
        if not LEAST_LENGTH <= len(password) <= MOST_LENGTH:
            raise AccessError(
                f"password of {worker}: use {LEAST_LENGTH} to {MOST_LENGTH} characters"
            )
        kept = self._passwords.hash(password)
        with self._writing() as db:
            accounts.put(db, tidy(worker), kept)

    def create_first(self, worker: str) -> str:
        """Create an account with a made-up password, and return that password to be shown once."""
        password = made_up()
        self.set_password(worker, password)
        return password

    def remove(self, worker: str) -> None:
        """Close the account; its sessions end."""
        with self._writing() as db:
            accounts.remove(db, tidy(worker))

    @property
    def folder(self) -> Path:
        """Return the folder of the accounts, which is all the review process may write to."""
        return self._path.parent

    @property
    def workers(self) -> tuple[str, ...]:
        """Return the ids of all who have an account."""
        with self._database() as db:
            return accounts.workers(db)

    @property
    def cookie_key(self) -> bytes:
        """Return the key that signs this station's cookies; made on first use."""
        with self._writing() as db:
            db.execute(
                "insert or ignore into secrets (name, value) values ('cookie', ?)",
                [secrets.token_bytes(32)],
            )
            (row,) = db.query("select value from secrets where name = 'cookie'")
            return bytes(row["value"])

    @contextlib.contextmanager
    def _database(self) -> Iterator[Database]:
        """Open the file for a moment: a connection belongs to the thread that made it, and pages
        come from many.
        """
        with contextlib.closing(Database(self._path, strict=True, execute_plugins=False)) as db:
            yield db

    @contextlib.contextmanager
    def _writing(self) -> Iterator[Database]:
        """Open the file for one transaction: all of it or nothing."""
        with self._database() as db:
            db.execute("begin immediate")
            try:
                yield db
            except BaseException:
                db.rollback()
                raise
            db.commit()
