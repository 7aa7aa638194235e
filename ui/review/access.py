"""review.db: who may sign in to the supervisor's pages, and how often somebody tried in vain.

The file belongs to the review process. Rollback journal, not WAL: a command line tool may set a password while the pages are served,
and SQLite before 3.51.3 can corrupt a WAL database with two writers.
"""

from __future__ import annotations

import contextlib
import secrets
import threading
import time
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

import msgspec
from sqlite_utils import Database

from ui.review.passwords import LEAST_LENGTH, MOST_LENGTH, Passwords, made_up
from ui.review.patience import Patience

_TABLES: Mapping[str, Mapping[str, type]] = MappingProxyType(
    {
        "accounts": {"worker": str, "hash": str, "version": int},
        "attempts": {"subject": str, "failures": int, "at_s": float},
        "secrets": {"name": str, "value": bytes},
    }
)


class AccessError(Exception):
    """An account cannot be made as asked for."""


class Admitted(msgspec.Struct, frozen=True):
    """The password is right. A session carries `version` and ends when the account's version moves on."""

    worker: str
    version: int


class Rejected(msgspec.Struct, frozen=True):
    """The name or the password is wrong, which of them is not said."""


class MustWait(msgspec.Struct, frozen=True):
    """Too many wrong tries; the password was not looked at."""

    wait_s: float


Admission = Admitted | Rejected | MustWait


class Access:
    """The accounts of one station. All methods may be called from any thread."""

    def __init__(
        self, path: Path, patience: Patience | None = None, now_s: Callable[[], float] = time.time
    ) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        self._path = path
        self._patience = patience or Patience()
        self._now_s = now_s
        self._passwords = Passwords()
        self._signing_in = threading.Lock()
        with self._writing() as db:
            for name, columns in _TABLES.items():
                db.table(name).create(
                    dict(columns), pk=next(iter(columns)), not_null=columns, if_not_exists=True
                )

    def sign_in(self, worker: str, password: str, address: str) -> Admission:
        """Check a password. Tries run one after the other, so that many at once cannot outrun the count."""
        name = tidy(worker)
        subjects = (f"name:{name}", f"address:{address}")
        with self._signing_in:
            wait_s = max(self._left_s(subject) for subject in subjects)
            if wait_s > 0:
                return MustWait(wait_s)
            account = self._account(name)
            if not self._passwords.verify(account and account[0], password):
                self._count(subjects)
                return Rejected()
            self._forget(subjects)
            assert account is not None
            return Admitted(name, account[1])

    def set_password(self, worker: str, password: str) -> None:
        """Give a worker an account with this password, or a new password; every session of the account ends.

        Raises AccessError when the password is too short or too long, or the worker's id is empty.
        """
        if not tidy(worker):
            raise AccessError("an account needs a worker's id")
        if not LEAST_LENGTH <= len(password) <= MOST_LENGTH:
            raise AccessError(f"password of {worker}: use {LEAST_LENGTH} to {MOST_LENGTH} characters")
        kept = self._passwords.hash(password)
        with self._writing() as db:
            db.execute(
                "insert into accounts (worker, hash, version) values (?, ?, 1) "
                "on conflict (worker) do update set hash = excluded.hash, version = version + 1",
                [tidy(worker), kept],
            )

    def create_first(self, worker: str) -> str:
        """Give a worker an account with a made-up password, and give that password to be shown once."""
        password = made_up()
        self.set_password(worker, password)
        return password

    def revoke(self, worker: str) -> None:
        """End every session of the account; the password stays."""
        with self._writing() as db:
            db.execute("update accounts set version = version + 1 where worker = ?", [tidy(worker)])

    def remove(self, worker: str) -> None:
        """Close the account; its sessions end."""
        with self._writing() as db:
            db.table("accounts").delete_where("worker = ?", [tidy(worker)])

    def version(self, worker: str) -> int | None:
        """Give the version that a session of this worker must carry; None without an account."""
        account = self._account(worker)
        return account and account[1]

    @property
    def workers(self) -> tuple[str, ...]:
        """Give the ids of all who have an account."""
        with self._database() as db:
            return tuple(row["worker"] for row in db.query("select worker from accounts order by worker"))

    @property
    def cookie_key(self) -> bytes:
        """Give the key that signs this station's cookies; made on first use."""
        with self._writing() as db:
            db.execute(
                "insert or ignore into secrets (name, value) values ('cookie', ?)", [secrets.token_bytes(32)]
            )
            (row,) = db.query("select value from secrets where name = 'cookie'")
            return bytes(row["value"])

    def _account(self, worker: str) -> tuple[str, int] | None:
        with self._database() as db:
            rows = list(db.query("select hash, version from accounts where worker = ?", [worker]))
        return (rows[0]["hash"], rows[0]["version"]) if rows else None

    def _left_s(self, subject: str) -> float:
        with self._database() as db:
            rows = list(db.query("select failures, at_s from attempts where subject = ?", [subject]))
        return self._patience.left_s(rows[0]["failures"], self._now_s() - rows[0]["at_s"]) if rows else 0.0

    def _count(self, subjects: tuple[str, ...]) -> None:
        now_s = self._now_s()
        with self._writing() as db:
            db.table("attempts").delete_where("at_s < ?", [now_s - self._patience.forgotten_after_s])
            for subject in subjects:
                db.execute(
                    "insert into attempts (subject, failures, at_s) values (?, 1, ?) "
                    "on conflict (subject) do update set failures = failures + 1, at_s = excluded.at_s",
                    [subject, now_s],
                )

    def _forget(self, subjects: tuple[str, ...]) -> None:
        with self._writing() as db:
            for subject in subjects:
                db.table("attempts").delete_where("subject = ?", [subject])

    @contextlib.contextmanager
    def _database(self) -> Iterator[Database]:
        """Open the file for a moment: a connection belongs to the thread that made it, and pages come from many."""
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


def tidy(worker: str) -> str:
    """Give a typed worker id as it is kept: without blanks around it, full-width digits made narrow."""
    return unicodedata.normalize("NFKC", worker).strip()[:40]
