"""Judging a photo: what its measured values say about it, and whether it is an earlier photo again.

The values are measured where the camera is, in the child process (`devices.camera.worker.picture`).
Judging them is plain arithmetic, so that a threshold can be changed and tried on recorded values
without any picture.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable

import msgspec

DHASH_BITS = 256


class PhotoTests(msgspec.Struct, frozen=True):
    """What was measured on one photo, before anything was written into the picture.

    `mean`: mean brightness, 0 to 255. `p99`: brightness that 99 % of the pixels stay below, 0 to
    255. `over`: share of the pixels brighter than 245, 0 to 1. `flat`: share of the 16 x 9 blocks
    of the picture in which nothing can be made out, 0 to 1. `reblur`: share of the horizontal
    gradient that one more blur takes away, 0 to 1; higher is sharper. `dhash`: difference hash of
    256 bits as 64 hexadecimal digits; similar pictures have similar hashes.
    """

    mean: float
    p99: float
    over: float
    flat: float
    reblur: float
    dhash: str


class Thresholds(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where a value becomes a fault. Units as in `PhotoTests`.

    The defaults separate 28 real people at a kiosk's distance from the same pictures darkened,
    burnt out, blurred and covered. Every camera and every door differs: look at a week of photos
    before tightening one.
    """

    covered_flat: float = 0.90
    partly_covered_flat: float = 0.60
    dark_p99: float = 90.0
    dark_mean: float = 35.0
    burnt_out_over: float = 0.35
    blurred_reblur: float = 0.25
    same_distance_bits: int = 6


class Fault(enum.StrEnum):
    """What may be wrong with a photo. None of them is proof; a person decides."""

    DARK = "dark"
    BURNT_OUT = "burnt_out"
    BLURRED = "blurred"
    COVERED = "covered"
    PARTLY_COVERED = "partly_covered"
    FROZEN = "frozen"
    SAME_AS_BEFORE = "same_as_before"


def judge(
    tests: PhotoTests,
    thresholds: Thresholds | None = None,
    earlier_dhashes: Iterable[str] = (),
    frozen: bool = False,
) -> tuple[Fault, ...]:
    """Return the faults of a photo, the most telling first; empty for a good photo.

    `earlier_dhashes` are those of the photos it must differ from; `frozen` is what `Photo.frozen`
    says.
    """
    limits = thresholds or Thresholds()
    faults = list(_faults_of_exposure(tests, limits) or _faults_of_detail(tests, limits))
    if frozen:
        faults.append(Fault.FROZEN)
    if any(
        distance(tests.dhash, earlier) <= limits.same_distance_bits for earlier in earlier_dhashes
    ):
        faults.append(Fault.SAME_AS_BEFORE)
    return tuple(faults)


def distance(dhash_a: str, dhash_b: str) -> int:
    """Return the number of bits in which two hashes differ: 0 is the same picture, about 128
    another one.
    """
    return (int(dhash_a, 16) ^ int(dhash_b, 16)).bit_count()


def _faults_of_exposure(tests: PhotoTests, limits: Thresholds) -> tuple[Fault, ...]:
    """Return the fault that makes every other judgement meaningless: without light there is no
    detail to judge.
    """
    if tests.flat > limits.covered_flat:
        return (Fault.COVERED,)
    if tests.p99 < limits.dark_p99 or tests.mean < limits.dark_mean:
        return (Fault.DARK,)
    if tests.over > limits.burnt_out_over:
        return (Fault.BURNT_OUT,)
    return ()


def _faults_of_detail(tests: PhotoTests, limits: Thresholds) -> tuple[Fault, ...]:
    found = {
        Fault.PARTLY_COVERED: tests.flat > limits.partly_covered_flat,
        Fault.BLURRED: tests.reblur < limits.blurred_reblur,
    }
    return tuple(fault for fault, is_so in found.items() if is_so)
