"""A process that appends is killed at any moment: whatever it had acknowledged is there, and what
is there is whole.
"""

from __future__ import annotations

import random
import signal
import subprocess
import sys
from pathlib import Path

from kiosk.journal.blobs import PHOTOS, Photos
from kiosk.journal.log import Journal
from kiosk.journal.verify import verify
from tests.fakes.facts import STATION, still

_ROOT = Path(__file__).resolve().parents[2]
_KILLS = 12


def appended_until_killed(folder: Path, acknowledgements: int) -> list[str]:
    """Append in a child, kill it in the middle of its work after this many acknowledgements, and
    return all it had acknowledged.
    """
    command = [sys.executable, "-m", "tests.journal.appending", str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=_ROOT) as child:
        assert child.stdout is not None
        lines = [child.stdout.readline() for _ in range(acknowledgements)]
        child.send_signal(signal.SIGKILL)
        lines += child.stdout.readlines()
    assert child.returncode == -signal.SIGKILL
    return [line.strip() for line in lines if line.endswith("\n")]


def test_every_acknowledged_entry_survives_being_killed(tmp_path: Path) -> None:
    chance = random.Random(20261124)
    acknowledged: list[str] = []
    for _ in range(_KILLS):
        acknowledged += appended_until_killed(tmp_path, chance.randint(1, 40))
        assert verify(tmp_path, STATION).bad is None
        with Journal.open(tmp_path, STATION, still) as journal:
            assert verify(tmp_path, STATION).bad is None
            there = {f"{entry.seq} {entry.hash}" for entry in journal.entries(limit=10_000)}
        assert there.issuperset(acknowledged)
    assert len(acknowledged) > _KILLS


def test_a_photo_left_half_written_is_swept(tmp_path: Path) -> None:
    photos = Photos.open(tmp_path / PHOTOS)
    digest = photos.store(b"whole")
    (tmp_path / PHOTOS / "incoming" / "half").write_bytes(b"ha")
    photos = Photos.open(tmp_path / PHOTOS)
    assert list((tmp_path / PHOTOS / "incoming").iterdir()) == []
    assert list(photos.digests()) == [digest]
