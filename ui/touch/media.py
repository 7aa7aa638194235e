"""Pictures and sounds: what the camera sees, the photos taken, the pictures of targets, the
rendered sentences.
"""

from __future__ import annotations

import io
from pathlib import Path

from flask import Flask, Response, abort, send_file
from werkzeug.security import safe_join

from kiosk.station.snapshot import StationPort
from ui.texts import Texts
from ui.touch.answers import FOR_EVER
from ui.touch.clips import Clips
from ui.touch.screens import every_sentence

_PICTURES = {
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".png": "image/png",
    ".svg": "image/svg+xml",
}


def add_media(app: Flask, station: StationPort, texts: Texts, targets: Path) -> None:
    """Add everything that is not words.

    Photos of people are never cached; clips are, for their key is their content.
    """
    clips = Clips(station, lambda: every_sentence(station.door, texts))

    @app.get("/preview.jpg")
    def preview() -> Response:
        picture = station.preview()
        if picture is None:
            abort(503)
        return Response(picture, mimetype="image/jpeg")

    @app.get("/photo/<digest>.jpg")
    def photo(digest: str) -> Response:
        return file_response(station.photo(digest), "image/jpeg", "no-store")

    @app.get("/voice/<key>.wav")
    def voice(key: str) -> Response:
        return file_response(clips.path(key), "audio/wav", FOR_EVER)

    @app.get("/target/<pack>/<path:name>")
    def target(pack: str, name: str) -> Response:
        path = safe_join(_folder(station, pack) or str(targets / pack), "targets", name)
        kind = _PICTURES.get(Path(name).suffix.lower())
        return file_response(Path(path) if path and kind else None, kind or "", "no-cache")


def _folder(station: StationPort, pack_id: str) -> str:
    """Return the folder of a pack in use; one that was published lies elsewhere than the shipped
    ones.
    """
    return next((pack.folder for pack in station.door.packs if pack.id == pack_id), "")


def file_response(path: Path | None, kind: str, caching: str) -> Response:
    """Return a file, or nothing where the browser has it; 404 where there is none."""
    if path is None or not path.is_file():
        abort(404)
    # As bytes: a browser that goes away in mid-picture would leave the file to the garbage
    # collector.
    told, content = path.stat(), io.BytesIO(path.read_bytes())
    etag = f"{told.st_mtime_ns}-{told.st_size}"
    response = send_file(content, kind, etag=etag, last_modified=told.st_mtime)
    response.headers["Cache-Control"] = caching
    return response
