"""A roster of 20,000 people from a spreadsheet: reading and checking it, and taking it over,
compared with openpyxl reading the same file.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from statistics import median

import msgspec

from kiosk.commands.protocol import Recorded
from kiosk.journal.blobs import PHOTOS, Photos
from kiosk.journal.clock import system_moment
from kiosk.journal.log import Journal
from kiosk.model.people import CardNumber, Certificate, Role, Roster, Worker
from kiosk.records.people.commands import ChangeRoster, ImportRoster
from kiosk.records.reader import Reading
from kiosk.records.station.facts import HeadSigned
from kiosk.rosters import write_people
from kiosk.station.handlers import CarryingOut
from tests.bench.floors.roster import Cost
from tests.bench.result import Result, folder_on_disk

_OFFICER = Worker("A009", "吴九", role=Role.SUPERVISOR)


class Load(msgspec.Struct, frozen=True):
    """How many people, and how often their list is read."""

    people: int
    runs: int


FULL, SMALLEST = Load(20_000, 3), Load(20, 1)


def run(load: Load = FULL) -> list[Result]:
    """Read the same file both ways in turn, each in a process of its own, then hand it to a
    journal.
    """
    with folder_on_disk() as folder:
        file = folder / "people.xlsx"
        people = tuple(_people(load.people))
        file.write_bytes(write_people(people, {"welder": "电焊工"}, ("熔化焊接与热切割作业",)))
        costs = [(_cost("import", file), _cost("bare", file)) for _ in range(load.runs)]
        ours, floor = zip(*costs, strict=True)
        took_s = _taking_over_s(folder / "data", Roster(people, tuple(_cards(people))))
    return [
        Result(
            f"import {load.people:,} rows; openpyxl reading them",
            _seconds(ours),
            _seconds(floor),
            "s",
            aim=2,
        ),
        Result("… its peak memory, child and parent", _peak(ours), _peak(floor), "MB", aim=2),
        Result(
            "… taking over all of them with a card each, during which the door waits",
            took_s,
            _seconds(floor),
            "s",
        ),
    ]


def _people(how_many: int) -> Iterator[Worker]:
    for number in range(how_many):
        held = Certificate("熔化焊接与热切割作业", date(2030, 12, 31), f"样例-{number:05}")
        yield Worker(
            f"P{number:05}",
            f"样例{number}",
            f"{number % 40}班",
            posts=("welder",),
            certificates=(held,),
        )


def _cards(people: tuple[Worker, ...]) -> Iterator[CardNumber]:
    for number, worker in enumerate(people, 1):
        yield CardNumber(worker.id, "10D", f"{number:010}")


def _cost(way: str, file: Path) -> Cost:
    command = [sys.executable, "-m", "tests.bench.floors.roster", way, str(file)]
    return msgspec.json.decode(
        subprocess.run(command, capture_output=True, check=True).stdout, type=Cost
    )


def _seconds(costs: tuple[Cost, ...]) -> float:
    return median(cost.seconds for cost in costs)


def _peak(costs: tuple[Cost, ...]) -> float:
    return median(cost.peak_mb for cost in costs)


def _taking_over_s(data: Path, roster: Roster) -> float:
    data.mkdir()
    with Journal.open(data, "bench-0001", system_moment) as journal, Reading.open(data) as reading:
        carry_out = CarryingOut(journal, reading, Photos(data / PHOTOS), b"secret", _no_signing)
        carry_out(ChangeRoster(Roster((_OFFICER,))))
        began_s = time.perf_counter()
        assert isinstance(carry_out(ImportRoster(_OFFICER.id, roster)), Recorded)
        return time.perf_counter() - began_s


def _no_signing(_seq: int, _head: str) -> HeadSigned:
    raise AssertionError
