"""A whole shift of 60 checks through `advance` alone."""

from __future__ import annotations

import statistics
import time

from kiosk.flow.stages import Closed, Waiting
from tests.bench.result import Result
from tests.fakes.content import a_door, a_worker
from tests.fakes.visit import Visit

_CHECKS = 60
FULL, SMALLEST = 7, 1
"""Shifts."""


def run(rounds: int = FULL) -> list[Result]:
    """Send everybody of a shift through."""
    return [
        Result(
            "a shift of 60 checks through advance",
            statistics.median(_shift_ms() for _ in range(rounds)),
            None,
            "ms",
        )
    ]


def _shift_ms() -> float:
    visit = Visit(a_door())
    began_s = time.perf_counter()
    for number in range(_CHECKS):
        visit.badge(a_worker(f"A{number:03d}"))
        visit.until(Closed)
        visit.until(Waiting)
    return (time.perf_counter() - began_s) * 1000
