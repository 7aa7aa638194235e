"""A network camera on loopback that can stall, vanish and come back, with the time in its
pictures.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from devices.camera.simulated import Settings
from devices.camera.worker import picture as pictures
from devices.camera.worker.simulated import Source


class MjpegServer(ThreadingHTTPServer):
    """Streams a drawn workshop, 640 x 360 at 15 fps, to every client."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Stream)
        self.flowing, self.gone = threading.Event(), threading.Event()
        self.frames_sent = 0
        self.scene = Source(Settings(width_px=640))
        self.resume()

    @property
    def url(self) -> str:
        """Return the address of the stream."""
        return f"http://127.0.0.1:{self.server_address[1]}/stream"

    def stall(self) -> None:
        """Keep every connection and send nothing more."""
        self.flowing.clear()

    def vanish(self) -> None:
        """Disconnect, and disconnect every client that connects again."""
        self.gone.set()
        self.flowing.set()

    def resume(self) -> None:
        """Send pictures again."""
        self.gone.clear()
        self.flowing.set()

    def handle_error(self, request: object, client_address: object) -> None:
        """A viewer that hangs up is nothing to report."""


class _Stream(BaseHTTPRequestHandler):
    server: MjpegServer

    def do_GET(self) -> None:
        if self.server.gone.is_set():
            return
        self.send_response(200)
        self.send_header("Content-Type", "multipart/x-mixed-replace; boundary=frame")
        self.end_headers()
        for jpeg in drawn_jpegs(self.server.scene):
            self.server.flowing.wait()
            if self.server.gone.is_set():
                return
            head = f"--frame\r\nContent-Type: image/jpeg\r\nContent-Length: {len(jpeg)}\r\n\r\n"
            self.wfile.write(head.encode() + jpeg + b"\r\n")
            self.server.frames_sent += 1

    def log_message(self, format: str, *args: object) -> None:
        """Log nothing."""


def drawn_jpegs(scene: Source) -> Iterator[bytes]:
    """Draw the workshop at 15 fps for ever, the time of drawing in each picture."""
    while True:
        picture = scene.read().picture()
        if picture is not None:
            yield pictures.jpeg(picture, pictures.PHOTO_QUALITY)


@contextmanager
def mjpeg_server() -> Iterator[MjpegServer]:
    """Serve while inside."""
    server = MjpegServer()
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield server
    finally:
        server.vanish()
        server.shutdown()
        thread.join()
        server.server_close()
