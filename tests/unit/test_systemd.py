"""The files in systemd/: understood by systemd, tight, and in step with the program and its
settings.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from kiosk.paths import Place

ROOT = Path(__file__).parents[2]
SYSTEMD = ROOT / "systemd"
SERVICES = sorted(SYSTEMD.glob("*.service"))
PYTHON = "/opt/banqian/.venv/bin/python"

needs_analyze = pytest.mark.skipif(
    shutil.which("systemd-analyze") is None, reason="systemd-analyze is not installed"
)
needs_root = pytest.mark.skipif(
    os.geteuid() != 0 or shutil.which("systemd-sysusers") is None,
    reason="giving folders to other users takes root and systemd-sysusers",
)


def values(unit: Path, key: str) -> list[str]:
    """Return every value of a key, continued lines joined."""
    text = re.sub(r"\\\n\s*", "", unit.read_text(encoding="utf-8"))
    return re.findall(rf"^{key}=(.*)$", text, re.MULTILINE)


def settings() -> dict[str, Any]:
    return tomllib.loads((ROOT / "config" / "kiosk.toml").read_text(encoding="utf-8"))


def test_a_child_that_takes_too_much_memory_does_not_end_the_pages() -> None:
    assert values(SYSTEMD / "kiosk-review.service", "OOMPolicy") == ["continue"]


@needs_analyze
def test_systemd_understands_every_unit_without_a_word(tmp_path: Path) -> None:
    units = []
    for source in [*SERVICES, *SYSTEMD.glob("*.timer")]:
        text = source.read_text(encoding="utf-8")
        for program in re.findall(r"^Exec\w+=(\S+)", text, re.MULTILINE):
            if not Path(
                program
            ).exists():  # not installed here: only the rest of the line is judged
                text = text.replace(f"={program} ", "=/bin/true ")
        units.append(tmp_path / source.name)
        units[-1].write_text(text, encoding="utf-8")
    verified = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *map(str, units)],
        capture_output=True,
        text=True,
        check=False,
    )
    complaints = [
        line for line in (verified.stdout + verified.stderr).splitlines() if "kiosk-" in line
    ]
    assert complaints == []
    assert verified.returncode == 0


@needs_analyze
@pytest.mark.parametrize("name", ["station", "review", "sync", "county"])
def test_a_unit_exposes_little(name: str) -> None:
    judged = subprocess.run(
        [
            "systemd-analyze",
            "security",
            "--offline=true",
            "--no-pager",
            "--threshold=20",
            SYSTEMD / f"kiosk-{name}.service",
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert judged.returncode == 0, judged.stdout.splitlines()[-1]


def test_the_station_reaches_loopback_only_and_the_pages_no_device() -> None:
    for name in ("station", "review"):
        unit = SYSTEMD / f"kiosk-{name}.service"
        assert (values(unit, "IPAddressDeny"), values(unit, "IPAddressAllow")) == (
            ["any"],
            ["localhost"],
        )
    for name in ("review", "sync", "county"):
        unit = SYSTEMD / f"kiosk-{name}.service"
        assert values(unit, "PrivateDevices") == ["yes"]
        assert values(unit, "DeviceAllow") == []


def test_lights_off_runs_as_the_unit_calls_it(tmp_path: Path) -> None:
    """With the pins of a real configuration, on gpiozero's mock."""
    wired = tmp_path / "kiosk.toml"
    wired.write_text(
        '[lights]\ndriver = "gpio"\nfactory = "mock"\nred = 17\ngreen = 22\n', encoding="utf-8"
    )
    (line,) = values(SYSTEMD / "kiosk-station.service", "ExecStopPost")
    command = shlex.split(
        line.replace(PYTHON, sys.executable).replace("/etc/banqian/kiosk.toml", str(wired))
    )
    subprocess.run(command, check=True, cwd=tmp_path, timeout=30)
    wired.write_text('[lights]\ndriver = "gpio"\nfactory = "no such"\nred = 17\n', encoding="utf-8")
    assert (
        subprocess.run(
            command, check=False, cwd=tmp_path, timeout=30, capture_output=True
        ).returncode
        != 0
    )


