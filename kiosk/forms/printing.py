"""Sheets become a PDF, in a child process that ends with it: the fonts and reportlab need some
100 MB that nobody keeps.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence

import msgspec

from kiosk.forms.fonts import FONTS
from kiosk.forms.sheet import Font, Job, Sheet

_DEADLINE_S = 60.0
COUNTED = "第{page}页 共{pages}页"


class FormError(Exception):
    """A form cannot be printed; the message says why and what to do."""


def printed(
    sheets: Sequence[Sheet], fonts: Sequence[Font] = FONTS, deadline_s: float = _DEADLINE_S
) -> bytes:
    """Draw sheets and return the bytes of a PDF file, its fonts embedded. Raise FormError."""
    job = msgspec.json.encode(Job(tuple(fonts), COUNTED, tuple(sheets)))
    try:
        child = subprocess.run(
            [sys.executable, "-m", "kiosk.forms.drawing"],
            input=job,
            capture_output=True,
            timeout=deadline_s,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise FormError(f"表格 {deadline_s:g} 秒内没有画完，请少选一些再打印") from error
    if child.returncode != 0:
        said = child.stderr.decode(errors="replace").strip().splitlines()
        raise FormError(f"表格没有画成：{said[-1] if said else f'状态 {child.returncode}'}")
    return child.stdout
