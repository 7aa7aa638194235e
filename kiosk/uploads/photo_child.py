"""The child process that decodes a picture: in on standard input, out on standard output; a sentence on standard error when it cannot."""

from __future__ import annotations

import io
import sys
import warnings

from PIL import Image, ImageOps, UnidentifiedImageError

_LEAST_PX = 200
_MOST_JPEG_MP = 60
"""A JPEG is decoded at a fraction of its size."""
_MOST_MP = 16
_QUALITY = 85


class UnusableError(Exception):
    """The picture cannot be used; the message says why."""


def shrink(data: bytes, most_px: int) -> bytes:
    """Make a JPEG of any picture, its longer side at most `most_px`. Raises UnusableError and what Pillow raises."""
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
        raise UnusableError(f"照片只有 {width}×{height} 点，每边至少 {_LEAST_PX} 点，请换一张清楚的")


def _on_white(picture: Image.Image) -> Image.Image:
    if picture.mode not in ("RGBA", "LA", "P", "PA"):
        return picture.convert("RGB")
    solid = picture.convert("RGBA")
    white = Image.new("RGB", solid.size, "white")
    white.paste(solid, mask=solid.getchannel("A"))
    return white


def main() -> int:
    """Shrink what the parent sends to the size in pixels that it names."""
    warnings.simplefilter("ignore")
    Image.MAX_IMAGE_PIXELS = None  # measured above, by kind
    try:
        sys.stdout.buffer.write(shrink(sys.stdin.buffer.read(), int(sys.argv[1])))
    except UnusableError as error:
        print(error, file=sys.stderr)  # noqa: T201
        return 1
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError, MemoryError):
        print("照片打不开，可能已损坏，请换一张", file=sys.stderr)  # noqa: T201
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
