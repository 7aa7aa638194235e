"""The permit of a hazardous work: its level, its number, when it ends, and a work that is refused
on it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from msgspec.structs import replace

from kiosk.flow import stages as s
from kiosk.flow.door import Door
from kiosk.flow.permit import LAST_HALF_DAY, half_days, hours
from kiosk.flow.signal import signal
from kiosk.flow.touches import (
    Back,
    ChooseHalfDay,
    ChooseHour,
    ChooseLevel,
    Go,
    Later,
    NoPermit,
    PermitEnded,
    SamePermit,
)
from kiosk.model.rules import PermitFault, PermitRule
from kiosk.station.snapshot import Snapshot
from ui.texts import Texts
from ui.touch.screens.picture import Button, Screen, Timer, spoken, spoken_lines, touch

_DAYS = ("today", "tomorrow", "after_tomorrow")


def showing_permit(stage: s.ShowingPermit, snapshot: Snapshot, door: Door, texts: Texts) -> Screen:
    """Return the screen that asks for the next piece of the permit."""
    if not stage.level:
        return _level(stage, snapshot, door, texts)
    if stage.doubted:
        return _doubted(stage, snapshot, door, texts)
    if not stage.number:
        return _number(stage, snapshot, door, texts)
    if stage.half_day is None:
        return _half_day(stage, snapshot, door, texts)
    return _hour(stage, stage.half_day, snapshot, door, texts)


def _asked(
    what: str, stage: s.ShowingPermit, snapshot: Snapshot, door: Door, texts: Texts
) -> Screen:
    question = texts.say(f"permit.{what}")
    return Screen(
        template="choosing",
        scene=f"permit:{stage.work}:{what}",
        signal=signal(snapshot.state),
        headline=question,
        label=texts.say("permit.of", work=door.works[stage.work].title),
        icon="permit",
        speech=spoken(question),
        tone="card",
    )


def _level(stage: s.ShowingPermit, snapshot: Snapshot, door: Door, texts: Texts) -> Screen:
    assert snapshot.state.today is not None
    found = door.permit_rule(stage.work, snapshot.state.today)
    levels = found[1].levels if found else ()
    shown = _asked("level", stage, snapshot, door, texts)
    return _with(
        shown,
        (_none(texts), _back(texts)),
        choices=tuple(
            Button(level.title, touch(ChooseLevel(level.id)), "choice", note=level.meaning)
            for level in levels
        ),
        speech=(*shown.speech, *spoken_lines(tuple(level.title for level in levels))),
    )


def _number(stage: s.ShowingPermit, snapshot: Snapshot, door: Door, texts: Texts) -> Screen:
    shown = _asked("number", stage, snapshot, door, texts)
    work = spoken(texts.say("permit.of", work=door.works[stage.work].title))
    return _with(
        shown, (_none(texts), _back(texts)), template="keypad", speech=(*work, *shown.speech)
    )


def _doubted(stage: s.ShowingPermit, snapshot: Snapshot, door: Door, texts: Texts) -> Screen:
    shown = _asked("same", stage, snapshot, door, texts)
    choices = (
        Button(texts.say("permit.is_same"), touch(SamePermit()), "choice", note=stage.doubted),
        Button(texts.say("permit.again"), touch(Back()), "choice"),
    )
    return _with(
        shown,
        (_none(texts),),
        choices=choices,
        speech=(*shown.speech, *spoken_lines(tuple(each.label for each in choices))),
    )


def _half_day(stage: s.ShowingPermit, snapshot: Snapshot, door: Door, texts: Texts) -> Screen:
    shown = _asked("half_day", stage, snapshot, door, texts)
    choices = [
        Button(_day(stage, half_day, texts), touch(ChooseHalfDay(half_day)), "choice", note=note)
        for half_day in half_days(stage)
        for note in [_hours(half_day, texts)]
    ]
    if half_days(stage).stop < LAST_HALF_DAY:
        choices.append(Button(texts.say("permit.later"), touch(Later()), "choice", "next"))
    ended = Button(texts.say("permit.ended"), touch(PermitEnded()), "plain", "no")
    return _with(
        shown,
        (ended, _back(texts)),
        choices=tuple(choices),
        scene=f"{shown.scene}:{stage.first_half_day}",
    )


def _day(stage: s.ShowingPermit, half_day: int, texts: Texts) -> str:
    ahead = half_day // 2
    if ahead < len(_DAYS):
        return texts.say(f"permit.{_DAYS[ahead]}")
    day = stage.today + timedelta(days=ahead)
    return texts.say("permit.day", month=day.month, day=day.day)


def _hours(half_day: int, texts: Texts) -> str:
    first, last = hours(half_day)[0], hours(half_day)[-1]
    return texts.say("permit.hours", first=first, last=last)


def _hour(
    stage: s.ShowingPermit, half_day: int, snapshot: Snapshot, door: Door, texts: Texts
) -> Screen:
    shown = _asked("hour", stage, snapshot, door, texts)
    choices = tuple(
        Button(texts.say("permit.clock", hour=hour), touch(ChooseHour(hour)), "choice")
        for hour in hours(half_day)
    )
    return _with(shown, (_back(texts),), choices=choices, label=_day(stage, half_day, texts))


def _with(shown: Screen, buttons: tuple[Button, ...], **changes: Any) -> Screen:
    return replace(shown, buttons=buttons, **changes)


def _none(texts: Texts) -> Button:
    return Button(texts.say("permit.none"), touch(NoPermit()), "plain", "no")


def _back(texts: Texts) -> Button:
    return Button(texts.say("permit.back"), touch(Back()), "plain", "back")


def refused_work(stage: s.RefusedWork, snapshot: Snapshot, door: Door, texts: Texts) -> Screen:
    """Return the screen that says that this work may not begin, why, and what to do; the check goes
    on.
    """
    headline = not_today(door.works[stage.work].title, texts)
    reason, see = texts.say(f"permit_fault.{stage.fault}"), texts.say("permit.see")
    until_s = stage.until_s
    return Screen(
        template="refused",
        scene=f"refused_work:{stage.work}:{snapshot.state.turn}",
        signal=signal(snapshot.state),
        headline=headline,
        lines=(reason,),
        advice=see,
        timer=None if until_s is None else Timer(until_s, door.timings.refused_s),
        buttons=(Button(texts.say("permit.go_on"), touch(Go()), "main", "next"),),
        speech=spoken(headline, reason, see),
        tone="failed",
    )


def not_today(work: str, texts: Texts) -> str:
    """Return that a work may not be done on its permit."""
    return texts.say("permit.refused", work=work)


def sentences(door: Door, texts: Texts) -> Iterator[str]:
    """Yield everything these screens can say."""
    yield from (
        texts.say(f"permit.{what}")
        for what in ("level", "number", "same", "is_same", "again", "half_day", "hour", "see")
    )
    yield from (texts.say(f"permit_fault.{fault}") for fault in PermitFault)
    for rule in _rules(door):
        work = door.works[rule.work].title
        yield from (texts.say("permit.of", work=work), not_today(work, texts))
        yield from (level.title for level in rule.levels)
        yield from rule.reminders


def _rules(door: Door) -> Iterator[PermitRule]:
    works = door.works
    return (rule for rule_set in door.rule_sets for rule in rule_set.rules if rule.work in works)
