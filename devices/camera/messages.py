"""What the station and the camera's child process say to each other.

MessagePack over one pair of sockets; the frames around each message are those of
`multiprocessing.connection`. Times are seconds on the monotonic clock, which both processes share.
"""

from __future__ import annotations

import msgspec

from devices import DeviceError
from devices.camera.quality import PhotoTests
from devices.supervised import State

LONGEST_BYTES = 32 * 2**20


class MessageError(DeviceError):
    """The other side sent something that is not a message of this protocol."""


class TakePhoto(msgspec.Struct, frozen=True, tag=True):
    """Wanted: the first picture captured after `asked_s`; after `until_s` nobody waits for it any
    more.
    """

    number: int
    asked_s: float
    until_s: float
    stamp: str


class ShowPreview(msgspec.Struct, frozen=True, tag=True):
    """Wanted: previews until `until_s`."""

    until_s: float


class ShowScene(msgspec.Struct, frozen=True, tag=True):
    """Wanted of the simulated camera: another scene."""

    scene: str


class PhotoTaken(msgspec.Struct, frozen=True, tag=True):
    """The answer to the `TakePhoto` of this number; the rest as in `devices.camera.Photo`."""

    number: int
    jpeg: bytes
    thumbnail: bytes
    width_px: int
    height_px: int
    captured_s: float
    tests: PhotoTests
    frozen: bool


class PreviewTaken(msgspec.Struct, frozen=True, tag=True):
    """A small picture for the screen."""

    jpeg: bytes
    captured_s: float


class Report(msgspec.Struct, frozen=True, tag=True):
    """How the camera is.

    Sent at every change and at least every half second: silence means a hung child.
    """

    state: State


Request = TakePhoto | ShowPreview | ShowScene
Message = PhotoTaken | PreviewTaken | Report

encode = msgspec.msgpack.Encoder().encode
_requests: msgspec.msgpack.Decoder[Request] = msgspec.msgpack.Decoder(Request)
_messages: msgspec.msgpack.Decoder[Message] = msgspec.msgpack.Decoder(Message)


def request_in(frame: bytes) -> Request:
    """Read what the station sent. Raise MessageError."""
    try:
        return _requests.decode(frame)
    except msgspec.DecodeError as error:
        raise MessageError(f"camera child: no request: {error}") from error


def message_in(frame: bytes) -> Message:
    """Read what the child sent. Raise MessageError."""
    try:
        return _messages.decode(frame)
    except msgspec.DecodeError as error:
        raise MessageError(f"station: no message of the camera child: {error}") from error
