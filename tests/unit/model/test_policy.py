"""When the door asks for a check."""

from __future__ import annotations

import pytest

from kiosk.model.policy import CheckPolicy, asks


@pytest.mark.parametrize(
    ("policy", "nobody", "mine", "another", "another_after_me"),
    [
        (CheckPolicy.OFF, False, False, False, False),
        (CheckPolicy.FIRST_OF_SHIFT, True, False, False, False),
        (CheckPolicy.EACH_WORKER, True, False, True, False),
        (CheckPolicy.CHANGE_OF_WORKER, True, False, True, True),
        (CheckPolicy.EVERY_TIME, True, True, True, True),
    ],
)
def test_who_is_asked(
    policy: CheckPolicy, nobody: bool, mine: bool, another: bool, another_after_me: bool
) -> None:
    assert asks(policy, passed=False, last_passed="", worker="A001") is nobody
    assert asks(policy, passed=True, last_passed="A001", worker="A001") is mine
    assert asks(policy, passed=False, last_passed="A002", worker="A001") is another
    assert asks(policy, passed=True, last_passed="A002", worker="A001") is another_after_me
