"""Where a sentence may be broken: where one breathes."""

from __future__ import annotations

import re
from typing import NamedTuple

_STOPS = "，。；：！？、"
_BREATH = re.compile(rf"[^{_STOPS},;!?]+[{_STOPS},;!?”]*")


class Breath(NamedTuple):
    """A part of a sentence that is said in one breath; `hangs` says that it ends in a sign whose
    right half is empty.
    """

    text: str
    hangs: bool


def breaths(sentence: str) -> list[Breath]:
    """Split a sentence after its punctuation; nothing is lost."""
    found = _BREATH.findall(sentence)
    parts = found if "".join(found) == sentence else [sentence]
    return [Breath(part, part[-1:] in _STOPS) for part in parts]
