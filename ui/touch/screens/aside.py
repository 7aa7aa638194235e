"""What lies over every stage: the emergency cards, 异常, and stopping unsafe work."""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.flow import stages as s
from kiosk.flow.door import Door
from kiosk.flow.signal import signal
from kiosk.flow.state import State
from kiosk.flow.touches import Back, Emergency, StopWork
from kiosk.model.content import EmergencyCard, Reason
from kiosk.station.snapshot import Snapshot
from ui.texts import Texts
from ui.touch.screens.confirming import reason_choices
from ui.touch.screens.picture import Button, Screen, Timer, spoken, spoken_lines, touch

_MOST_TABS = 5


def aside(
    side: s.Reporting | s.Stopping | s.Stopped, snapshot: Snapshot, door: Door, texts: Texts
) -> Screen:
    """Draw the dialogue that lies over the stage."""
    match side:
        case s.Reporting():
            return _reasons("reporting", "aside.abnormal", door.reasons.abnormal, snapshot, texts)
        case s.Stopping():
            return _reasons("stopping", "aside.unsafe", door.reasons.stop_work, snapshot, texts)
        case s.Stopped():
            return _stopped(side, snapshot, door, texts)


def cards_of(state: State, door: Door) -> tuple[EmergencyCard, ...]:
    """Return the emergency cards to choose from: those of the post at hand first, each title
    once.
    """
    post = door.posts.get(state.check.post) if state.check else None
    own = post.emergency if post else ()
    titles = {card.title for card in own}
    return (*own, *(card for card in door.emergency_cards if card.title not in titles))


def emergency(side: s.EmergencyShown, snapshot: Snapshot, door: Door, texts: Texts) -> Screen:
    """Show an emergency card, and the others as tabs."""
    cards = cards_of(snapshot.state, door)
    shown = next((card for card in cards if card.id == side.card), cards[0])
    return Screen(
        template="emergency",
        scene=f"emergency:{shown.id}",
        signal=signal(snapshot.state),
        headline=shown.title,
        choices=_tabs(cards, shown, texts),
        lines=shown.actions,
        phone=shown.phone,
        label=texts.say("aside.call") if shown.phone else "",
        buttons=(
            Button(texts.say("aside.back"), touch(Back()), "plain", "back"),
            Button(texts.say("aside.stop_work"), touch(StopWork()), "grave", "stop"),
        ),
        speech=(*spoken(shown.title), *spoken_lines(shown.actions)),
    )


def _tabs(
    cards: tuple[EmergencyCard, ...], shown: EmergencyCard, texts: Texts
) -> tuple[Button, ...]:
    """Return as many cards as can be touched in a row, the shown one among them; the last tab goes
    on to the others.
    """
    start = cards.index(shown) // _MOST_TABS * _MOST_TABS
    row = cards[start : start + _MOST_TABS]
    tabs = tuple(
        Button(card.title, touch(Emergency(card.id)), "tab", "", "on" if card is shown else "")
        for card in row
    )
    if len(row) == len(cards):
        return tabs
    following = cards[start + _MOST_TABS] if start + _MOST_TABS < len(cards) else cards[0]
    return (*tabs, Button(texts.say("frame.more"), touch(Emergency(following.id)), "tab", "next"))


def _reasons(
    name: str, question_key: str, reasons: tuple[Reason, ...], snapshot: Snapshot, texts: Texts
) -> Screen:
    question = texts.say(question_key)
    return Screen(
        template="choosing",
        scene=name,
        signal=signal(snapshot.state),
        headline=question,
        icon="stop" if name == "stopping" else "warn",
        phase=name,
        choices=reason_choices(reasons),
        buttons=(Button(texts.say("aside.back"), touch(Back()), "plain", "back"),),
        speech=(*spoken(question), *spoken_lines(tuple(reason.text for reason in reasons))),
    )


def _stopped(side: s.Stopped, snapshot: Snapshot, door: Door, texts: Texts) -> Screen:
    keys = ("aside.stopped", "aside.stopped_thanks", "aside.stopped_next")
    headline, thanks, advice = (texts.say(key) for key in keys)
    return Screen(
        template="stopped",
        scene=f"stopped:{snapshot.state.turn}",
        signal=signal(snapshot.state),
        headline=headline,
        label=thanks,
        advice=advice,
        icon="stop",
        timer=Timer(side.until_s, door.timings.passed_s) if side.until_s is not None else None,
        buttons=(Button(texts.say("aside.back"), touch(Back()), "plain", "back"),),
        speech=spoken(headline, thanks, advice),
        tone="card",
    )


def sentences(door: Door, texts: Texts) -> Iterator[str]:
    """Yield everything these screens can say."""
    keys = ("abnormal", "unsafe", "stopped", "stopped_thanks", "stopped_next")
    yield from (texts.say(f"aside.{key}") for key in keys)
    yield from (reason.text for reason in (*door.reasons.abnormal, *door.reasons.stop_work))
    every = (
        *door.emergency_cards,
        *(card for post in door.posts.values() for card in post.emergency),
    )
    for card in every:
        yield from (card.title, *card.actions)
