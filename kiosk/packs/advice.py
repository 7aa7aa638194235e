"""What is wrong with a pack that somebody is writing, in the writer's language: which field, and
what to do.

The same rules as `kiosk.packs.checks` and the types of `kiosk.model.content`, on plain tables,
which may be half-written.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kiosk.model.manuscript import Manuscript
from kiosk.packs.meaning import Known, meaning
from kiosk.packs.spoken import soundless
from kiosk.packs.unfit import SIGNS, unfit

__all__ = ["SIGNS", "Known", "advice"]


def advice(table: Mapping[str, Any], known: Known) -> dict[str, str]:
    """Return what is wrong with a manuscript as plain data, by the key path of the field; empty
    when nothing is.
    """
    found: dict[str, str] = {}
    for key, sentence in (*unfit(table, Manuscript), *meaning(table, known), *soundless(table)):
        found.setdefault(key, sentence)
    return found
