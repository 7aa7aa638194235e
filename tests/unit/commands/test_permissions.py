"""Who may what: every role, blocked or not, and nobody."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kiosk.commands.permissions import may_approve, may_manage, may_review
from kiosk.model.people import Role, Standing, Worker

Question = Callable[[Worker | None], bool]
_ALLOWED: dict[Question, set[Role]] = {
    may_manage: {Role.SUPERVISOR, Role.RESPONSIBLE},
    may_review: {Role.LEADER, Role.SUPERVISOR, Role.RESPONSIBLE},
    may_approve: {Role.RESPONSIBLE},
}


@pytest.mark.parametrize("may", _ALLOWED)
@pytest.mark.parametrize("role", Role)
def test_a_role_may_what_it_is_for(may: Question, role: Role) -> None:
    assert may(Worker("A001", "张三", role=role)) == (role in _ALLOWED[may])


@pytest.mark.parametrize("may", _ALLOWED)
def test_nobody_and_somebody_blocked_or_gone_may_nothing(may: Question) -> None:
    assert not may(None)
    assert not may(Worker("A001", "张三", role=Role.RESPONSIBLE, standing=Standing.LEFT))
    assert not may(Worker("A001", "张三", role=Role.RESPONSIBLE, blocked="调查中"))
