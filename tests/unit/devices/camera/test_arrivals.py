"""Dating the frames of a stream: a queued frame never passes for a new one, and a slow machine
still gets photos.
"""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from devices.camera.worker.arrivals import Arrivals

START_S = 1000.0
FILMED_S = 1 / 15


def dated(intervals_s: Iterable[float]) -> list[bool]:
    """Return of each frame in turn whether it passes for one that arrived when it came."""
    arrivals, now_s, fresh = Arrivals(), START_S, []
    for took_s in intervals_s:
        fresh.append(arrivals.date(now_s, now_s + took_s) == now_s + took_s)
        now_s += took_s
    return fresh


@pytest.mark.parametrize("interval_s", [1 / 30, FILMED_S, 1 / 5])
def test_frames_of_a_steady_stream_are_all_new(interval_s: float) -> None:
    assert all(dated([interval_s] * 100))


def test_jitter_does_not_make_a_frame_old() -> None:
    assert all(dated([FILMED_S * 1.4, FILMED_S * 0.6] * 100))


@pytest.mark.parametrize("queued", [1, 20, 70])
def test_nothing_that_queued_passes_for_new(queued: int) -> None:
    fresh = dated([FILMED_S] * 150 + [queued * FILMED_S + 0.6] + [0.004] * queued + [FILMED_S] * 2)
    assert fresh[150:] == [False] * (queued + 1) + [True] * 2


def test_a_machine_that_decodes_slower_than_the_camera_films_has_photos_within_a_second() -> None:
    decoding_s = 0.025
    fresh = dated([FILMED_S] * 150 + [decoding_s] * 100)
    assert fresh[150 + round(1 / decoding_s) :] == [True] * 60
