"""What is done to a picture: sizes, turning, the stamp, and measures that tell good from bad."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import cv2
import numpy as np
import pytest
from cv2.typing import MatLike

import devices
from devices import SettingsError
from devices.camera import distance
from devices.camera.simulated import Settings
from devices.camera.worker import picture as pictures
from devices.camera.worker.frames import JpegFrame
from devices.camera.worker.scene import timecode, workshop
from devices.camera.worker.simulated import Source


@pytest.fixture(scope="module")
def scene() -> MatLike:
    picture = Source(Settings(fps=30)).read().picture()
    assert picture is not None
    return picture


def test_the_clock_in_the_picture_is_that_of_the_place() -> None:
    """Asked of a place half a day away from the machine's: the stamp in the corner is nearer to its
    time than to any other.
    """

    empty = workshop.background(1280)

    def stamped(zone: str, at: datetime) -> MatLike:
        picture = empty.copy()
        workshop.draw_time(picture, at.astimezone(ZoneInfo(zone)))
        return picture[8:42, 960:1270].astype(np.int16)

    zones = ("Asia/Shanghai", "UTC", "America/New_York")
    for zone in zones:
        seen = Source(Settings(fps=30, time_zone=zone)).read().picture()
        assert seen is not None
        now = datetime.now(UTC)
        distances = {
            other: np.abs(seen[8:42, 960:1270] - stamped(other, now)).mean() for other in zones
        }
        assert min(distances, key=lambda other: distances[other]) == zone


def test_a_time_zone_that_is_none_is_refused() -> None:
    with pytest.raises(
        SettingsError, match=r"\[camera\] time_zone: there is no time zone 'Mars/Base'"
    ):
        devices.open("camera", {"driver": "simulated", "time_zone": "Mars/Base"})


def decoded(jpeg: bytes) -> MatLike:
    picture = JpegFrame(jpeg, 0).picture()
    assert picture is not None
    return picture


def test_a_photo_is_a_jpeg_with_halved_colour(scene: MatLike) -> None:
    jpeg = pictures.jpeg(scene, pictures.PHOTO_QUALITY)
    assert decoded(jpeg).shape == (720, 1280, 3)
    start = jpeg.index(b"\xff\xc0")  # the frame header names the sampling of each component
    luminance_sampling, colour_sampling = jpeg[start + 11], jpeg[start + 14]
    assert (luminance_sampling, colour_sampling) == (0x22, 0x11)


@pytest.mark.parametrize(
    ("rotate_deg", "corner"), [(0, (0, 0)), (90, (0, -1)), (180, (-1, -1)), (270, (-1, 0))]
)
def test_a_camera_hung_sideways_gives_upright_pictures(
    rotate_deg: int, corner: tuple[int, int]
) -> None:
    marked = np.zeros((90, 160, 3), np.uint8)
    marked[0, 0] = 255
    assert pictures.upright(marked, rotate_deg)[corner].tolist() == [255, 255, 255]


def test_a_narrowed_picture_keeps_its_shape(scene: MatLike) -> None:
    assert pictures.narrowed(scene, 320).shape[:2] == (180, 320)
    assert pictures.narrowed(scene[:, :200], 320).shape[:2] == (720, 200)


def test_the_stamp_is_written_below_and_nowhere_else(scene: MatLike) -> None:
    stamped = pictures.write_stamp(scene, "2026-11-24 08:00:12 张三")
    assert (stamped[:600] == scene[:600]).all()
    assert stamped[-20:, -200:].mean() < scene[-20:, -200:].mean() / 2
    assert stamped[-50:, :400].max() > 240


def test_chinese_is_written_and_not_replaced(scene: MatLike) -> None:
    black = np.zeros_like(scene)
    drawn = [pictures.write_stamp(black, text) for text in ("张三", "李四", "??")]
    assert all((a != b).any() for a, b in zip(drawn, [*drawn[1:], drawn[0]], strict=True))


def test_a_long_stamp_stays_inside_the_picture(scene: MatLike) -> None:
    stamped = pictures.write_stamp(np.zeros_like(scene), "岗" * 90 + "完")
    written = np.nonzero(stamped.max(axis=(0, 2)))[0]
    assert 1000 < written.max() < 1280
    without_the_end = pictures.write_stamp(np.zeros_like(scene), "岗" * 90)
    assert np.nonzero(without_the_end.max(axis=(0, 2)))[0].max() < written.max()


def test_measures_hardly_depend_on_the_size_of_the_picture(scene: MatLike) -> None:
    full, half = pictures.measure(scene), pictures.measure(pictures.narrowed(scene, 640))
    assert half.mean == pytest.approx(full.mean, abs=1)
    assert half.flat == pytest.approx(full.flat, abs=0.05)
    assert distance(full.dhash, half.dhash) <= 6


def test_measures_follow_what_was_done_to_the_picture(scene: MatLike) -> None:
    good = pictures.measure(scene)
    assert pictures.measure(cv2.GaussianBlur(scene, (0, 0), 5)).reblur < good.reblur / 2
    assert pictures.measure(cv2.convertScaleAbs(scene, alpha=0.25)).p99 < good.p99 / 2
    assert pictures.measure(cv2.convertScaleAbs(scene, alpha=4)).over > good.over + 0.4
    assert pictures.measure(np.full_like(scene, 90)).flat == 1


def test_the_hash_knows_a_picture_after_encoding_and_tells_another_one() -> None:
    """Of a picture without the sensor's noise, which turns more than six bits in three of a
    thousand.
    """
    still = workshop.background(1280)
    again = pictures.measure(decoded(pictures.jpeg(still, 60)))
    other = pictures.measure(cv2.flip(still, 1))
    assert distance(pictures.measure(still).dhash, again.dhash) <= 6
    assert distance(pictures.measure(still).dhash, other.dhash) > 60


@pytest.mark.parametrize("width_px", [1280, 640, 320])
def test_the_time_in_the_picture_survives_jpeg_and_shrinking(scene: MatLike, width_px: int) -> None:
    marked = scene.copy()
    timecode.draw(marked, 987_654_321_012)
    assert timecode.read(pictures.jpeg(pictures.narrowed(marked, width_px), 60)) == 987_654_321_012
