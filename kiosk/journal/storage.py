"""Folders that survive power loss, and the disk's refusals as sentences for the person at the
door.
"""

from __future__ import annotations

import contextlib
import errno
import os
import sqlite3
import stat
from collections.abc import Iterator
from pathlib import Path

from kiosk.journal.errors import DamagedError, StorageError

_FULL = "存储空间已满，没有保存，请联系管理员清理"
_READ_ONLY = "存储不可写入，没有保存，请联系管理员"
_FAILING = "存储读写出错，请联系管理员检查存储卡"
_BUSY = "日志正被其他程序占用，请稍后再试"
_DAMAGED = "日志文件已损坏，请联系管理员从备份恢复"

_BY_ERRNO = {
    **dict.fromkeys((errno.ENOSPC, errno.EDQUOT, errno.EFBIG), _FULL),
    **dict.fromkeys((errno.EROFS, errno.EACCES, errno.EPERM), _READ_ONLY),
}
_BY_SQLITE_CODE = {
    sqlite3.SQLITE_FULL: _FULL,
    **dict.fromkeys(
        (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM), _READ_ONLY
    ),
    sqlite3.SQLITE_IOERR: _FAILING,
    # PROTOCOL is a lost race for the locks of the write-ahead log (sqlite.org/rescode.html).
    **dict.fromkeys((sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_PROTOCOL), _BUSY),
}
_LEAST_ROOM_BYTES = 64 * 1024
_FOLDER_MODE, _FILE_MODE = 0o750, 0o640
"""The station's group (the supervisor's pages) reads; nobody else may look in.

The process's umask can only narrow this.
"""
_OWN_FOLDER_MODE, _OWN_FILE_MODE = 0o700, 0o600
"""For what no other user reads: accounts, keys, drafts, receipts, the county's copy."""
DAMAGE = frozenset((sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB))


@contextlib.contextmanager
def storage_errors(folder: Path | None = None) -> Iterator[None]:
    """Turn what the disk refuses, in a file or in SQLite, into StorageError; anything else is a
    fault and goes on.

    SQLite calls a disk without room for its shared memory one that fails: with `folder`, a folder
    on it, it is called full.
    """
    try:
        yield
    except sqlite3.Error as error:
        code = primary_code(error)
        if code in DAMAGE:
            raise DamagedError(_DAMAGED) from error
        if code not in _BY_SQLITE_CODE:
            raise
        is_full = code == sqlite3.SQLITE_IOERR and folder is not None and _has_no_room(folder)
        raise StorageError(_FULL if is_full else _BY_SQLITE_CODE[code]) from error
    # SQLite quotes a damaged schema in its message, bytes that are no text included.
    except UnicodeDecodeError as error:
        raise DamagedError(_DAMAGED) from error
    except OSError as error:
        raise StorageError(_BY_ERRNO.get(error.errno or 0, _FAILING)) from error


def _has_no_room(folder: Path) -> bool:
    try:
        room = os.statvfs(folder)
    except OSError:
        return False
    return room.f_bavail * room.f_frsize < _LEAST_ROOM_BYTES


def primary_code(error: sqlite3.Error) -> int:
    """Return SQLite's primary result code of an error; 0 when the error is not SQLite's own."""
    extended: int = getattr(error, "sqlite_errorcode", 0)
    # The low byte of an extended code is the primary one (sqlite.org/rescode.html).
    return extended & 0xFF


def make_folder(folder: Path) -> None:
    """Make a folder and those above it so that they are still there after a power loss; the group
    may look into those it makes.
    """
    if not folder.is_dir():
        make_folder(folder.parent)
        # A new folder is a name in its parent: only flushing that one makes it last.
        folder.mkdir(_FOLDER_MODE, exist_ok=True)
        sync_folder(folder.parent)


def open_for_group(path: str, flags: int) -> int:
    """Open a file as `open(…, opener=…)` wants it; one that is made is the owner's to write and the
    group's to read.
    """
    return os.open(path, flags, _FILE_MODE)


def make_own_folder(folder: Path) -> None:
    """Make a folder into which no other user may look; those above it as `make_folder` does."""
    if not folder.is_dir():
        make_folder(folder.parent)
        folder.mkdir(_OWN_FOLDER_MODE, exist_ok=True)
        sync_folder(folder.parent)


def open_own(path: str, flags: int) -> int:
    """Open a file as `open(…, opener=…)` wants it; one that is made is its owner's alone."""
    return os.open(path, flags, _OWN_FILE_MODE)


def make_own(path: Path) -> None:
    """Make a file that is its owner's alone; one that others may read (an older version's) is
    taken from them.
    """
    handle = open_own(str(path), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC)
    try:
        if stat.S_IMODE(os.fstat(handle).st_mode) & 0o077:
            os.fchmod(handle, _OWN_FILE_MODE)
    finally:
        os.close(handle)


def make_own_database(path: Path) -> None:
    """Make an empty SQLite database that is its owner's alone, or take an older one and what SQLite
    laid beside it from others.
    """
    make_own(path)
    for suffix in ("-wal", "-shm", "-journal"):
        beside = path.with_name(f"{path.name}{suffix}")
        if beside.exists():
            make_own(beside)


def sync_folder(folder: Path) -> None:
    """Force the names in a folder onto the disk; without it a renamed file can vanish with the
    power.
    """
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
