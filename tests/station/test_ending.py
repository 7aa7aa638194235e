"""Every process that is asked to end, however often, ends in order: status 0 and no traceback."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx2
import pytest

from kiosk.cli.options import CONFIG_FOLDER
from kiosk.commands.protocol import StationDownError, send
from kiosk.journal.log import Journal
from kiosk.paths import Place
from kiosk.processes.station import running
from kiosk.records import facts as f
from kiosk.records.station.commands import AskHealth, Health
from kiosk.settings import load
from tests.fakes.facts import still
from tests.fakes.ports import free_port
from tests.fakes.running import settings
from tests.fakes.stages import CONFIG
from tests.fakes.waiting import until

PATIENCE_S = 60.0
DEMO = CONFIG_FOLDER / "demo.toml"
COUNTY = CONFIG_FOLDER / "county.toml"


def serves(command: str, port: int, data: Path) -> bool:
    """Return whether it is past its beginning: a page is answered and, of a station, commands."""
    if command == "station":
        return (data / "journal.db").exists() and runs_its_loop(data)
    try:
        return (
            httpx2.get(f"http://127.0.0.1:{port}/", trust_env=False, verify=False).status_code < 500
        )
    except httpx2.TransportError:
        return False


def runs_its_loop(data: Path) -> bool:
    try:
        return isinstance(send(data / "station.sock", AskHealth(), timeout_s=5), Health)
    except StationDownError:
        return False


@contextmanager
def process(folder: Path, *words: str) -> Iterator[tuple[subprocess.Popen[bytes], Path]]:
    """Run a command in a session of its own, what it says kept in a file."""
    said = folder / "said"
    with (
        said.open("wb") as kept,
        subprocess.Popen(
            [sys.executable, "-m", "kiosk", *words],
            stdin=subprocess.DEVNULL,
            stdout=kept,
            stderr=kept,
            start_new_session=True,
        ) as running,
    ):
        try:
            yield running, said
        finally:
            running.kill()


def _in_earnest(folder: Path) -> Path:
    """Return the demo's settings with a clock that `kiosk station` takes, and everything else."""
    config = folder / "config"
    shutil.copytree(CONFIG_FOLDER, config)
    text = (config / "demo.toml").read_text(encoding="utf-8")
    assert 'trust = "always"' in text
    text = text.replace('trust = "always"', 'trust = "ntp"')
    (config / "demo.toml").write_text(text, encoding="utf-8")
    return config / "demo.toml"


def a_journal(data: Path) -> None:
    with Journal.open(data, load(DEMO).station.id, still) as journal:
        journal.append([f.StationStarted("0.1.0")])


def test_a_wish_to_end_that_was_heard_before_it_ran_ends_it(tmp_path: Path) -> None:
    """A signal that came while it started is answered late, and by the handler of before."""
    asked = threading.Event()
    with running(settings(), Place(CONFIG, tmp_path / "data"), 0) as (ready, _):
        ready.stopping = asked
        loop = threading.Thread(target=ready.run)
        loop.start()
        asked.set()
        loop.join(30)
        assert not loop.is_alive()


@pytest.mark.parametrize("times", [1, 6])
@pytest.mark.parametrize("asked", [signal.SIGTERM, signal.SIGINT])
@pytest.mark.parametrize("command", ["station", "review", "county"])
def test_a_server_ends_in_order(
    tmp_path: Path, command: str, asked: signal.Signals, times: int
) -> None:
    """A service manager and a terminal may ask more than once."""
    data, port = tmp_path / "data", free_port()
    if command == "review":
        a_journal(data)
    config = COUNTY if command == "county" else DEMO
    if command == "station":
        config = _in_earnest(tmp_path)
    words = (command, "--config", str(config), "--data", str(data), "--port", str(port))
    with process(tmp_path, *words) as (running, said):
        until(lambda: serves(command, port, data) or running.poll() is not None, PATIENCE_S)
        for _ in range(times):
            running.send_signal(asked)
        status = running.wait(PATIENCE_S)
        told = said.read_text()
        # Once it is asked and has ended its work, another signal may take what is left of it.
        assert status == 0 or (times > 1 and status == -asked), told
        assert "Traceback" not in told
        assert "SystemExit" not in told
        assert "KeyboardInterrupt" not in told


@pytest.mark.parametrize("asked", [signal.SIGTERM, signal.SIGINT])
def test_a_sync_ends_in_order(tmp_path: Path, asked: signal.Signals) -> None:
    """It waits for an answer that does not come, and then for the next try."""
    data = tmp_path / "data"
    a_journal(data)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}"
        words = ("--config", str(DEMO), "--data", str(data), "--county", url, "--window-s", "600")
        with process(tmp_path, "sync", *words) as (running, said):
            silent.settimeout(PATIENCE_S)
            silent.accept()[0].close()
            running.send_signal(asked)
            silent.accept()[0].close()
            running.send_signal(signal.SIGTERM)
            assert running.wait(PATIENCE_S) in (0, 75), said.read_text()
            assert "Traceback" not in said.read_text()


@pytest.mark.timeout(300)
def test_a_demo_ends_in_order_with_all_its_processes(tmp_path: Path) -> None:
    """Ctrl-C at a terminal reaches every process of the demo at the same time."""
    words = ("demo", "--port", "0", "--data", str(tmp_path / "data"))
    with process(tmp_path, *words) as (running, said):
        until(lambda: "Ctrl-C" in said.read_text() or running.poll() is not None, 200)
        os.killpg(running.pid, signal.SIGINT)
        assert running.wait(PATIENCE_S) == 0, said.read_text()
        told = said.read_text()
        assert "Traceback" not in told, told
        assert "SystemExit" not in told, told
