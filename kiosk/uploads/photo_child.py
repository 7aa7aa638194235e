"""The child process that decodes pictures: a `PhotoJob` on standard input, a `Shrunk` for each
picture on standard output.
"""

from __future__ import annotations

import io
import sys
import warnings

import msgspec
from PIL import Image, ImageOps

from kiosk.uploads.answers import give
from kiosk.uploads.photo import PhotoJob, Shrunk

_LEAST_PX = 200
_MOST_JPEG_MP = 60
"""A JPEG is decoded at a fraction of its size."""
_MOST_MP = 16
_QUALITY = 85


class UnusableError(Exception):
    """The picture cannot be used; the message says why."""


def shrink(data: bytes, most_px: int) -> bytes:
    """Make a JPEG of any picture, its longer side at most `most_px`.

    Raise UnusableError and what Pillow raises.
    """
    with Image.open(io.BytesIO(data), formats=("JPEG", "PNG", "WEBP")) as picture:
        _refuse_beyond_measure(picture)
        picture.draft("RGB", (most_px, most_px))
        upright = ImageOps.exif_transpose(picture)
        upright.thumbnail((most_px, most_px), Image.Resampling.LANCZOS)
        flat = _on_white(upright)
    written = io.BytesIO()
    flat.save(written, "JPEG", quality=_QUALITY, optimize=True)
    return written.getvalue()


def _refuse_beyond_measure(picture: Image.Image) -> None:
    """Judge by the size the file names, before a pixel is decoded."""
    width, height = picture.size
    most_mp = _MOST_JPEG_MP if picture.format == "JPEG" else _MOST_MP
    if width * height > most_mp * 1_000_000:
        raise UnusableError(f"照片有 {width}×{height} 点，最多 {most_mp * 100} 万点，请换一张小的")
    if min(width, height) < _LEAST_PX:
        raise UnusableError(
            f"照片只有 {width}×{height} 点，每边至少 {_LEAST_PX} 点，请换一张清楚的"
        )


def _on_white(picture: Image.Image) -> Image.Image:
    if picture.mode not in ("RGBA", "LA", "P", "PA"):
        return picture.convert("RGB")
    solid = picture.convert("RGBA")
    white = Image.new("RGB", solid.size, "white")
    white.paste(solid, mask=solid.getchannel("A"))
    return white


def answer(data: bytes, most_px: int) -> Shrunk:
    """Shrink a picture, whatever it is."""
    try:
        return Shrunk(shrink(data, most_px))
    except UnusableError as error:
        return Shrunk(reason=str(error))
    # A picture can be wrong in more ways than Pillow has exceptions of its own: OSError,
    # SyntaxError, ValueError, EOFError, struct.error, MemoryError …
    except Exception:  # noqa: BLE001
        return Shrunk(reason="照片打不开，可能已损坏，请换一张")


def main() -> None:
    """Shrink what the parent sends to the size in pixels that it names."""
    warnings.simplefilter("ignore")
    Image.MAX_IMAGE_PIXELS = None  # measured above, by kind
    job = msgspec.msgpack.decode(sys.stdin.buffer.read(), type=PhotoJob)
    give(tuple(answer(data, job.most_px) for data in job.files))


if __name__ == "__main__":
    main()
