"""What is done to one picture: turned upright, measured, stamped, made into JPEGs."""

from __future__ import annotations

import cv2
import numpy as np
from cv2.typing import MatLike

from devices.camera.quality import PhotoTests

PHOTO_QUALITY = 85
SMALL_QUALITY = 80
THUMBNAIL_WIDTH_PX = 320
PREVIEW_WIDTH_PX = 640

_TURNS = {90: cv2.ROTATE_90_CLOCKWISE, 180: cv2.ROTATE_180, 270: cv2.ROTATE_90_COUNTERCLOCKWISE}


def upright(picture: MatLike, rotate_deg: int) -> MatLike:
    """Turn clockwise by 0, 90, 180 or 270 degrees."""
    return cv2.rotate(picture, _TURNS[rotate_deg]) if rotate_deg else picture


def measure(picture: MatLike) -> PhotoTests:
    """Measure what `devices.camera.quality.judge` wants to know; 1.4 ms of a 1280 x 720 picture.

    All measures are taken at fixed small sizes, so that thresholds hold for every camera.
    """
    half = cv2.resize(
        cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY), (640, 360), interpolation=cv2.INTER_AREA
    )
    quarter = cv2.resize(half, (320, 180), interpolation=cv2.INTER_AREA)
    return PhotoTests(
        mean=float(quarter.mean()),
        p99=float(np.percentile(quarter, 99)),
        over=float((quarter > 245).mean()),
        flat=_flat_share(quarter),
        reblur=_gradient_lost_by_blurring(half),
        dhash=_difference_hash(quarter),
    )


def write_stamp(picture: MatLike, text: str) -> MatLike:
    """Return a copy with `text` on a dark band along the lower edge, made smaller where it is too
    long.
    """
    height_px, width_px = picture.shape[:2]
    # OpenCV carries it, Chinese included: no font needs to be installed.
    font = cv2.FontFace("sans")
    size_px = max(12, round(height_px / 27))
    _, _, text_px, _ = cv2.getTextSize((0, 0), text, (0, 0), font, size_px)
    size_px = min(size_px, max(8, size_px * (width_px - size_px) // max(1, text_px)))
    band_px = size_px * 2
    stamped = picture.copy()
    band = stamped[height_px - band_px :]
    cv2.convertScaleAbs(band, band, alpha=0.35)
    cv2.putText(
        stamped, text, (size_px // 2, height_px - band_px // 3), (255, 255, 255), font, size_px, 500
    )
    return stamped


def jpeg(picture: MatLike, quality: int) -> bytes:
    """Encode, 4:2:0."""
    sampling = [cv2.IMWRITE_JPEG_SAMPLING_FACTOR, cv2.IMWRITE_JPEG_SAMPLING_FACTOR_420]
    _, data = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, quality, *sampling])
    return data.tobytes()


def narrowed(picture: MatLike, width_px: int) -> MatLike:
    """Shrink to a width, keeping the shape; a picture that is narrower stays as it is."""
    height_px, full_width_px = picture.shape[:2]
    if full_width_px <= width_px:
        return picture
    size = (width_px, round(height_px * width_px / full_width_px))
    return cv2.resize(picture, size, interpolation=cv2.INTER_AREA)


def _flat_share(grey: MatLike) -> float:
    blocks = grey.reshape(9, 20, 16, 20).transpose(0, 2, 1, 3).reshape(144, 400)
    return float((blocks.std(axis=1) < 4).mean())


def _gradient_lost_by_blurring(grey: MatLike) -> float:
    """A sharp picture loses more of its gradient to a blur than one that is already blurred.

    Unlike the variance of the Laplacian it hardly depends on the scene. The first blur removes
    sensor noise.
    """
    calm = cv2.GaussianBlur(grey, (5, 5), 0)
    calmer = cv2.GaussianBlur(calm, (9, 9), 0)
    before, after = (cv2.absdiff(image[:, 1:], image[:, :-1]) for image in (calm, calmer))
    return cv2.mean(cv2.subtract(before, after))[0] / max(0.001, cv2.mean(before)[0])


def _difference_hash(grey: MatLike) -> str:
    """Return of 16 x 16 places whether it gets brighter to the right."""
    tiny = cv2.resize(grey, (17, 16), interpolation=cv2.INTER_AREA)
    return np.packbits(tiny[:, 1:] > tiny[:, :-1]).tobytes().hex()
