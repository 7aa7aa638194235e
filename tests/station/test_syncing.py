"""`kiosk sync` at a station without a county: nothing is sent, and the head is signed all the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.cli.verify import witnesses
from kiosk.journal.verify import verify
from kiosk.paths import Place
from kiosk.processes.sync import sync_now
from kiosk.records.reader import Reading
from tests.fakes.running import a_running_station, settings

STATION = settings().station.id


def synced(data: Path) -> int:
    return sync_now(settings(), Place(Path("config"), data), window_s=0)


def test_a_station_without_a_county_signs_its_head(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with a_running_station(tmp_path), Reading.open(tmp_path) as reading:
        before = reading.head()
        assert synced(tmp_path) == 0
        (entry,) = reading.entries(after=before.seq)
    assert entry.kind == "head.signed"
    report = verify(tmp_path, STATION, witnesses=witnesses(STATION, tmp_path))
    assert (report.bad, report.signed) == (None, before.seq)
    assert "没有设置县级系统地址" in capsys.readouterr().err


def test_nothing_can_be_signed_while_the_station_is_down(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert synced(tmp_path) == 75
    told = capsys.readouterr().err
    assert "链头未签名：站点没有运行" in told
    assert "没有设置县级系统地址" in told
