"""One picture as it came from a camera, decoded only when somebody wants to see it."""

from __future__ import annotations

from typing import Literal, Protocol

import cv2
import numpy as np
from cv2.typing import MatLike

Reduction = Literal[1, 2, 4]

_DECODE = {
    1: cv2.IMREAD_COLOR_BGR | cv2.IMREAD_IGNORE_ORIENTATION,
    2: cv2.IMREAD_REDUCED_COLOR_2 | cv2.IMREAD_IGNORE_ORIENTATION,
    4: cv2.IMREAD_REDUCED_COLOR_4 | cv2.IMREAD_IGNORE_ORIENTATION,
}


class Frame(Protocol):
    """A picture and when it was captured, in monotonic seconds.

    Where the source does not say so, `captured_s` is when the frame arrived.
    """

    captured_s: float

    def picture(self, reduced: Reduction = 1) -> MatLike | None:
        """Return the pixels (BGR), at full size or a half or quarter of it; None when the data is
        damaged.
        """


class PixelFrame:
    """A picture that came as pixels."""

    def __init__(self, pixels: MatLike, captured_s: float) -> None:
        self._pixels = pixels
        self.captured_s = captured_s

    def picture(self, reduced: Reduction = 1) -> MatLike | None:
        """Return the pixels, shrunk by averaging."""
        if reduced == 1:
            return self._pixels
        return cv2.resize(
            self._pixels, None, fx=1 / reduced, fy=1 / reduced, interpolation=cv2.INTER_AREA
        )


class JpegFrame:
    """A picture that came as JPEG; a reduced one costs a fraction of decoding all of it."""

    def __init__(self, jpeg: bytes, captured_s: float) -> None:
        self._jpeg = jpeg
        self.captured_s = captured_s

    def picture(self, reduced: Reduction = 1) -> MatLike | None:
        """Decode."""
        return cv2.imdecode(np.frombuffer(self._jpeg, np.uint8), _DECODE[reduced])
