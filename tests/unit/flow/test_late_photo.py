"""Only the photo that the door is waiting for counts: not one of another check, and not one of an
earlier attempt.
"""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from kiosk.flow.confirm import awaited
from kiosk.flow.effects import AnyPhoto, TakePhoto
from kiosk.flow.inputs import PhotoArrived, PhotoFailed
from kiosk.flow.stages import Answering, Taking
from kiosk.flow.touches import TakePhotoNow
from kiosk.model.content import Part
from tests.fakes.content import a_door, a_worker
from tests.fakes.visit import Visit


class Waits(Visit):
    """A visit whose camera takes its time: nothing arrives by itself."""

    def answers(self, wanted: AnyPhoto) -> None:
        """Leave what was asked for unanswered."""


@pytest.fixture
def visit() -> Waits:
    visit = Waits(a_door())
    visit.badge(a_worker())
    visit.until(Taking)
    return visit


def arrived(visit: Visit, wanted: TakePhoto) -> PhotoArrived:
    return PhotoArrived(visit.now_s, "late", wanted, "ab" * 32, "cd" * 32)


def test_the_photo_asked_for_is_recorded(visit: Waits) -> None:
    wanted = awaited(visit.state)
    assert wanted
    assert (wanted.worker, wanted.post, wanted.part, wanted.attempt) == (
        "A001",
        "press",
        Part.PREPARATION,
        1,
    )
    visit.put(arrived(visit, wanted))
    assert visit.kinds()[-1] == "PhotoTaken"


def test_a_photo_of_another_check_is_nobodys(visit: Waits) -> None:
    wanted = awaited(visit.state)
    assert wanted
    before = visit.state
    visit.put(arrived(visit, replace(wanted, check="an earlier one")))
    visit.put(
        PhotoFailed(visit.now_s, "late", replace(wanted, check="an earlier one"), "摄像头离线")
    )
    assert visit.state is before


def test_a_photo_of_an_earlier_attempt_is_nobodys(visit: Waits) -> None:
    first = awaited(visit.state)
    assert first
    visit.wait(visit.door.timings.photo_s)
    assert isinstance(visit.state.stage, Answering)
    visit.touch(TakePhotoNow())
    before = visit.state
    visit.put(arrived(visit, first))
    assert visit.state is before
    second = awaited(visit.state)
    assert second
    assert second.attempt == 2
    visit.put(arrived(visit, second))
    assert visit.state.check
    assert visit.state.check.photos[Part.PREPARATION].attempt == 2
    assert visit.state.check.missed == {}
