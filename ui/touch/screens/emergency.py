"""应急: the eight signs by what one sees, and the cards that say what to do."""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.flow import stages as s
from kiosk.flow.door import Door, OnSite
from kiosk.flow.emergency import Cards, cards_for, every_card
from kiosk.flow.signal import signal
from kiosk.flow.touches import Back, Emergency, StopWork
from kiosk.model.content import EmergencyCard, Sign
from kiosk.station.snapshot import Snapshot
from ui.texts import Texts
from ui.touch.screens.picture import Button, Screen, Word, spoken, spoken_lines, touch

_MOST_TABS = 2
"""How many other cards of a sign stand under a card, before the one that goes on to more."""


def emergency(side: s.EmergencyShown, snapshot: Snapshot, door: Door, texts: Texts) -> Screen:
    """Show a card; the titles of those without a sign; or what may have happened."""
    card = every_card(door).get(side.card)
    if card is not None:
        return _card(side.card, card, snapshot, door, texts)
    return _others(snapshot, door, texts) if side.others else _signs(snapshot, door, texts)


def _signs(snapshot: Snapshot, door: Door, texts: Texts) -> Screen:
    question = texts.say("aside.what_happened")
    others = Button(texts.say("aside.others"), touch(Emergency(others=True)), "plain", "next")
    without = cards_for(door, snapshot.state.check, None)
    return Screen(
        template="emergency",
        scene="emergency:signs",
        signal=signal(snapshot.state),
        headline=question,
        choices=tuple(_sign(sign, snapshot, door, texts) for sign in Sign),
        buttons=(
            *((others,) if without else ()),
            Button(texts.say("aside.stop_work"), touch(StopWork()), "plain", "stop"),
            Button(texts.say("aside.nothing"), touch(Back()), "plain", "no"),
        ),
        speech=spoken(question),
    )


def _sign(sign: Sign, snapshot: Snapshot, door: Door, texts: Texts) -> Button:
    """Return the tile of a sign: it opens the first of its cards, else the titles of those
    without a sign, as all are in a pack of an older format.
    """
    check = snapshot.state.check
    opens = next((Emergency(key) for key in cards_for(door, check, sign)), None)
    if opens is None and cards_for(door, check, None):
        opens = Emergency(others=True)
    label = texts.say(f"sign.{sign}")
    return Button(label, touch(opens) if opens else "", "choice", sign=f"sign-{sign}")


def _others(snapshot: Snapshot, door: Door, texts: Texts) -> Screen:
    cards = cards_for(door, snapshot.state.check, None)
    question = texts.say("aside.what_happened")
    titles = tuple(card.title for card in cards.values())
    return Screen(
        template="choosing",
        scene="emergency:others",
        signal=signal(snapshot.state),
        headline=question,
        icon="siren",
        phase="emergency",
        choices=tuple(
            Button(card.title, touch(Emergency(key)), "choice") for key, card in cards.items()
        ),
        buttons=(_back(texts),),
        speech=(*spoken(question), *spoken_lines(titles)),
    )


def _card(key: str, card: EmergencyCard, snapshot: Snapshot, door: Door, texts: Texts) -> Screen:
    cards = cards_for(door, snapshot.state.check, card.sign)
    return Screen(
        template="emergency_card",
        scene=f"emergency:{key}",
        signal=signal(snapshot.state),
        headline=card.title,
        icon=f"sign-{card.sign}" if card.sign else "siren",
        lines=card.actions,
        phones=tuple(card.phone.split()),
        words=_words(door.on_site, texts),
        buttons=(*_tabs(cards, card, texts), _back(texts)),
        speech=(*spoken(card.title), *spoken_lines(card.actions)),
    )


def _words(on_site: OnSite, texts: Texts) -> tuple[Word, ...]:
    """Return what is known of this factory."""
    every = (
        Word("phone", texts.say("aside.site_phone"), on_site.phone),
        Word("place", texts.say("aside.site_address"), on_site.address),
        Word("gather", texts.say("aside.assembly_point"), on_site.assembly_point),
    )
    return tuple(word for word in every if word.text)


def _tabs(cards: Cards, shown: EmergencyCard, texts: Texts) -> tuple[Button, ...]:
    """Return the cards of the same sign that follow the shown one, the first after the last; the
    last tab goes on to those for which there is no room.
    """
    keys = list(cards)
    at = next((n for n, card in enumerate(cards.values(), 1) if card.title == shown.title), 0)
    following = [*keys[at:], *keys[: max(at - 1, 0)]]
    room = _MOST_TABS if len(following) > _MOST_TABS + 1 else _MOST_TABS + 1
    tabs = tuple(Button(cards[key].title, touch(Emergency(key)), "tab") for key in following[:room])
    if len(following) <= room:
        return tabs
    more = Button(texts.say("frame.more"), touch(Emergency(following[room])), "tab", "next")
    return (*tabs, more)


def _back(texts: Texts) -> Button:
    return Button(texts.say("aside.back"), touch(Emergency()), "plain", "back")


def sentences(door: Door, texts: Texts) -> Iterator[str]:
    """Yield everything these screens can say."""
    yield texts.say("aside.what_happened")
    for card in every_card(door).values():
        yield from (card.title, *card.actions)
