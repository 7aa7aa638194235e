"""The windows that supervisors look through, and a worker for them to look at."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page

from tests.fakes.desk import Desk

OpenPage = Callable[..., Page]
PHONE, TABLET, LYING, DESK = (360, 740), (768, 1024), (1024, 600), (1440, 900)


def a_checked_worker(desk: Desk, picture: bytes, worker: str = "A001") -> str:
    return desk.a_check(
        worker, post="welder" if worker == "A002" else "press", photo=lambda _part: picture
    )
