"""The child's loop: requests in, photos, previews and reports out."""

from __future__ import annotations

import time
from multiprocessing.connection import Connection, wait

import msgspec
from cv2.typing import MatLike

from devices.camera.messages import (
    LONGEST_BYTES,
    PhotoTaken,
    PreviewTaken,
    Report,
    ShowPreview,
    ShowScene,
    TakePhoto,
    encode,
    request_in,
)
from devices.camera.worker import picture as pictures
from devices.camera.worker.capture import Capture, Source
from devices.camera.worker.frames import Frame
from devices.supervised import Online, State

REPORT_EVERY_S = 0.5
PREVIEW_EVERY_S = 1 / 8


class Service:
    """Serves one station from one source until the station is gone."""

    def __init__(self, connection: Connection, source: Source) -> None:
        self._connection = connection
        self._source = source
        self._capture = Capture(source)
        self._waiting: list[TakePhoto] = []
        self._preview_until_s = self._preview_made_s = self._reported_s = 0.0
        self._reported: State | None = None

    def run(self) -> None:
        """Serve until the driver is stuck.

        Raise EOFError or ConnectionError when the station has gone.
        """
        while not self._capture.hung(now_s := time.monotonic()):
            state, frame = self._capture.state(now_s), self._capture.newest()
            self._report(state, now_s)
            if frame and isinstance(state, Online):
                self._serve_photos(frame)
                self._serve_preview(frame)
            ready = wait([self._connection, self._capture.wake_fd], REPORT_EVERY_S)
            if self._connection in ready:
                self._hear()
            if self._capture.wake_fd in ready:
                self._capture.awake()

    def _hear(self) -> None:
        match request_in(self._connection.recv_bytes(LONGEST_BYTES)):
            case TakePhoto() as request:
                self._waiting.append(request)
            case ShowPreview(until_s=until_s):
                self._preview_until_s = until_s
            case ShowScene(scene=scene):
                self._source.show(scene)

    def _report(self, state: State, now_s: float) -> None:
        if state != self._reported or now_s - self._reported_s >= REPORT_EVERY_S:
            self._reported, self._reported_s = state, now_s
            self._send(Report(state))

    def _serve_photos(self, frame: Frame) -> None:
        now_s = time.monotonic()
        self._waiting = [request for request in self._waiting if request.until_s > now_s]
        served = [request for request in self._waiting if request.asked_s < frame.captured_s]
        picture = frame.picture() if served else None
        if picture is None:
            return
        self._waiting = [request for request in self._waiting if request not in served]
        picture = pictures.upright(picture, self._source.rotate_deg)
        for request in served:
            self._send(_taken(request, frame, picture, self._capture.frozen))

    def _serve_preview(self, frame: Frame) -> None:
        now_s = time.monotonic()
        if (
            now_s > self._preview_until_s
            or frame.captured_s - self._preview_made_s < PREVIEW_EVERY_S
        ):
            return
        picture = frame.picture(reduced=2)
        if picture is not None and picture.shape[1] < pictures.PREVIEW_WIDTH_PX:
            picture = frame.picture()
        if picture is not None:
            self._preview_made_s = frame.captured_s
            self._send(PreviewTaken(_preview(picture, self._source.rotate_deg), frame.captured_s))

    def _send(self, message: msgspec.Struct) -> None:
        self._connection.send_bytes(encode(message))


def _preview(picture: MatLike, rotate_deg: int) -> bytes:
    small = pictures.narrowed(pictures.upright(picture, rotate_deg), pictures.PREVIEW_WIDTH_PX)
    return pictures.jpeg(small, pictures.SMALL_QUALITY)


def _taken(request: TakePhoto, frame: Frame, picture: MatLike, frozen: bool) -> PhotoTaken:
    tests = pictures.measure(picture)
    stamped = pictures.write_stamp(picture, request.stamp) if request.stamp else picture
    height_px, width_px = stamped.shape[:2]
    return PhotoTaken(
        number=request.number,
        jpeg=pictures.jpeg(stamped, pictures.PHOTO_QUALITY),
        thumbnail=pictures.jpeg(
            pictures.narrowed(stamped, pictures.THUMBNAIL_WIDTH_PX), pictures.SMALL_QUALITY
        ),
        width_px=width_px,
        height_px=height_px,
        captured_s=frame.captured_s,
        tests=tests,
        frozen=frozen,
    )
