"""The station as a process: its loop in the main thread, the touch screen's pages and the rendering
of speech in threads.
"""

from __future__ import annotations

import gc
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from typing import Any
from wsgiref.types import WSGIApplication

import waitress

from devices import DeviceOfflineError
from devices.supervised import Online
from kiosk.journal.errors import StorageError
from kiosk.paths import Place
from kiosk.processes.content_in_use import load_door, load_shipped, strangers
from kiosk.processes.ending import end_on_faults, stop_on_signals
from kiosk.processes.telling import tell
from kiosk.processes.wiring import open_devices, station
from kiosk.records.reader import Reading
from kiosk.settings import Settings, SettingsError
from kiosk.station.degraded import OutOfUse, wait_out
from kiosk.station.emergency_file import EmergencyFile
from kiosk.station.loop import Station
from kiosk.station.render_plan import Chapter, Speech, chapters
from kiosk.station.rendering import Preparing
from kiosk.station.snapshot import StationPort
from kiosk.station.watchdog import Heart, notify, pet
from ui.serving import served
from ui.texts import DOOR, Texts, find_gaps, load_texts, summed_up
from ui.touch.app import create_app
from ui.touch.demo import DemoPort
from ui.touch.emergency_page import EmergencyPage, emergency_page
from ui.touch.screens import every_sentence

_LOOK_FOR_CONTENT_S = 0.5
"""How soon the thread that waits for new content notices that the station ends."""
_SILENT_S = 4
_MOST_BYTES = 1 << 20
"""The application itself refuses what is over its limit, in its own words; this keeps the rest off
the disk.
"""


def make_server(app: WSGIApplication, port: int, threads: int, silent_s: int = _SILENT_S) -> Any:
    """Make the touch screen's server, on the loopback address and ready to run.

    A connection on which nothing is asked and nothing comes for `silent_s` is closed: a hundred
    half-sent requests would keep the screen out until then. A stream is a request that is being
    answered, and stays.
    """
    return waitress.create_server(
        app,
        host="127.0.0.1",
        port=port,
        threads=threads,
        ident=None,
        max_request_body_size=_MOST_BYTES,
        channel_timeout=silent_s,
        cleanup_interval=silent_s // 4,
        channel_request_lookahead=1,  # a closed tab is noticed at once and gives its stream back
        clear_untrusted_proxy_headers=True,
    )


@contextmanager
def running(
    settings: Settings, place: Place, port: int, demo: Callable[[Station], DemoPort] | None = None
) -> Iterator[tuple[Station, int]]:
    """Open a station with its pages and its voice; the caller runs its loop (`Station.run`)."""
    stop = threading.Event()
    texts = load_texts(place.config / settings.content.texts)
    with station(
        settings, place, load_shipped(settings, place), lambda part: texts.say(f"part.{part}")
    ) as ready:
        app = create_app(
            ready,
            texts,
            targets=place.content(settings.content.packs),
            stop=stop,
            demo=demo(ready) if demo else None,
            reader_at=settings.touch.reader_at,
            time_zone=settings.station.time_zone,
            emergency=place.emergency_page,
        )
        speaks = settings.voice["driver"] != "disabled"
        if speaks:
            ready.speech_prepared(Speech(ready=0, total=1, needed_ready=0, needed=1))
        with served(make_server(app, port, settings.touch.threads)) as effective_port:
            open_devices(settings, place, ready)
            # After the voice: a page without sound never takes the place of one that has it.
            page = keep_emergency_page(ready, texts, place, effective_port)
            speech = prepare_voice(ready, texts, place, page.again)
            ready.when_changed = partial(_look_again, speech, page)
            threading.Thread(target=page.run, name="emergency", daemon=True).start()
            if speaks:
                threading.Thread(target=speech.run, name="voice", daemon=True).start()
            threading.Thread(
                target=take_up, args=(ready, texts, stop), name="content", daemon=True
            ).start()
            try:
                yield ready, effective_port
            finally:
                speech.stop()
                page.stop()
                stop.set()  # the streams end first: they hold workers


def serve_station(settings: Settings, place: Place, port: int | None = None) -> None:
    """Run the station until SIGTERM or Ctrl-C.

    While the disk refuses, the door says so and the station waits. Raise SettingsError for a clock
    that is always trusted: what is recorded in earnest needs one that somebody vouches for.
    """
    if settings.clock.trust == "always":
        raise SettingsError(
            '[clock] trust = "always" 只用于演示和测试，班前站要用核对过的时钟：'
            '请改成 trust = "ntp"，或者用 kiosk demo 运行演示'
        )
    end_on_faults()
    for line in summed_up(find_gaps(place.config / settings.content.texts, DOOR)):
        tell(line, err=True)
    for stranger in strangers(settings, place):
        tell(str(stranger), err=True)
    port = settings.touch.port if port is None else port
    asked = threading.Event()
    stop_on_signals(asked.set)
    while not asked.is_set():
        try:
            _run_station(settings, place, port, asked)
        except StorageError as error:
            _out_of_use(settings, place, port, str(error), asked)


