"""Publishing a pack of twelve posts: every sentence of it rendered, from nothing, against the bare
synthesiser called in a loop.
"""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path
from statistics import median

import msgspec
from msgspec.structs import replace

import devices
from devices.voice import Voice
from kiosk.flow.door import Door, Timings
from kiosk.packs import load_packs, load_reasons
from tests.bench.result import Result, folder_on_disk
from ui.texts import load_texts
from ui.touch.screens import every_sentence

_CONFIG = Path(__file__).parents[2] / "config"
_POSTS = 12


class Load(msgspec.Struct, frozen=True):
    """How many sentences of twelve posts (all for None), and how often they are rendered."""

    sentences: int | None
    runs: int


FULL, SMALLEST = Load(None, 3), Load(2, 1)


def run(load: Load = FULL) -> list[Result]:
    """Render with both in turn, into an empty folder each time."""
    sentences = _sentences()[: load.sentences]
    with folder_on_disk() as folder:
        took_s = [
            (_ours_s(folder / f"ours{n}", sentences), _bare_s(folder / f"bare{n}", sentences))
            for n in range(load.runs)
        ]
    measured, floor = (median(run) for run in zip(*took_s, strict=True))
    return [
        Result(
            f"speech of {_POSTS} posts, {len(sentences)} sentences; a bare loop",
            measured,
            floor,
            "s",
            aim=1.3,
        ),
        Result(
            "speech rendered; a bare loop",
            len(sentences) / measured,
            len(sentences) / floor,
            "sentences/s",
        ),
    ]


def _sentences() -> tuple[str, ...]:
    packs = load_packs(_CONFIG / "packs")
    twelve = tuple(replace(pack, posts=pack.posts[:_POSTS]) for pack in packs[:1])
    door = Door(Timings(), twelve, load_reasons(_CONFIG / "lists/reasons.toml"))
    return every_sentence(door, load_texts(_CONFIG / "texts/zh.toml"))


def _ours_s(folder: Path, sentences: tuple[str, ...]) -> float:
    voice: Voice = devices.open("voice", {"driver": "pyttsx3", "cache_dir": str(folder)})
    try:
        began_s = time.perf_counter()
        voice.render(sentences)
        return time.perf_counter() - began_s
    finally:
        voice.close()


def _bare_s(folder: Path, sentences: tuple[str, ...]) -> float:
    folder.mkdir()
    command = [sys.executable, "-m", "tests.bench.floors.speech", str(folder)]
    spoken = subprocess.run(
        command, input="\n".join(sentences), text=True, capture_output=True, check=True
    )
    return float(spoken.stdout)
