"""Which emergency cards a door has, and which of them answer what one sees.

Ids repeat from post to post, so a card is known by its key: `posts/welder/fire`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from kiosk.flow.door import Door
from kiosk.flow.state import Check
from kiosk.model.content import EmergencyCard, Sign

Cards = Mapping[str, EmergencyCard]


def key_of_post(post_id: str, card_id: str) -> str:
    """Return the key of a post's card."""
    return f"posts/{post_id}/{card_id}"


def every_card(door: Door) -> Cards:
    """Return all cards by key: of posts, of works, and the packs' general ones."""
    return {**_own(door), **_general(door)}


def cards_for(door: Door, check: Check | None, sign: Sign | None) -> Cards:
    """Return the cards for a sign, or those without one: the most dangerous first, one a title.

    Among equals stand those of the post and the works at hand first, then what can happen in most
    places. The general cards come after the factory's own.
    """
    own = _with(sign, _own(door))
    found = {**own, **_with(sign, _general(door))}
    near = _at_hand(check)
    often = Counter(card.title for card in found.values())

    def rank(item: tuple[str, EmergencyCard]) -> tuple[bool, int, bool, int]:
        key, card = item
        return key not in own, -card.precedence, not key.startswith(near), -often[card.title]

    titles: dict[str, str] = {}
    for key, card in sorted(found.items(), key=rank):
        titles.setdefault(card.title, key)
    return {key: found[key] for key in titles.values()}


def _own(door: Door) -> Cards:
    posts = {
        key_of_post(post.id, card.id): card
        for post in door.posts.values()
        for card in post.emergency
    }
    works = {
        f"works/{work.id}/{card.id}": card
        for work in door.works.values()
        for card in work.emergency
    }
    return {**posts, **works}


def _general(door: Door) -> Cards:
    return {f"packs/{pack.id}/{card.id}": card for pack in door.packs for card in pack.emergency}


def _with(sign: Sign | None, cards: Cards) -> Cards:
    return {key: card for key, card in cards.items() if card.sign == sign}


def _at_hand(check: Check | None) -> tuple[str, ...]:
    """Return how the keys of the post and the works at hand begin."""
    if check is None:
        return ()
    posts = (f"posts/{check.post}/",) if check.post else ()
    return (*posts, *(f"works/{work}/" for work in check.works or ()))
