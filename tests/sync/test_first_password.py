"""The first password of the county's pages: shown on a terminal, and in no log."""

from __future__ import annotations

import os
import pty
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from kiosk.cli.main import main
from kiosk.processes.county import FIRST_PASSWORD_FILE, PASSWORD_FILE
from sync.county.access import Access, Admission

SERVING = "http://127.0.0.1"


@pytest.fixture
def config(tmp_path: Path) -> Path:
    path = tmp_path / "county.toml"
    path.write_text('port = 0\ndatabase = "sqlite:///{data}/c.db"\nobjects = "{data}/o"\n')
    return path


def said_until_serving(config: Path, out: int, read: int) -> str:
    """Start the receiver with this standard output, and give what it said until it serves."""
    words = [sys.executable, "-m", "kiosk", "county", "--config", str(config), "--data", str(config.parent)]
    with subprocess.Popen(words, stdout=out, stdin=subprocess.DEVNULL) as receiver:
        os.close(out)
        try:
            said = b""
            while SERVING.encode() not in said and (more := os.read(read, 4096)):
                said += more
            return said.decode()
        finally:
            receiver.terminate()


def as_a_service(config: Path) -> str:
    read, write = os.pipe()
    return said_until_serving(config, write, read)


def opens(config: Path, password: str) -> bool:
    kept = Access((config.parent / PASSWORD_FILE).read_text())
    return kept.admit(password, "127.0.0.1") is Admission.IN


def test_a_service_writes_it_where_only_its_user_reads(config: Path) -> None:
    said = as_a_service(config)
    told = config.parent / FIRST_PASSWORD_FILE
    password = told.read_text().strip()
    assert SERVING in said
    assert str(told) in said
    assert password not in said
    assert stat.S_IMODE(told.stat().st_mode) == 0o600
    assert opens(config, password)


def test_the_second_start_says_nothing_of_it(config: Path) -> None:
    as_a_service(config)
    (config.parent / FIRST_PASSWORD_FILE).unlink()
    assert "密码" not in as_a_service(config)
    assert not (config.parent / FIRST_PASSWORD_FILE).exists()


def test_a_terminal_shows_it_once(config: Path) -> None:
    read, terminal = pty.openpty()
    said = said_until_serving(config, terminal, read)
    password = said.partition("（只显示这一次）：")[2].split()[0]
    assert opens(config, password)
    assert not (config.parent / FIRST_PASSWORD_FILE).exists()


def test_making_a_station_known_makes_no_password(config: Path) -> None:
    words = ["enrol", "--config", str(config), "--data", str(config.parent), "A-1", "东门", "ab" * 32]
    told = CliRunner().invoke(main, words)
    assert (told.exit_code, "密码" in told.output) == (0, False), told.output
    assert not (config.parent / PASSWORD_FILE).exists()
