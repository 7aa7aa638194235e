"""Waiting for something to become true: the one way a test may wait for what no event announces."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")
_STEP_S = 0.005


def until(condition: Callable[[], T], deadline_s: float = 30.0) -> T:
    """Return the first true value of `condition()`; AssertionError with the last value after
    `deadline_s`.
    """
    never = threading.Event()
    end_s = time.monotonic() + deadline_s
    while not (value := condition()):
        if time.monotonic() > end_s:
            raise AssertionError(f"not true within {deadline_s} s: {condition}, last {value!r}")
        never.wait(_STEP_S)
    return value
