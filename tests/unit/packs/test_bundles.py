"""A pack as one file from anybody: archives that are made to do harm."""

from __future__ import annotations

import io
import zipfile

import pytest

from kiosk.packs.bundling import BundleError, unbundled


def archive(method: int, picture: bytes = b"") -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", method) as made:
        made.writestr("pack.toml", "id = 'x'\n" * 50)
        made.writestr("targets/a.png", picture)
    return written.getvalue()


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_kilobyte_that_would_become_gigabytes_is_not_unpacked(method: int) -> None:
    with pytest.raises(BundleError, match="压缩方式"):
        unbundled(archive(method, bytes(8 << 20)))


def test_a_stream_that_breaks_off_in_the_middle_is_a_damaged_file() -> None:
    sound = archive(zipfile.ZIP_DEFLATED)
    begins = sound.index(b"pack.toml") + len("pack.toml")
    with pytest.raises(BundleError, match="已损坏"):
        unbundled(sound[:begins] + b"\xa5" * 8 + sound[begins + 8 :])
