"""A throw-away PostgreSQL cluster of Debian's package, listening on a Unix socket only."""

from __future__ import annotations

import itertools
import os
import pwd
import shutil
import subprocess
import tempfile
from pathlib import Path
from types import TracebackType
from typing import Self

_PROGRAMS = "/usr/lib/postgresql"
_USER = "postgres"


def why_no_postgres() -> str | None:
    """Return why there can be no cluster on this machine, None where there can be one."""
    if _programs() is None:
        return f"no initdb under {_PROGRAMS}: install the Debian package postgresql"
    return None


def _programs() -> Path | None:
    found = sorted(Path(_PROGRAMS).glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    return found[-1].parent if found else None


class Postgres:
    """A cluster for the length of a with-block."""

    def __init__(self) -> None:
        programs = _programs()
        assert programs is not None
        self._programs = programs
        self._folder = Path(tempfile.mkdtemp(prefix="banqian-pg-"))
        self._numbers = itertools.count(1)

    def __enter__(self) -> Self:
        if os.geteuid() == 0:
            shutil.chown(self._folder, _USER)
        self._run(
            "initdb",
            "-D",
            f"{self._folder}/data",
            "-U",
            _USER,
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--no-locale",
            "-N",
        )
        options = f"-k {self._folder} -c listen_addresses='' -c fsync=off"
        self._run(
            "pg_ctl",
            "-D",
            f"{self._folder}/data",
            "-l",
            f"{self._folder}/log",
            "-w",
            "-o",
            options,
            "start",
        )
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._run("pg_ctl", "-D", f"{self._folder}/data", "-m", "immediate", "-w", "stop")
        shutil.rmtree(self._folder)

    def new_database(self) -> str:
        """Make an empty database and return its URL."""
        name = f"county_{next(self._numbers)}"
        self._run("createdb", "-h", str(self._folder), "-U", _USER, name)
        return f"postgresql+psycopg://{_USER}@/{name}?host={self._folder}"

    def _run(self, program: str, *arguments: str) -> None:
        """Run one of the cluster's programs; as root, as the user that PostgreSQL wants to be."""
        account = pwd.getpwnam(_USER) if os.geteuid() == 0 else None
        done = subprocess.run(
            [self._programs / program, *arguments],
            cwd=self._folder,
            user=account and account.pw_uid,
            group=account and account.pw_gid,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE if program != "pg_ctl" else subprocess.DEVNULL,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"{program}: {done.stdout}"
