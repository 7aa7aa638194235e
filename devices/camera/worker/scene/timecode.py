"""A clock that a program can read, drawn into a simulated picture: with it a test knows how old a
photo is.

Forty blocks along the upper edge, from the left, white for one and black for zero, highest bit
first: milliseconds on the monotonic clock. Each is an eightieth of the width, so that it survives
JPEG and shrinking to a preview.
"""

from __future__ import annotations

import cv2
import numpy as np
from cv2.typing import MatLike

BITS = 40
BLOCKS_A_WIDTH = 80


def draw(picture: MatLike, now_ms: int) -> None:
    """Write the time into the picture itself."""
    side_px = picture.shape[1] // BLOCKS_A_WIDTH
    for place in range(BITS):
        bright = now_ms >> (BITS - 1 - place) & 1
        picture[:side_px, place * side_px : (place + 1) * side_px] = 255 * bright


def read(jpeg: bytes) -> int:
    """Read the time (monotonic milliseconds) out of a photo or preview.

    Raise ValueError when it is no JPEG.
    """
    grey = cv2.imdecode(np.frombuffer(jpeg, np.uint8), cv2.IMREAD_GRAYSCALE)
    if grey is None:
        raise ValueError("expected a JPEG")
    side_px = grey.shape[1] // BLOCKS_A_WIDTH
    middle = side_px // 2
    bits = (grey[middle, middle + place * side_px] > 127 for place in range(BITS))
    return sum(int(bit) << (BITS - 1 - place) for place, bit in enumerate(bits))
