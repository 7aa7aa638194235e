"""What is said of a photo with given measures.

The measures are those of real people, degraded (docs of Thresholds).
"""

from __future__ import annotations

import msgspec
import pytest

from devices.camera import Fault, PhotoTests, Thresholds, distance, judge

GOOD = PhotoTests(mean=134, p99=252, over=0.02, flat=0.13, reblur=0.34, dhash="0" * 64)


def but(**measures: float) -> PhotoTests:
    return msgspec.structs.replace(GOOD, **measures)


def bits(count: int) -> str:
    return f"{(1 << count) - 1:064x}"


def test_a_good_photo_has_no_faults() -> None:
    assert judge(GOOD) == ()


@pytest.mark.parametrize(
    ("tests", "fault"),
    [
        (but(mean=33, p99=61, flat=0.48, reblur=0.48), Fault.DARK),
        (but(mean=15, p99=130, flat=0.8, reblur=0.6), Fault.DARK),
        (but(mean=227, p99=255, over=0.71, flat=0.48), Fault.BURNT_OUT),
        (but(reblur=0.20), Fault.BLURRED),
        (but(mean=47, p99=59, flat=1.0, reblur=0.77), Fault.COVERED),
        (but(mean=189, p99=200, flat=1.0, reblur=0.78), Fault.COVERED),
        (but(mean=60, flat=0.71, reblur=0.4), Fault.PARTLY_COVERED),
    ],
)
def test_each_degraded_photo_is_named_by_its_one_fault(tests: PhotoTests, fault: Fault) -> None:
    assert judge(tests) == (fault,)


def test_a_blurred_and_half_covered_photo_is_both() -> None:
    assert judge(but(flat=0.7, reblur=0.2)) == (Fault.PARTLY_COVERED, Fault.BLURRED)


def test_a_frozen_camera_is_a_fault_of_its_own() -> None:
    assert judge(GOOD, frozen=True) == (Fault.FROZEN,)


def test_a_picture_close_to_any_earlier_one_is_the_same_again() -> None:
    far, near = bits(90), bits(6)
    assert judge(GOOD, earlier_dhashes=[far, near]) == (Fault.SAME_AS_BEFORE,)
    assert judge(GOOD, earlier_dhashes=[far, bits(7)]) == ()


def test_thresholds_decide() -> None:
    lenient = Thresholds(dark_mean=10, dark_p99=50)
    assert judge(but(mean=33, p99=61), lenient) == ()
    with pytest.raises(msgspec.ValidationError, match="dark"):
        msgspec.convert({"dark": 1}, Thresholds)


def test_distance_counts_differing_bits() -> None:
    assert distance(bits(0), bits(0)) == 0
    assert distance(bits(10), bits(13)) == 3
    assert distance("f" * 64, "0" * 64) == 256
