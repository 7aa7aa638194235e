"""Pictures from anybody: each becomes a JPEG or one sentence, whatever the others are."""

from __future__ import annotations

import io
from collections.abc import Callable
from functools import partial

import pytest
from PIL import Image

from kiosk.uploads.photo import PhotoError, all_shrunk, shrunk


def a_picture(form: str = "JPEG", size: tuple[int, int] = (640, 480), **more: object) -> bytes:
    written = io.BytesIO()
    Image.new("RGB", size, "white").save(written, form, **more)
    return written.getvalue()


def test_each_of_several_is_answered_by_its_name() -> None:
    sound, torn = a_picture(), a_picture()[:300]
    files = {"a": sound, "b": torn, "c": b"GIF89a", "d": a_picture("PNG"), "e": b""}
    made = all_shrunk(files, 200)
    assert list(made) == list(files)
    assert {name for name, answer in made.items() if answer.reason} == {"b", "c", "e"}
    with Image.open(io.BytesIO(made["d"].jpeg)) as picture:
        assert (picture.format, picture.size) == ("JPEG", (200, 150))


@pytest.mark.parametrize(
    ("data", "part"),
    [
        (partial(a_picture, "PNG", (8000, 2500)), "最多 1600 万点"),
        (partial(a_picture, "JPEG", (12_000, 6000)), "最多 6000 万点"),
        (a_picture("WEBP", (100, 100)), "至少 200 点"),
        (a_picture("PNG")[:40], "打不开"),
        (b"\x89PNG\r\n\x1a\n" + bytes(1000), "打不开"),
        (b"RIFF\xff\xff\xff\xffWEBPVP8L" + bytes(1000), "打不开"),
        (b"RIFF\x24\x00\x00\x00WAVEfmt ", "打不开"),
        (b"\xff\xd8\xff" * 1000, "打不开"),
    ],
)
def test_a_picture_that_cannot_be_used_is_one_sentence(
    data: bytes | Callable[[], bytes], part: str
) -> None:
    picture = data if isinstance(data, bytes) else data()
    with pytest.raises(PhotoError, match=part):
        shrunk(picture)
