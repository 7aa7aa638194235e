"""The doctor's line about the county, with a real county, a wrong one, and none."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from kiosk.cli import doctor
from kiosk.cli.doctor import Finding, Grade
from kiosk.paths import Place
from sync.county.server import CountyServer
from sync.identity import KEY_FILE, open_identity
from tests.fakes.impostor import Impostor
from tests.fakes.running import settings
from tests.fakes.source import FakeSource
from tests.sync.stage import STATION, Station

with_county = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


def said(url: str, data: Path, station: str = STATION) -> Finding:
    own = settings(
        county={"url": url, "timeout_s": 5.0},
        station={"id": station, "name": "东门", "enterprise": "示例厂"},
    )
    return doctor.county(own, Place(Path("config"), data))


@with_county
def test_a_good_county(county: CountyServer, station: Station, source: FakeSource) -> None:
    url = f"http://127.0.0.1:{county.port}"
    assert said(url, station.folder).grade is Grade.GOOD
    source.check()
    source.files.popitem()
    station.drain(county.port)
    finding = said(url, station.folder)
    assert (finding.grade, finding.found) == (Grade.GOOD, "已收 14 条记录，缺 1 个照片文件")


@with_county
def test_a_county_with_an_alarm_about_this_station(
    county: CountyServer, station: Station, source: FakeSource
) -> None:
    source.check()
    forged = station.identity.sign_head(*source.head())
    source.record(type(forged)(forged.seq, forged.hash, forged.key, "00" * 64))
    station.drain(county.port)
    finding = said(f"http://127.0.0.1:{county.port}", station.folder)
    assert finding.grade is Grade.BAD
    assert "第 15 条记录里的站方签名不对" in finding.found
    assert "kiosk verify" in finding.do


def test_a_county_that_is_down(station: Station) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    finding = said(f"http://127.0.0.1:{port}", station.folder)
    assert finding.grade is Grade.BAD
    assert "连不上县级系统" in finding.found
    assert "网络" in finding.do


def test_something_else_at_the_address(station: Station) -> None:
    with Impostor(200, b"<html>hello</html>") as other:
        finding = said(f"http://127.0.0.1:{other.port}", station.folder)
    assert (finding.grade, "不是县级系统" in finding.found) == (Grade.BAD, True)


@with_county
def test_a_key_that_the_county_does_not_know(county: CountyServer, station: Station) -> None:
    url = f"http://127.0.0.1:{county.port}"
    (station.folder / KEY_FILE).unlink()
    open_identity(station.folder, STATION)
    finding = said(url, station.folder)
    assert (finding.grade, "签名不对" in finding.found) == (Grade.BAD, True)
    assert "公钥" in finding.do
    assert "没有登记班前站 station-77" in said(url, station.folder, "station-77").found


def test_no_county_and_addresses_that_are_none(station: Station) -> None:
    none = said("", station.folder)
    assert (none.grade, none.found) == (Grade.CARE, "没有设置地址")
    wrong = said("county.example", station.folder)
    assert (wrong.grade, "[county] url" in wrong.do) == (Grade.BAD, True)


@with_county
def test_a_station_without_a_usable_key(
    county: CountyServer, station: Station, tmp_path: Path
) -> None:
    """The doctor makes no key: made by the user who runs it, it could not be read by the
    station.
    """
    url = f"http://127.0.0.1:{county.port}"
    finding = said(url, tmp_path)
    assert (finding.grade, "kiosk identity" in finding.do) == (Grade.CARE, True)
    assert not (tmp_path / KEY_FILE).exists()
    (station.folder / KEY_FILE).chmod(0o644)
    finding = said(url, station.folder)
    assert (finding.grade, "密钥不能用" in finding.found) == (Grade.BAD, True)
