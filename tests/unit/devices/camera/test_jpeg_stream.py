"""Cutting the output of a camera command into pictures, however the pipe divides it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from devices.camera.worker.jpeg_stream import LONGEST_BYTES, JpegStream

ONE = b"\xff\xd8\xff\xe0 first \xff\x00 picture \xff\xd9"
TWO = b"\xff\xd8\xff\xdb second \xff\xd9"


@given(
    st.lists(st.sampled_from([ONE, TWO, b"garbage", b"\xd9\x00"]), max_size=6), st.integers(1, 9)
)
def test_whole_pictures_come_out_of_any_division(parts: list[bytes], chunk_bytes: int) -> None:
    stream, found = JpegStream(), []
    sent = b"".join(parts)
    for start in range(0, len(sent), chunk_bytes):
        found += stream.feed(sent[start : start + chunk_bytes])
    assert found == [part for part in parts if part in (ONE, TWO)]


def test_a_picture_comes_with_its_last_byte() -> None:
    stream = JpegStream()
    assert stream.feed(ONE[:-1]) == []
    assert stream.feed(ONE[-1:] + TWO[:5]) == [ONE]
    assert stream.feed(TWO[5:]) == [TWO]


def test_a_picture_that_never_ends_is_given_up() -> None:
    stream = JpegStream()
    assert stream.feed(ONE[:-2] + bytes(LONGEST_BYTES)) == []
    assert stream.feed(TWO) == [TWO]
