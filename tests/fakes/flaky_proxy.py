"""A TCP line that breaks on demand, between a real client and a real server."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Callable
from types import TracebackType
from typing import Self


class FlakyProxy:
    """Passes bytes to the port `target` and back, and counts them over all connections in `up` and
    `down`.

    `cut_up_at`, `cut_down_at`: the line breaks once, when so many bytes in all have gone that way.
    `mute`: the line breaks whenever an answer begins; the server has done what it was asked and
    nobody hears of it. `before_answer`: called when an answer begins, before its first byte goes
    back.
    """

    def __init__(self, target: int) -> None:
        self.target = target
        self.up = 0
        self.down = 0
        self.connections = 0
        self.cut_up_at: int | None = None
        self.cut_down_at: int | None = None
        self.mute = False
        self.before_answer: Callable[[], None] | None = None
        self._sockets: set[socket.socket] = set()
        self._lock = threading.Lock()
        self._threads: list[threading.Thread] = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]

    def __enter__(self) -> Self:
        self._start(self._accept)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._hang_up(self._listener)
        self._hang_up(*self._sockets)
        for thread in self._threads:
            thread.join(5)

    def _start(self, run: Callable[..., None], *args: socket.socket) -> None:
        thread = threading.Thread(target=run, args=args, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            self.connections += 1
            try:
                server = socket.create_connection(("127.0.0.1", self.target))
            except OSError:
                client.close()
                continue
            for each in (client, server):
                each.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            with self._lock:
                self._sockets |= {client, server}
            self._start(self._pass_up, client, server)
            self._start(self._pass_down, server, client)

    def _pass_up(self, client: socket.socket, server: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while data := client.recv(4096):
                before, self.up = self.up, self.up + len(data)
                if self.cut_up_at is not None and self.up > self.cut_up_at:
                    server.sendall(data[: self.cut_up_at - before])
                    self.cut_up_at = None
                    break
                server.sendall(data)
        self._hang_up(client, server)

    def _pass_down(self, server: socket.socket, client: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while data := server.recv(4096):
                if self.before_answer is not None:
                    self.before_answer()
                if self.mute:
                    break
                before, self.down = self.down, self.down + len(data)
                if self.cut_down_at is not None and self.down > self.cut_down_at:
                    client.sendall(data[: self.cut_down_at - before])
                    self.cut_down_at = None
                    break
                client.sendall(data)
        self._hang_up(server, client)

    def _hang_up(self, *sockets: socket.socket) -> None:
        with self._lock:
            self._sockets -= set(sockets)
        for each in sockets:
            with contextlib.suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
            each.close()
