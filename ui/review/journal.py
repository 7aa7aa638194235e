"""The journal as one request sees it: opened when first asked for, closed when the answer is
made.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import cast

from flask import Flask, current_app, g

from kiosk.model.people import Worker
from kiosk.records.reader import Reading

ReadingFactory = Callable[[], Reading]
_KEY = "banqian.reading"


def init_app(app: Flask, factory: ReadingFactory) -> None:
    """Make the journal that `factory` opens available to the requests of an application."""
    app.extensions[_KEY] = factory
    app.teardown_appcontext(_close)


def reading() -> Reading:
    """Return this request's reader. Raise JournalError."""
    if "reading" not in g:
        g.reading = current_app.extensions[_KEY]()
    return cast(Reading, g.reading)


def workers() -> Mapping[str, Worker]:
    """Return everybody by id."""
    if "workers" not in g:
        g.workers = reading().workers()
    return cast(Mapping[str, Worker], g.workers)


def _close(_error: BaseException | None) -> None:
    if "reading" in g:
        g.reading.close()
