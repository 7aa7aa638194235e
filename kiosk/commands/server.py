"""The Unix socket on which the station takes commands.

Who may connect is decided by the socket's file permissions, what a peer may ask for by its user, as
the kernel reports it.
"""

from __future__ import annotations

import contextlib
import os
import socket
import socketserver
import struct
import threading
import time
from collections.abc import Callable
from pathlib import Path

import msgspec

from kiosk.commands.protocol import FROM_ANY_USER, Command, Declined, Reply

_MOST_BYTES = 8 * 1024 * 1024
_PATIENCE_S = 10.0
_CREDENTIALS = struct.Struct("iII")


class CommandServer:
    """Listens at `path` and answers each line with what `carry_out` says; a line must be there
    within `patience_s`.
    """

    def __init__(
        self, path: Path, carry_out: Callable[[Command], Reply], patience_s: float = _PATIENCE_S
    ) -> None:
        path.unlink(missing_ok=True)
        self._path = path
        self._server = _Server(str(path), _handler(carry_out, patience_s))
        path.chmod(0o660)
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._serve, name="commands", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Stop listening and remove the socket."""
        self._closing.set()
        self._server.socket.shutdown(socket.SHUT_RDWR)  # wakes the thread that waits for a peer
        self._thread.join()
        self._server.server_close()
        self._path.unlink(missing_ok=True)

    def _serve(self) -> None:
        """Answer until `close`.

        Not `serve_forever`: that looks every half second whether it shall end, for as long as the
        station runs, and who closes it waits for the next look.
        """
        while not self._closing.is_set():
            self._server.handle_request()


class _Server(socketserver.ThreadingUnixStreamServer):
    daemon_threads = True
    request_queue_size = 64


def _handler(
    carry_out: Callable[[Command], Reply], patience_s: float
) -> type[socketserver.BaseRequestHandler]:
    class Handler(socketserver.BaseRequestHandler):
        request: socket.socket

        def handle(self) -> None:
            with contextlib.suppress(OSError):  # a peer that is slow or gone waits for no answer
                line = _line(self.request, time.monotonic() + patience_s)
                reply = _answer(line, _uid_of(self.request), carry_out)
                self.request.settimeout(patience_s)
                self.request.sendall(msgspec.json.encode(reply) + b"\n")

    return Handler


def _line(channel: socket.socket, until_s: float) -> bytes:
    """Read a line, or all there is.

    Raise TimeoutError when it is not there in time, however it trickles in.
    """
    received = bytearray()
    while not received.endswith(b"\n") and len(received) < _MOST_BYTES:
        left_s = until_s - time.monotonic()
        if left_s <= 0:
            raise TimeoutError
        channel.settimeout(left_s)
        more = channel.recv(1 << 16)
        if not more:
            break
        received += more
    return bytes(received)


def _uid_of(channel: socket.socket) -> int:
    """Return the user at the other end, as it was when the peer connected (SO_PEERCRED, unix(7):
    pid, uid, gid).
    """
    credentials = channel.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, _CREDENTIALS.size)
    _, uid, _ = _CREDENTIALS.unpack(credentials)
    return int(uid)


def _answer(line: bytes, uid: int, carry_out: Callable[[Command], Reply]) -> Reply:
    try:
        command: Command = msgspec.json.decode(line, type=Command)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        return Declined(f"命令无法识别：{error}")
    if uid != os.getuid() and not isinstance(command, FROM_ANY_USER):
        return Declined("没有权限：这项命令只能由运行班前站的用户发出")
    try:
        return carry_out(command)
    except TimeoutError:
        return Declined("班前站忙，没有及时答复；请先看看是否已经记录，再决定是否重试")
