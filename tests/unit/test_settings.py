"""The settings file: complete, commented, and refused in one clear sentence when wrong."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

import msgspec
import pytest

from kiosk.settings import Settings, SettingsError, load

CONFIG = Path(__file__).parents[2] / "config"
KINDS = ("card_reader", "camera", "voice", "lights", "buttons")
MINIMAL = '[station]\nid = "door-1"\nname = "东门"\nenterprise = "示例厂"\n' + "".join(
    f'[{kind}]\ndriver = "disabled"\n' for kind in KINDS
)


def written(tmp_path: Path, more: str) -> Path:
    path = tmp_path / "kiosk.toml"
    path.write_text(MINIMAL + more, encoding="utf-8")
    return path


@pytest.mark.parametrize("name", ["kiosk.toml", "demo.toml"])
def test_the_shipped_files_load(name: str) -> None:
    assert load(CONFIG / name).station.time_zone == "Asia/Shanghai"


def test_the_shipped_file_names_every_setting() -> None:
    shipped = tomllib.loads((CONFIG / "kiosk.toml").read_text(encoding="utf-8"))
    for table in msgspec.structs.fields(Settings):
        kind = table.type
        if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
            assert {field.name for field in msgspec.structs.fields(kind)} == set(
                shipped[table.name]
            ), table.name
        assert table.name in shipped


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ("[touch]\nport = 99999\n", "touch.port"),
        ('[touch]\nport = "80"\n', "touch.port"),
        ("[timings]\ndwell = 3\n", "dwell"),
        ("[camra]\n", "camra"),
        ('[clock]\ntrust = "never"\n', "clock.trust"),
        ("[timings\n", "方括号"),
        ('[[shifts]]\nname = "夜"\nbegins = 25\nends = 06:00:00\n', "shifts[0].begins"),
    ],
)
def test_a_wrong_setting_is_named(tmp_path: Path, more: str, says: str) -> None:
    with pytest.raises(SettingsError, match=says.replace("[", r"\[")) as caught:
        load(written(tmp_path, more))
    assert str(tmp_path / "kiosk.toml") in str(caught.value)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"nowhere\.toml"):
        load(tmp_path / "nowhere.toml")


def test_a_station_refuses_a_clock_that_is_always_trusted(tmp_path: Path) -> None:
    path = written(tmp_path, '[clock]\ntrust = "always"\n')
    command = [sys.executable, "-m", "kiosk", "station", "--config", str(path)]
    ended = subprocess.run(
        [*command, "--data", str(tmp_path / "data")],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ended.returncode == 2
    assert "只用于演示和测试" in ended.stderr
    assert 'trust = "ntp"' in ended.stderr
    assert "Traceback" not in ended.stderr
    assert not (tmp_path / "data").exists()


def test_only_the_demo_trusts_its_clock() -> None:
    assert load(CONFIG / "demo.toml").clock.trust == "always"
    assert load(CONFIG / "kiosk.toml").clock.trust == "ntp"


def test_the_command_line_ends_with_status_2_and_names_the_key(tmp_path: Path) -> None:
    path = written(tmp_path, "[review]\nprot = 8081\n")
    command = [
        sys.executable,
        "-m",
        "kiosk",
        "station",
        "--config",
        str(path),
        "--data",
        str(tmp_path),
    ]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert ended.returncode == 2
    assert "prot" in ended.stderr
    assert "Traceback" not in ended.stderr
