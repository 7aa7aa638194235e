"""The supervisor's pages read under a user of their own, who may not write in the data folder."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from kiosk.journal.clock import system_moment
from kiosk.journal.log import Journal
from kiosk.model.facts import StationStarted

_READ = """
import os, sys, pathlib
from kiosk.journal.reading import Reading
os.setgid(65534); os.setuid(65534)
with Reading.open(pathlib.Path(sys.argv[1])) as reading:
    print(reading.head().seq)
"""


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another user")
def test_another_user_reads_while_the_station_runs_and_after_it_stopped(tmp_path: Path) -> None:
    data = tmp_path / "data"
    for folder in (tmp_path, *tmp_path.parents[:2]):
        folder.chmod(0o755)

    def read_as_nobody() -> str:
        command = [sys.executable, "-c", _READ, str(data)]
        return subprocess.run(command, capture_output=True, text=True, check=True, timeout=60).stdout.strip()

    with Journal.open(data, "door-1", system_moment) as journal:
        data.chmod(0o755)
        for file in data.iterdir():
            file.chmod(0o644)
        journal.append([StationStarted("1")])
        assert read_as_nobody() == "1"
    assert not (data / "journal.db-wal").exists()
    assert read_as_nobody() == "1"
