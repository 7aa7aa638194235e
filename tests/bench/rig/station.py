"""`kiosk station` as it runs in earnest, on devices that no computer lacks."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import msgspec

from kiosk.commands.protocol import Recorded, send
from kiosk.demo.run import voice_cache
from kiosk.demo.services import ports_from
from kiosk.flow.door import Door
from kiosk.model.people import CardNumber, Role, Roster, Worker
from kiosk.paths import Place
from kiosk.processes.content_in_use import load_door
from kiosk.records.people.commands import ChangeRoster
from kiosk.records.station.commands import AskHealth, Health
from kiosk.settings import load
from tests.bench.rig.process import process, until_page

Table = Mapping[str, str | float]
POST = "press-operator"
SUPERVISOR = "S001"
_RENDERING_S, _LOOK_EVERY_S = 90.0, 0.05
_CONFIG = Path(__file__).resolve().parents[3] / "config"
_TABLES: Mapping[str, Table] = {
    "station": {"id": "bench-0001", "name": "一号车间东门", "enterprise": "示例机械厂"},
    "timings": {
        "dwell_s": 0.0,
        "syllable_s": 0.0,
        "warn_s": 600.0,
        "abandon_s": 600.0,
        "failed_s": 600.0,
    },
    "card_reader": {"driver": "serial", "port": "{data}/reader"},
    "camera": {"driver": "disabled"},
    "voice": {"driver": "simulated", "cache_dir": str(voice_cache().with_name("silence"))},
    "lights": {"driver": "gpio", "factory": "mock", "red": 17, "yellow": 27, "green": 22},
    "buttons": {"driver": "gpio", "factory": "mock", "confirm": 5, "abnormal": 6},
}


class StationProcess(msgspec.Struct, frozen=True):
    """A running station: where its page and its data are, and which process it is."""

    port: int
    pid: int
    data: Path


def written_settings(folder: Path, **changes: Table) -> Path:
    """Write settings into a folder, with the product's own content and texts; `changes` replace
    keys of tables.
    """
    for content in ("packs", "lists", "rules", "sample", "texts"):
        (folder / content).symlink_to(_CONFIG / content)
    tables = {name: {**table, **changes.get(name, {})} for name, table in _TABLES.items()}
    lines = [line for name, table in tables.items() for line in (f"[{name}]", *_lines(table))]
    path = folder / "kiosk.toml"
    path.write_text("\n".join(lines))
    return path


def _lines(table: Table) -> Iterator[str]:
    yield from (f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in table.items())


def door_of(settings: Path) -> Door:
    """Load the content that a station with these settings has."""
    return load_door(load(settings), Place(settings.parent, settings.parent))


@contextmanager
def a_station(settings: Path, data: Path) -> Iterator[StationProcess]:
    """Run a station from its settings file until the block ends; begins with its first page."""
    port = ports_from(0).touch
    arguments = ("-m", "kiosk", "station", "--config", settings, "--data", data, "--port", port)
    with process(*arguments) as running:
        until_page(running, port)
        yield StationProcess(port, running.pid, data)


def hire(station: StationProcess, how_many: int) -> tuple[str, ...]:
    """Register this many workers of one post, and a supervisor, and wait until their check can be
    heard: a card before that would only be asked to wait. Return the numbers of the workers' cards
    (10H).
    """
    workers = tuple(Worker(f"A{number:04}", "张三", posts=(POST,)) for number in range(how_many))
    cards = tuple(
        CardNumber(worker.id, "10H", f"5A{number:08X}") for number, worker in enumerate(workers)
    )
    supervisor = Worker(SUPERVISOR, "王五", role=Role.SUPERVISOR)
    reply = send(station.data / "station.sock", ChangeRoster(Roster((*workers, supervisor), cards)))
    assert isinstance(reply, Recorded), reply
    _until_heard(station)
    return tuple(card.number for card in cards)


def _until_heard(station: StationProcess) -> None:
    """Wait until everything is rendered. Raise RuntimeError when that takes too long."""
    ends_s = time.monotonic() + _RENDERING_S
    while True:
        health = send(station.data / "station.sock", AskHealth())
        assert isinstance(health, Health), health
        if health.speech and health.speech[0] == health.speech[1]:
            return
        if time.monotonic() > ends_s:
            raise RuntimeError(f"the station at {station.data} has rendered {health.speech}")
        time.sleep(_LOOK_EVERY_S)
