"""The doctor says of everything what is right, what is wrong, and what to do."""

from __future__ import annotations

from pathlib import Path

from kiosk.cli.doctor import Grade, clock, device_findings, fonts, running_station, sound, supply
from kiosk.model.glyphs import Glyphs
from kiosk.paths import Place
from kiosk.station.health import sound_cards, storage_trouble, under_voltage
from tests.fakes.running import SIMULATED, a_running_station, settings

NAMES = ["读卡器", "摄像头", "语音", "信号灯", "按钮"]


def test_a_running_station_is_asked_and_not_disturbed(tmp_path: Path) -> None:
    told = settings(camera=SIMULATED)
    with a_running_station(tmp_path, camera=SIMULATED) as running:
        running.station.devices.card_reader.unplug()  # type: ignore[attr-defined]
        findings = list(device_findings(told, Place(Path("config"), tmp_path)))
    assert [finding.what for finding in findings] == NAMES
    grades = dict(zip(NAMES, (finding.grade for finding in findings), strict=True))
    assert grades["读卡器"] is Grade.BAD
    assert grades["摄像头"] is Grade.GOOD
    assert grades["语音"] is Grade.CARE


def test_without_a_station_the_devices_are_opened(tmp_path: Path) -> None:
    """Those that are there are waited for, those disabled on purpose are not."""
    assert running_station(tmp_path / "station.sock") is None
    told = settings(camera=SIMULATED)
    findings = {
        finding.what: finding.grade
        for finding in device_findings(told, Place(Path("config"), tmp_path), patience_s=60)
    }
    assert findings == dict.fromkeys(NAMES, Grade.GOOD) | {"语音": Grade.CARE}


def test_a_device_that_is_not_there_is_waited_for_no_longer_than_patience_lasts(
    tmp_path: Path,
) -> None:
    port = str(tmp_path / "no-reader")
    wrong = settings(
        card_reader={"driver": "serial", "port": port}, lights={"driver": "gpio", "factory": "mock"}
    )
    findings = {
        finding.what: finding
        for finding in device_findings(wrong, Place(Path("config"), tmp_path), patience_s=0.2)
    }
    assert findings["摄像头"].grade is Grade.CARE
    assert "no-reader" in findings["读卡器"].found
    assert "red" in findings["信号灯"].found


def test_a_clock_that_is_always_trusted_is_named_and_shown_as_right(tmp_path: Path) -> None:
    assert clock("always").grade is Grade.CARE
    assert '改成 "ntp"' in clock("always").do
    with a_running_station(tmp_path) as running:
        assert running.station.snapshot().clock_ok


def test_sound_cards_and_voltage_are_read_from_the_kernel(tmp_path: Path) -> None:
    assert sound_cards(tmp_path) == ()
    assert under_voltage(tmp_path) is None
    (tmp_path / "proc/asound").mkdir(parents=True)
    (tmp_path / "proc/asound/cards").write_text(
        " 0 [Device         ]: USB-Audio - USB Audio Device\n"
        "                      C-Media USB Audio Device\n"
    )
    hwmon = tmp_path / "sys/class/hwmon/hwmon1"
    hwmon.mkdir(parents=True)
    (hwmon / "name").write_text("rpi_volt\n")
    (hwmon / "in0_lcrit_alarm").write_text("1\n")
    assert sound_cards(tmp_path) == ("USB-Audio - USB Audio Device",)
    assert under_voltage(tmp_path) is True
    assert sound(sound_cards(tmp_path)).grade is Grade.GOOD
    assert supply(under_voltage(tmp_path)).grade is Grade.BAD


def test_a_disk_without_room_is_told_before_it_refuses(tmp_path: Path) -> None:
    assert storage_trouble(tmp_path) == ""
    assert "无法记录" in storage_trouble(tmp_path, least_free_mb=1 << 40)
    assert "存储卡" in storage_trouble(tmp_path / "gone")


def test_a_font_that_is_not_installed_is_named() -> None:
    found = fonts(Glyphs(absent=("fonts-arphic-uming", "fonts-hanazono")))
    assert found.grade is Grade.BAD
    assert found.do == "apt install fonts-arphic-uming fonts-hanazono"
    assert fonts(Glyphs(((0x4E00, 0x9FFF),))).grade is Grade.GOOD
