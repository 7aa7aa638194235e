"""A station as systemd runs it: a process of its own that is killed, whose lamps are put out then,
and that starts again.

Everything real is played from outside: bytes on the reader's wire, touches over HTTP, and an eye on
the file that stands for the pins.
"""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping
from contextlib import closing
from http.client import HTTPConnection, HTTPException
from pathlib import Path

import msgspec

from devices.lights import Lamps, lights_off
from devices.supervised import Offline, Online
from kiosk.commands.protocol import Recorded, send
from kiosk.demo.cards import card_of, rdm6300_frame
from kiosk.demo.screen import TouchScreen
from kiosk.demo.tty import ReaderTty
from kiosk.journal.entries import Entry
from kiosk.packs import load_roster
from kiosk.records.people.commands import ChangeRoster
from kiosk.records.reader import Reading
from tests.fakes.ports import free_port
from tests.fakes.waiting import until

ROOT = Path(__file__).resolve().parents[2]
CONFIG = ROOT / "config"
STATION = "test-0001"
ROSTER = load_roster(CONFIG / "sample/people.toml")
START_S = 60.0
LOOK_S = 0.5
"""How often this station looks after its disk."""

Table = Mapping[str, object]

STILL: Table = {
    "dwell_s": 0.0,
    "syllable_s": 0.0,
    "photo_s": 30.0,
    **dict.fromkeys(
        ("listen_s", "countdown_s", "warn_s", "abandon_s", "passed_s", "failed_s"), 600.0
    ),
    **dict.fromkeys(("refused_s", "on_record_s", "side_s"), 600.0),
}
"""Every screen stays until it is touched."""


class Health(msgspec.Struct):
    """What the station says of itself."""

    version: int
    devices: dict[str, Online | Offline]


class Door:
    """One station with its folder, its wire and its lamps; `start` begins a process, `kill` is
    SIGKILL and what systemd does then.
    """

    def __init__(self, folder: Path, data: Path | None = None) -> None:
        # A copy: the content that a station runs with does not change while it is open.
        shutil.copytree(CONFIG, folder / "config")
        self.data = data or folder / "data"
        self.config = folder / "config" / "kiosk.toml"
        self.lamps_file = folder / "lamps.json"
        self.log = folder / "station.log"
        self.reader = ReaderTty(folder / "reader")
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.process: subprocess.Popen[bytes] | None = None
        self.screen: TouchScreen

    def start(self, **tables: Table) -> None:
        """Start the process and wait until it takes cards; `tables` add to those of its
        settings.
        """
        self.begin(self._takes_cards, **tables)

    def begin(self, ready: Callable[[], bool] | None = None, **tables: Table) -> None:
        """Start the process and wait until it is ready: until it answers at all, if nothing else is
        said.
        """
        self._configure(tables)
        command = [sys.executable, "-m", "kiosk", "station", "--config", str(self.config)]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [*command, "--data", str(self.data), "--port", str(self.port)], stderr=log, cwd=ROOT
            )
        try:
            until(ready or self._answers, START_S)
        except BaseException:
            self.process.kill()
            self.process.wait()
            raise
        self.screen = TouchScreen(self.url)

    def enrol_everybody(self) -> None:
        """Hand the sample people to the running station."""
        assert isinstance(send(self.data / "station.sock", ChangeRoster(ROSTER)), Recorded)

    def health(self) -> Health:
        """Return the station's health."""
        return msgspec.json.decode(self.get("/healthz"), type=Health)

    def get(self, path: str) -> bytes:
        """Return a page. Raise OSError or HTTPException when nobody answers."""
        return self.ask("GET", path)[1]

    def ask(self, method: str, path: str, body: bytes | None = None) -> tuple[int, bytes]:
        """Make one request on a connection of its own; return status and body."""
        with closing(HTTPConnection("127.0.0.1", self.port, timeout=60)) as connection:
            connection.request(method, path, body)
            answer = connection.getresponse()
            return answer.status, answer.read()

    def tap(self, worker: str) -> None:
        """Hold a worker's card to the reader, and wait until the door has taken note."""
        number = card_of(ROSTER, worker)
        assert number is not None
        turn, left_out = self.screen.shown().turn, self._left_out()
        assert self.reader.write(rdm6300_frame(number))
        # Who is left out of a crew is a notice and an entry, and no new turn.
        until(lambda: self.screen.shown().turn > turn or self._left_out() > left_out)

    def lit(self) -> Lamps:
        """Look at the lamps."""
        return msgspec.json.decode(self.lamps_file.read_bytes(), type=Lamps)

    def entries(self) -> list[Entry]:
        """Return all that is recorded."""
        with Reading.open(self.data) as reading:
            return reading.entries(limit=100_000)

    def kinds(self) -> list[str]:
        """Return the kinds of all that is recorded."""
        return [entry.kind for entry in self.entries()]

    def kill(self) -> None:
        """Kill the process as a crash would, and wait until what it had started is gone too."""
        assert self.process is not None
        children = _children_of(self.process.pid)
        assert self.process.poll() is None, self.log.read_text()
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        self.screen.close()
        until(lambda: not any(map(_lives, children)))

    def after_the_end(self) -> None:
        """Do what the unit does after every end of the service (ExecStopPost=)."""
        assert lights_off.main(["--config", str(self.config)]) == 0

    def stop(self) -> None:
        """Stop the process in order; it must end without an error."""
        assert self.process is not None
        self.screen.close()
        self.process.terminate()
        assert self.process.wait(60) == 0, self.log.read_text()

    def close(self) -> None:
        """Stop what runs, and pull the plug."""
        if self.process is not None and self.process.poll() is None:
            self.stop()
        self.reader.unplug()

    def _left_out(self) -> int:
        return self.kinds().count("member.left_out")

    def _configure(self, tables: Mapping[str, Table]) -> None:
        settings: dict[str, Table] = {
            "station": {"id": STATION, "name": "东门", "enterprise": "示例厂"},
            "timings": STILL,
            "photos": {"deadline_s": 20.0},
            "disk": {"look_s": LOOK_S},
            "card_reader": {"driver": "serial", "port": str(self.reader.path)},
            "camera": {"driver": "simulated", "width_px": 640, "fps": 5},
            "voice": {"driver": "disabled"},
            "lights": {"driver": "simulated", "state_file": str(self.lamps_file), "green_s": 30.0},
            "buttons": {"driver": "disabled"},
        }
        changed = {
            name: {**settings.get(name, {}), **tables.get(name, {})}
            for name in {*settings, *tables}
        }
        self.config.write_text("".join(_toml(name, table) for name, table in changed.items()))

    def _answers(self) -> bool:
        assert self.process is not None
        assert self.process.poll() is None, self.log.read_text()
        try:
            return self.health().version > 0
        except (OSError, HTTPException, msgspec.DecodeError):
            return False

    def _takes_cards(self) -> bool:
        return self._answers() and isinstance(self.health().devices.get("card_reader"), Online)


def _toml(name: str, table: Table) -> str:
    lines = (f"{key} = {json.dumps(value, ensure_ascii=False)}\n" for key, value in table.items())
    return f"[{name}]\n{''.join(lines)}\n"


def _children_of(pid: int) -> list[int]:
    threads = Path(f"/proc/{pid}/task").iterdir()
    return [int(child) for thread in threads for child in (thread / "children").read_text().split()]


def _lives(pid: int) -> bool:
    """Return whether a process runs; one that only waits to be buried does not."""
    try:
        return ") Z " not in Path(f"/proc/{pid}/stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return False
