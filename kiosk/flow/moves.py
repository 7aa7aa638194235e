"""The few ways in which a state changes; every rule of the door ends in one of them."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from kiosk.flow.door import Door
from kiosk.flow.effects import Effect, Record
from kiosk.flow.record import fold
from kiosk.flow.route import stage_of
from kiosk.flow.stages import AnyStage
from kiosk.flow.state import State
from kiosk.records.facts import AnyFact

Move = tuple[State, tuple[Effect, ...]]


def stay(state: State) -> Move:
    """Change nothing: the input does not fit."""
    return state, ()


def notice(state: State, key: str) -> Move:
    """Stay where we are and say one sentence about the input.

    It is no new turn: a finger that is on its way meanwhile means the same screen, and counts.
    """
    return replace(state, notice=key), ()


def to(state: State, stage: AnyStage, **changes: Any) -> Move:
    """Go to a stage without recording anything."""
    return turned(state, stage=stage, **changes), ()


def recorded(door: Door, state: State, at_s: float, *facts: AnyFact) -> Move:
    """Record facts and go where the check now stands."""
    check = fold(state.check, facts)
    after = turned(state, check=check)
    # The new state holds only once the facts are on the disk (kiosk.station.loop).
    return replace(after, stage=stage_of(door, after, at_s)), (Record(facts),)


def turned(state: State, **changes: Any) -> State:
    """Return the state with changes, as a new turn; no notice outlasts its turn."""
    return replace(
        state, **{"turn": state.turn + 1, "notice": "", "warned": False, "decided": None, **changes}
    )
