"""The emergency page over HTTP, for the live page to hold it ready."""

from __future__ import annotations

from pathlib import Path

from flask import Flask, Response, request

from kiosk.flow.door import Door
from kiosk.station.snapshot import StationPort
from ui.texts import Texts
from ui.touch.emergency_page import emergency_page
from ui.touch.media import file_response

_POLICY = "frame-ancestors 'self'; base-uri 'none'; form-action 'none'; object-src 'none'"
"""What its own policy, which is in the page, cannot say, and more."""


def add_emergency(app: Flask, station: StationPort, texts: Texts, file: Path | None) -> None:
    """Add the page: the file that lies ready, or one drawn without sound where there is none."""
    drawn = _Drawn(station, texts)

    @app.get("/emergency.html")
    def emergency() -> Response:
        if file is not None and file.is_file():
            response = file_response(file, "text/html", "no-cache")
        else:
            response = drawn.response(request.host_url)
        response.headers["Content-Security-Policy"] = _POLICY
        return response


class _Drawn:
    """The page without sound, drawn once for each door."""

    def __init__(self, station: StationPort, texts: Texts) -> None:
        self._station = station
        self._texts = texts
        self._last: tuple[Door | None, bytes, str] = (None, b"", "")

    def response(self, url: str) -> Response:
        """Return the page as it is now, or that the browser has it."""
        door, content, etag = self._last
        if door is not self._station.door:
            door = self._station.door
            page = emergency_page(door, self._texts, _silence, self._station.name, url)
            content, etag = page.whole(), page.digest
            self._last = (door, content, etag)
        response = Response(content, mimetype="text/html")
        response.set_etag(etag)
        response.headers["Cache-Control"] = "no-cache"
        response.make_conditional(request)
        return response


def _silence(_text: str) -> None:
    return None