@pytest.mark.skipif(find_spec("kiosk.__main__") is None, reason="the command line is not there yet")
@pytest.mark.parametrize(
    "unit", [unit for unit in SERVICES if "screen" not in unit.name], ids=lambda unit: unit.stem
)
def test_the_command_line_takes_what_the_unit_gives_it(unit: Path) -> None:
    (line,) = values(unit, "ExecStart")
    program, *arguments = shlex.split(line)
    assert program == PYTHON
    command, options = arguments[:3], [word for word in arguments if word.startswith("--")]
    shown = subprocess.run(
        [sys.executable, *command, "--help"], capture_output=True, text=True, check=True, timeout=30
    )
    assert [option for option in options if option not in shown.stdout] == []


def test_the_screen_opens_the_page_that_the_station_leaves_and_waits_for_no_station() -> None:
    unit, station = SYSTEMD / "kiosk-screen.service", SYSTEMD / "kiosk-station.service"
    (command,), (waiting,) = values(station, "ExecStart"), values(unit, "ExecStartPre")
    _, _, folder = command.partition("--emergency ")
    page = Place(Path("/etc/banqian"), Path("/var/lib/banqian"), Path(folder)).emergency_page
    (browser,) = values(unit, "ExecStart")
    assert shlex.split(browser)[-1] == page.as_uri()
    assert f"[ -r {page} ]" in waiting
    assert "kiosk-station" not in " ".join(values(unit, "After"))
    assert "kiosk-station.service" in values(unit, "Wants")[0].split()


def test_everybody_may_read_the_folder_of_the_emergency_page_and_only_the_station_write() -> None:
    station = SYSTEMD / "kiosk-station.service"
    (command,), (folder,) = values(station, "ExecStart"), values(station, "StateDirectory")
    assert command.endswith(f"--emergency /var/lib/{folder}")
    assert values(station, "StateDirectoryMode") == ["0755"]


def test_the_reader_of_the_settings_is_the_link_that_udev_makes() -> None:
    rules = (SYSTEMD / "udev" / "60-banqian.rules").read_text(encoding="utf-8")
    lines = [line for line in rules.splitlines() if line and not line.startswith("#")]
    clause = r'[A-Z]+(\{\w+\})?(==|=|\+=)"[^"]+"'
    assert [line for line in lines if not re.fullmatch(rf"{clause}(, {clause})*", line)] == []
    links = [line for line in lines if 'SYMLINK+="banqian-reader"' in line]
    vendors = {vendor for line in links for vendor in re.findall(r'idVendor\}=="(\w+)"', line)}
    assert vendors == {"1a86", "10c4", "067b", "0403"}
    assert settings()["card_reader"]["port"] == "/dev/banqian-reader"


def test_a_driver_that_is_allowed_is_loaded_before_the_station_starts() -> None:
    """DeviceAllow= is resolved at start: a driver that comes with the first plug would be
    refused.
    """
    unit = SYSTEMD / "kiosk-station.service"
    loaded = (SYSTEMD / "modules-load.d" / "banqian.conf").read_text(encoding="utf-8").split()
    allowed = {value.split()[0] for value in values(unit, "DeviceAllow")}
    assert {"char-ttyUSB", "char-ttyACM", "char-gpiochip", "char-video4linux"} <= allowed
    assert {"ch341", "cp210x", "pl2303", "ftdi_sio", "cdc_acm", "uvcvideo"} <= set(loaded)
    assert "systemd-modules-load.service" in values(unit, "After")[0].split()


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    """An empty machine on which users and folders have been made, twice, as at a second boot."""
    for kind in ("sysusers.d", "tmpfiles.d"):
        shutil.copytree(SYSTEMD / kind, tmp_path / "etc" / kind)
    (tmp_path / "var" / "lib").mkdir(parents=True)
    for command in (
        ["systemd-sysusers"],
        ["systemd-tmpfiles", "--create"],
        ["systemd-tmpfiles", "--create"],
    ):
        subprocess.run([*command, f"--root={tmp_path}"], check=True, capture_output=True)
    return tmp_path


