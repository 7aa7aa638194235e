"""The touch screen over HTTP, on the loopback address: the page, its events, touches, pictures and
clips.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from flask import Flask, Response, render_template, request

from kiosk.station.snapshot import StationPort
from ui.texts import Texts
from ui.touch.answers import json_response, with_headers
from ui.touch.demo import LAMPS, PLUGS, SCENES, UNKNOWN_CARD, DemoPort, drawer
from ui.touch.drawing import dress
from ui.touch.emergency_served import add_emergency
from ui.touch.guard import may_read, may_touch
from ui.touch.media import add_media
from ui.touch.payload import Payloads
from ui.touch.pieces import remember_buttons
from ui.touch.refusals import add_refusals, refusal
from ui.touch.screens import Screen, screen
from ui.touch.streams import Streams
from ui.touch.touching import add_touches

SHEETS = (
    "theme.css",
    "frame.css",
    "buttons.css",
    "arriving.css",
    "choosing.css",
    "permit.css",
    "drill.css",
    "confirming.css",
    "closing.css",
    "crew.css",
    "proposing.css",
    "emergency.css",
    "emergency-card.css",
)
_LARGEST_TOUCH = 400_000


def create_app(
    station: StationPort,
    texts: Texts,
    *,
    targets: Path,
    stop: threading.Event,
    demo: DemoPort | None = None,
    clock_s: Callable[[], float] = time.monotonic,
    reader_at: str = "below",
    time_zone: str | None = None,
    emergency: Path | None = None,
) -> Flask:
    """Make the touch screen of a station.

    `targets` is the folder of the packs, whose pictures are shown; `stop` ends the streams.
    `clock_s` is the station's monotonic clock. `reader_at` says where the card reader is, seen from
    the screen: left, right or below. `time_zone` is that of the clock on the screen; the machine's
    own when absent. `emergency` is the file of the emergency page, which is drawn without its sound
    when there is none.
    """
    app = Flask(__name__)
    app.config["MAX_CONTENT_LENGTH"] = _LARGEST_TOUCH
    dress(app.jinja_env, texts, station.name, reader_at, time_zone or "")
    payloads = Payloads(station, texts, _drawer(app))
    _guard(app, texts)
    _add_page(app, station, texts, demo, clock_s, ZoneInfo(time_zone) if time_zone else None)
    _add_events(app, Streams(station, payloads, stop), texts)
    add_touches(app, station, payloads, texts)
    add_media(app, station, texts, targets)
    add_emergency(app, station, texts, emergency)
    add_refusals(app, texts)
    if demo is not None:
        app.register_blueprint(drawer(demo))
    app.after_request(with_headers)
    return app


def _drawer(app: Flask) -> Callable[[Screen, int], str]:
    """Draw the inside of the kiosk without a request, which is much of the time of a small
    template.
    """
    template = app.jinja_env.get_template("kiosk.html")
    remember_buttons(app.jinja_env, _path_of)
    return lambda shown, turn: template.render(screen=shown, turn=turn, clock="", url_for=_path_of)


def _path_of(endpoint: str, **values: str) -> str:
    paths = {"photo": "/photo/{digest}.jpg", "target": "/target/{pack}/{name}"}
    return paths[endpoint].format(**values)


def _guard(app: Flask, texts: Texts) -> None:
    @app.before_request
    def only_our_own() -> Response | None:
        mine = may_read(request.headers)
        if request.method not in ("GET", "HEAD"):
            mine = mine and may_touch(request.headers)
        return None if mine else refusal(texts.say("error.foreign"), 403)


def _add_page(
    app: Flask,
    station: StationPort,
    texts: Texts,
    demo: DemoPort | None,
    clock_s: Callable[[], float],
    zone: ZoneInfo | None,
) -> None:
    @app.get("/")
    def page() -> str:
        snapshot = station.snapshot()
        return render_template(
            "page.html",
            screen=screen(snapshot, station.door, texts),
            turn=snapshot.state.turn,
            now_s=clock_s(),
            clock=datetime.now(zone).strftime("%H:%M"),
            sheets=SHEETS,
            demo=demo,
            people=demo.people() if demo else (),
            scenes=[name for name in SCENES if demo and name in demo.scenes()],
            plugs=PLUGS,
            lamps=LAMPS,
            unknown_card=UNKNOWN_CARD.hex(),
        )

    @app.get("/healthz")
    def healthz() -> Response:
        """Return the state of the station and its devices; `kiosk doctor` asks for it while the
        station holds them. The emergency page, opened from a file, asks only whether anybody is
        there.
        """
        snapshot = station.snapshot()
        response = json_response(
            {"ok": True, "version": snapshot.version, "devices": dict(snapshot.devices)}
        )
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
        return response


def _add_events(app: Flask, streams: Streams, texts: Texts) -> None:
    def nobody_left() -> bool:
        return False

    @app.get("/events")
    def events() -> Response:
        stream = streams.open(request.environ.get("waitress.client_disconnected", nobody_left))
        if stream is None:
            return refusal(texts.say("error.too_many"), 503, {"Retry-After": "3"})
        return Response(stream, mimetype="text/event-stream")
