"""Which fields of a pack the door speaks as they stand, and what a sentence must be to be heard
there.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from devices.voice.text import is_readable
from kiosk.packs.checks import CHARACTERS_PER_S, SENTENCE_LIMIT_S, speech_s
from kiosk.packs.problems import Found, joined

BEATS = ("think", "look", "point", "call")
_LINES = ("preparation", "skills", "tools", "surroundings")
_SPOKEN = frozenset({*BEATS, *_LINES, "title", "text", "choices", "actions", "certificates"})
_LONGEST = int(SENTENCE_LIMIT_S * CHARACTERS_PER_S)
_SOUNDLESS = "没有能读出来的字，请写汉字、数字或字母"


def too_long(field: str, sentence: str) -> str:
    """Return a sentence that says that a beat takes longer to speak than a step has time for; empty
    when it does not, or for a field that is no beat.
    """
    if field not in BEATS or speech_s(sentence) <= SENTENCE_LIMIT_S:
        return ""
    return (
        f"有 {len(sentence)} 个字，念完要 {speech_s(sentence):.0f} 秒，最多 {_LONGEST} 个字，请改短"
    )


def soundless(value: Any, key: str = "") -> Found:
    """Find the spoken fields of a manuscript as plain data in which there is nothing to speak."""
    name = key.rpartition(".")[2].partition("[")[0]
    if isinstance(value, str) and name in _SPOKEN and value.strip() and not is_readable(value):
        yield key, _SOUNDLESS
    elif isinstance(value, Mapping):
        for each, inner in value.items():
            yield from soundless(inner, joined(key, str(each)))
    elif isinstance(value, list | tuple):
        for index, inner in enumerate(value):
            yield from soundless(inner, f"{key}[{index}]")