def _run_station(settings: Settings, place: Place, port: int, asked: threading.Event) -> None:
    """Run until `asked` to end; who asks while it starts is not forgotten."""
    with running(settings, place, port) as (ready, _):
        # One event: what the handler of before sets late, in its thread, ends this loop too.
        ready.stopping = asked
        stop_on_signals(ready.stop)
        with petted(ready.heart):
            settle()
            notify("READY=1")
            ready.run()
            notify("STOPPING=1")


def _out_of_use(
    settings: Settings, place: Place, port: int, reason: str, asked: threading.Event
) -> None:
    """Show at the door why the station cannot begin, until it can or is asked to end."""
    streams_end, heart = threading.Event(), Heart()
    stop_on_signals(asked.set)
    shown = OutOfUse(settings.station.name, load_door(settings, place), reason)
    texts = load_texts(place.config / settings.content.texts)
    if not place.emergency_page.exists():  # one of before has its sound
        keep_emergency_page(shown, texts, place, port).keep()
    app = create_app(
        shown,
        texts,
        targets=place.content(settings.content.packs),
        stop=streams_end,
        time_zone=settings.station.time_zone,
        emergency=place.emergency_page,
    )
    with petted(heart), served(make_server(app, port, settings.touch.threads)):
        notify("READY=1")
        wait_out(settings, place, shown, asked, heart)
        streams_end.set()


@contextmanager
def petted(heart: Heart) -> Iterator[None]:
    """Keep systemd's watchdog quiet while the heart beats."""
    stopped = threading.Event()
    threading.Thread(
        target=pet, args=({"loop": heart}, stopped), name="watchdog", daemon=True
    ).start()
    try:
        yield
    finally:
        stopped.set()


def settle() -> None:
    """Collect garbage from now on, and never again look through what the start has made: that
    stays.
    """
    gc.collect()
    gc.freeze()
    gc.enable()


def _look_again(speech: Preparing, page: EmergencyFile) -> None:
    speech.again()
    page.again()


def keep_emergency_page(ready: StationPort, texts: Texts, place: Place, port: int) -> EmergencyFile:
    """Return what keeps the emergency page of a station on the disk."""

    def draw() -> EmergencyPage:
        url = f"http://127.0.0.1:{port}/"
        return emergency_page(ready.door, texts, ready.clip, ready.name, url)

    return EmergencyFile(place.emergency_page, draw, partial(tell, err=True))


def prepare_voice(
    ready: Station, texts: Texts, place: Place, prepared: Callable[[], None]
) -> Preparing:
    """Return what renders every sentence the screen can speak, before it is needed; those that
    people wait for first.

    `prepared` is called when all can be heard, or no more.
    """

    def planned() -> Sequence[Chapter]:
        with Reading.open(place.data) as reading:
            people = reading.workers().values()
        return chapters(ready.door, people, lambda door: every_sentence(door, texts))

    def told(speech: Speech | None) -> None:
        ready.speech_prepared(speech)
        if speech is None or speech.ready == speech.total:
            prepared()

    return Preparing(lambda: ready.devices.voice, planned, told)


def take_up(ready: Station, texts: Texts, stop: threading.Event) -> None:
    """Render all that is published while the station runs, and hand it to the door."""
    while not stop.is_set():
        if ready.renewal.changed.wait(_LOOK_FOR_CONTENT_S):
            renew_content(ready, texts, partial(_paused, ready, stop))


def renew_content(ready: Station, texts: Texts, paused: Callable[[float], bool]) -> None:
    """Render the sentences of new content, and hand it to the door; while the voice is offline the
    old stays in use.

    `paused` waits for a number of seconds, and returns whether this is still worth while: nothing
    newer was published, and the station goes on.
    """
    door = ready.renewal.next_door(ready.door)
    sentences = every_sentence(door, texts)
    wait_s: float | None = 0.0
    while wait_s is not None and paused(wait_s):
        voice = ready.devices.voice
        try:
            voice.render(sentences, ready.renewal.spoken)
            ready.renewal.offer(door)
            wait_s = None
        except DeviceOfflineError as error:
            is_there = isinstance(voice.state, Online)
            wait_s = ready.renewal.failed(door, str(error), is_voice_there=is_there)
        ready.device_changed()


def _paused(ready: Station, stop: threading.Event, wait_s: float) -> bool:
    until = time.monotonic() + wait_s
    while not stop.is_set() and not ready.renewal.changed.is_set():
        if (left_s := until - time.monotonic()) <= 0:
            return True
        stop.wait(min(left_s, _LOOK_FOR_CONTENT_S))
    return False
