"""The fonts of all forms, and what they have between them.

fontconfig reads a font's table of characters in milliseconds; reportlab, which draws, takes up to a
third of a second and 40 MB for each.
"""

from __future__ import annotations

import subprocess
from collections.abc import Iterable, Sequence
from pathlib import Path

from kiosk.forms.sheet import Font
from kiosk.model.glyphs import Glyphs

_DEBIAN = "/usr/share/fonts/truetype"
FONTS = (
    Font(f"{_DEBIAN}/arphic-gbsn00lp/gbsn00lp.ttf", "fonts-arphic-gbsn00lp"),
    Font(f"{_DEBIAN}/arphic/uming.ttc", "fonts-arphic-uming"),
    Font(f"{_DEBIAN}/hanazono/HanaMinA.ttf", "fonts-hanazono"),
    Font(f"{_DEBIAN}/hanazono/HanaMinB.ttf", "fonts-hanazono"),
)
"""The first draws all that it has, which is GB 2312; each next one what those before it lack: what
else is in use, in the same hand; then whatever stands in Unicode up to extension F.
"""

_QUERY = "fc-query"
_QUERY_PACKAGE = "fontconfig"
_PATIENCE_S = 20.0

Range = tuple[int, int]


def glyphs(fonts: Sequence[Font] = FONTS, query: str = _QUERY) -> Glyphs:
    """Return what can be drawn with those of the fonts that are installed.

    Without fontconfig nothing is known of them; its package is named as lacking then.
    """
    absent = [font.package for font in fonts if not Path(font.path).is_file()]
    found: list[Range] = []
    try:
        for font in fonts:
            if font.package not in absent:
                found += _ranges(font.path, query)
    except (OSError, subprocess.SubprocessError, ValueError):
        found, absent = [], [*absent, _QUERY_PACKAGE]
    return Glyphs(tuple(_joined(found)), tuple(dict.fromkeys(absent)))


def _ranges(path: str, query: str) -> list[Range]:
    """Return the code points of a font's first face. fontconfig writes them as 20-7e a0 ba1-bff."""
    asked = [query, "--index", "0", "--format", "%{charset}", path]
    said = subprocess.run(
        asked, capture_output=True, check=True, timeout=_PATIENCE_S, encoding="ascii"
    ).stdout
    bounds = (part.partition("-") for part in said.split())
    return [(int(first, 16), int(last or first, 16)) for first, _, last in bounds]


def _joined(ranges: Iterable[Range]) -> list[Range]:
    """Return the ranges in order, those that touch as one."""
    joined: list[Range] = []
    for first, last in sorted(ranges):
        if joined and first <= joined[-1][1] + 1:
            joined[-1] = (joined[-1][0], max(last, joined[-1][1]))
        else:
            joined.append((first, last))
    return joined
