"""`kiosk --version`: what a support call asks first."""

from __future__ import annotations

import platform
import subprocess
from importlib.metadata import version
from pathlib import Path

from kiosk.journal.migrations import data_format

_ROOT = Path(__file__).parents[2]
_PATIENCE_S = 5.0


def version_line() -> str:
    """Return version, commit, Python and the format of the data, in one line."""
    return (
        f"banqian {version('banqian')}，提交 {_commit()}，"
        f"Python {platform.python_version()}，数据格式 {data_format()}"
    )


def _commit() -> str:
    """Return the commit that this copy of the code stands at, with a + when files were changed."""
    command = ("git", "-C", str(_ROOT), "describe", "--always", "--dirty=+", "--exclude=*")
    try:
        told = subprocess.run(
            command, capture_output=True, text=True, timeout=_PATIENCE_S, check=True
        )
    except (OSError, subprocess.SubprocessError):
        return "不明（不是 git 检出的目录）"
    return told.stdout.strip()