@needs_root
def test_only_the_review_pages_share_the_stations_group(machine: Path) -> None:
    group = {
        line.split(":")[0]: line.split(":")[3]
        for line in (machine / "etc/group").read_text().splitlines()
    }
    users = {line.split(":")[0] for line in (machine / "etc/passwd").read_text().splitlines()}
    assert users == {"banqian", "banqian-review", "banqian-screen", "banqian-county"}
    assert group["banqian"] == "banqian-review"
    assert all(group[name] == "banqian" for name in ("dialout", "gpio", "video", "input"))


@needs_root
def test_the_data_folder_is_closed_to_others(machine: Path) -> None:
    data = (machine / "var/lib/banqian").stat()
    owner = next(
        line
        for line in (machine / "etc/passwd").read_text().splitlines()
        if line.startswith("banqian:")
    )
    assert oct(data.st_mode & 0o7777) == "0o750"
    assert [str(data.st_uid), str(data.st_gid)] == owner.split(":")[2:4]
    assert oct((machine / "etc/banqian/tls").stat().st_mode & 0o7777) == "0o700"


def test_users_and_groups_of_the_units_are_made_by_sysusers() -> None:
    text = (SYSTEMD / "sysusers.d" / "banqian.conf").read_text(encoding="utf-8")
    made = set(re.findall(r"^[ug] (\S+)", text, re.MULTILINE))
    for unit in SERVICES:
        named = (
            values(unit, "User")
            + values(unit, "Group")
            + " ".join(values(unit, "SupplementaryGroups")).split()
        )
        assert set(named) <= made, unit.name


TOUCH_RULE = SYSTEMD / "nftables" / "banqian.nft"
REACHED_BY = """
import os, socket, sys
server = socket.create_server(("127.0.0.1", int(sys.argv[1])))
for uid in map(int, sys.argv[2:]):
    if os.fork() == 0:
        os.setuid(uid)
        os._exit(socket.socket().connect_ex(server.getsockname()))
    print(os.waitstatus_to_exitcode(os.wait()[1]) == 0)
"""


def test_the_pages_do_not_start_without_the_rule_for_the_touch_port() -> None:
    (load,) = values(SYSTEMD / "kiosk-review.service", "ExecStartPre")
    assert load == f"+/usr/sbin/nft -f /etc/banqian/{TOUCH_RULE.name}"
    assert f"dport {settings()['touch']['port']} " in TOUCH_RULE.read_text(encoding="utf-8")


@pytest.mark.skipif(
    os.geteuid() != 0 or shutil.which("nft") is None,
    reason="loading a rule takes root and nftables",
)
def test_only_the_screens_user_the_stations_and_root_reach_the_touch_port(tmp_path: Path) -> None:
    """In a network of its own, twice over as on a restart; the users have numbers here."""
    screen, station, review = 64001, 64002, 64003
    rule = tmp_path / "rule.nft"
    text = TOUCH_RULE.read_text(encoding="utf-8")
    rule.write_text(
        text.replace("{ root, banqian, banqian-screen }", f"{{ 0, {station}, {screen} }}"),
        encoding="utf-8",
    )
    assert rule.read_text(encoding="utf-8") != text
    load = f"ip link set lo up && nft -f {rule} && nft -f {rule} && exec "
    users = [str(user) for user in (0, screen, station, review)]
    ask = shlex.join([sys.executable, "-c", REACHED_BY, str(settings()["touch"]["port"]), *users])
    command = ["unshare", "--net", "sh", "-c", load + ask]
    asked = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    assert asked.stdout.split() == ["True", "True", "True", "False"]
