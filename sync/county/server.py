"""The county's receiver as a server: built from settings, served by waitress."""

from __future__ import annotations

import signal
import socket
import threading
from collections.abc import Callable
from contextlib import ExitStack
from datetime import datetime

from waitress import wasyncore
from waitress.server import create_server

from sync.county.app import create_app
from sync.county.errors import SettingsError
from sync.county.objects import Objects, open_objects
from sync.county.settings import CountySettings
from sync.county.store import Store
from sync.county.wording import NO_WORDS, Wording
from sync.times import utc_now


class CountyServer:
    """A county that is ready to run; `port` is open from the start."""

    def __init__(
        self,
        settings: CountySettings,
        now: Callable[[], datetime] = utc_now,
        words: Wording = NO_WORDS,
    ) -> None:
        self.objects: Objects = open_objects(settings.objects)
        with ExitStack() as stack:
            self.store = Store.open(settings.database)
            stack.callback(self.store.close)
            app = create_app(self.store, self.objects, settings, words, now)
            listening = _listen(settings)
            stack.pop_all()
        self.port: int = listening.getsockname()[1]
        self._closing = False
        self._trigger = threading.Lock()
        """Held to use or to close the pipe that wakes the loop: its number may belong to another
        file afterwards.
        """
        self._server = create_server(
            app,
            sockets=[listening],
            threads=settings.threads,
            connection_limit=settings.connections,
            channel_timeout=settings.channel_timeout_s,
            cleanup_interval=settings.channel_timeout_s // 4,
            # The application itself refuses what is over its limit, in its own words; this is the
            # last line.
            max_request_body_size=2 * settings.body_limit_mb << 20,
            ident=None,
            # Who asks, and by which address, only nginx on this machine may say. Not
            # X-Forwarded-Port: the station signs the host as it wrote it, whatever port nginx
            # listens on.
            trusted_proxy="127.0.0.1",
            trusted_proxy_count=1,
            trusted_proxy_headers={"x-forwarded-for", "x-forwarded-proto", "x-forwarded-host"},
            clear_untrusted_proxy_headers=True,
        )

    def run(self) -> None:
        """Serve until `close`; requests under way are finished."""
        try:
            while not self._closing:
                wasyncore.loop(timeout=1, use_poll=True, map=self._server._map, count=1)
        finally:
            self._server.task_dispatcher.shutdown()
            with self._trigger:
                self._closing = True
                wasyncore.close_all(self._server._map)
            self.store.close()

    def close(self) -> None:
        """Make `run` return; from any thread, and more than once."""
        with self._trigger:
            self.interrupt()

    def interrupt(self) -> None:
        """End `run`; from the handler of a signal, which interrupts `run` wherever it is: it
        takes no lock and raises nothing.
        """
        if not self._closing:
            self._closing = True
            self._server.pull_trigger()


def serve(settings: CountySettings, words: Wording = NO_WORDS) -> None:
    """Run the county until SIGTERM or Ctrl-C; `words` word what stations sent."""
    # Who asks while it starts is heard at its end. A list: the lock of an Event would be waited for
    # for ever by a second signal in the middle of the first.
    asked: list[bool] = []
    _on_signals(lambda: asked.append(True))
    server = CountyServer(settings, words=words)
    _on_signals(server.interrupt)
    if asked:
        server.interrupt()
    server.run()


def _on_signals(act: Callable[[], None]) -> None:
    for ending in (signal.SIGTERM, signal.SIGINT):
        signal.signal(ending, lambda _number, _frame: act())


def _listen(settings: CountySettings) -> socket.socket:
    try:
        return socket.create_server((settings.host, settings.port), backlog=1024)
    except OSError as error:
        raise SettingsError(f"cannot listen on {settings.host}:{settings.port}: {error}") from error
