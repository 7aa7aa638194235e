"""The Unix socket on which the station takes commands; who may connect is decided by the socket's file permissions."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Callable
from pathlib import Path

import msgspec

from kiosk.commands import Command, Declined, Reply

_MOST_BYTES = 8 * 1024 * 1024
_PATIENCE_S = 10.0


class CommandServer:
    """Listens at `path` and answers each line with what `carry_out` says."""

    def __init__(self, path: Path, carry_out: Callable[[Command], Reply]) -> None:
        path.unlink(missing_ok=True)
        self._path = path
        self._server = _Server(str(path), _handler(carry_out))
        path.chmod(0o660)
        self._thread = threading.Thread(target=self._server.serve_forever, name="commands", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Stop listening and remove the socket."""
        self._server.shutdown()
        self._server.server_close()
        self._path.unlink(missing_ok=True)


class _Server(socketserver.ThreadingUnixStreamServer):
    daemon_threads = True


def _handler(carry_out: Callable[[Command], Reply]) -> type[socketserver.StreamRequestHandler]:
    class Handler(socketserver.StreamRequestHandler):
        timeout = _PATIENCE_S

        def handle(self) -> None:
            line = self.rfile.readline(_MOST_BYTES)
            self.wfile.write(msgspec.json.encode(_answer(line, carry_out)) + b"\n")

    return Handler


def _answer(line: bytes, carry_out: Callable[[Command], Reply]) -> Reply:
    try:
        command = msgspec.json.decode(line, type=Command)
    except (msgspec.DecodeError, msgspec.ValidationError) as error:
        return Declined(f"命令无法识别：{error}")
    return carry_out(command)
