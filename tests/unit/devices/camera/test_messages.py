"""The protocol between station and child: what goes in comes out, and nonsense is named."""

from __future__ import annotations

from multiprocessing.connection import Pipe

import pytest

from devices.camera import PhotoTests
from devices.camera.messages import (
    LONGEST_BYTES,
    Message,
    MessageError,
    PhotoTaken,
    PreviewTaken,
    Report,
    Request,
    ShowPreview,
    ShowScene,
    TakePhoto,
    encode,
    message_in,
    request_in,
)
from devices.supervised import Offline, Online

TESTS = PhotoTests(1, 2, 0.3, 0.4, 0.5, "ab" * 32)
REQUESTS: list[Request] = [
    TakePhoto(7, 1.5, 4.5, "张三 一备"),
    ShowPreview(9.25),
    ShowScene("dark"),
]
MESSAGES: list[Message] = [
    PhotoTaken(7, b"\xff\xd8" * 90_000, b"\xff\xd8", 1280, 720, 1.75, TESTS, False),
    PreviewTaken(b"\xff\xd8", 2.0),
    Report(Online(1.0, "1280×720")),
    Report(Offline("摄像头没有新画面", 3.0)),
]


@pytest.mark.parametrize("request_", REQUESTS)
def test_requests_arrive_as_they_were_sent(request_: Request) -> None:
    assert request_in(encode(request_)) == request_


@pytest.mark.parametrize("message", MESSAGES)
def test_messages_arrive_as_they_were_sent(message: Message) -> None:
    assert message_in(encode(message)) == message


def test_messages_keep_their_bounds_on_a_stream() -> None:
    ours, theirs = Pipe()
    with ours, theirs:
        for message in MESSAGES[1:]:
            theirs.send_bytes(encode(message))
        assert [message_in(ours.recv_bytes(LONGEST_BYTES)) for _ in MESSAGES[1:]] == MESSAGES[1:]


@pytest.mark.parametrize(
    "frame", [b"", b"\xc1", b"\x00", encode(REQUESTS[0])[:-3], encode({"type": "Report"})]
)
def test_nonsense_is_a_message_error(frame: bytes) -> None:
    with pytest.raises(MessageError, match="camera child"):
        message_in(frame)
    with pytest.raises(MessageError, match="camera child"):
        request_in(frame)


def test_a_request_is_no_message() -> None:
    with pytest.raises(MessageError):
        message_in(encode(REQUESTS[0]))
