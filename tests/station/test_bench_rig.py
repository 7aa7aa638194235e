"""The station that is measured is one that runs: what a benchmark hands it must keep up with what a
station needs.
"""

from __future__ import annotations

from pathlib import Path

from tests.bench.rig.station import POST, a_station, door_of, hire, written_settings


def test_the_measured_station_starts_and_takes_on_workers(tmp_path: Path) -> None:
    settings, data = written_settings(tmp_path), tmp_path / "data"
    data.mkdir()
    assert POST in door_of(settings).posts
    with a_station(settings, data) as station:
        assert len(hire(station, 3)) == 3
