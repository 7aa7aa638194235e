"""Which sheets are meant by a kind of form and what it is of: the same for the pages and the
command line.
"""

from __future__ import annotations

import enum
from typing import TypeVar

from kiosk.forms.annex1 import annex1, blank_annex1
from kiosk.forms.annex2 import blank_annex2
from kiosk.forms.cards import emergency_card, risk_card
from kiosk.forms.layout import layout_sheet
from kiosk.forms.privacy import privacy_notice
from kiosk.forms.sheet import Sheet
from kiosk.forms.source import Source
from kiosk.forms.stickers import sticker_sheet
from kiosk.model.content import Post
from kiosk.model.privacy import Promise


class Kind(enum.StrEnum):
    """The forms; `annex2` is of records, all others of content."""

    ANNEX1 = "annex1"
    ANNEX2 = "annex2"
    RISK_CARD = "risk-card"
    EMERGENCY_CARD = "emergency-card"
    LAYOUT = "layout"
    STICKERS = "stickers"
    PRIVACY = "privacy"
    BLANK = "blank"


T = TypeVar("T")
OF_POSTS = (Kind.ANNEX1, Kind.RISK_CARD, Kind.EMERGENCY_CARD, Kind.STICKERS)


class UnknownSubjectError(Exception):
    """There is no such post, unit or work; the message names it and those there are."""


def sheets_of_post(kind: Kind, post: Post, source: Source) -> list[Sheet]:
    """Return the sheets of a kind (one of `OF_POSTS`) for a post; no stickers where no step has a
    target.
    """
    pack = source.door.pack_of(post.id)
    match kind:
        case Kind.ANNEX1:
            return [annex1(post, pack, source)]
        case Kind.RISK_CARD:
            return [risk_card(post, pack, source)]
        case Kind.EMERGENCY_CARD:
            return [emergency_card(card, post, source) for card in post.emergency]
        case _:
            drills = (post.drill, *post.more_drills)
            has_target = any(step.target for drill in drills for step in drill.steps)
            return [sticker_sheet(post, source)] if has_target else []


def content_sheets(
    kind: Kind, subject: str, source: Source, promise: Promise, county: str
) -> list[Sheet]:
    """Return the sheets of every kind but `annex2`.

    `subject` is a post, unit or work by its id; empty for all of them.

    Raise UnknownSubjectError.
    """
    if kind in OF_POSTS:
        posts = _chosen(source.door.posts, subject)
        return [sheet for post in posts for sheet in sheets_of_post(kind, post, source)]
    if kind is Kind.LAYOUT:
        units = {
            unit.id: (shop, unit) for shop in source.enterprise.workshops for unit in shop.units
        }
        return [layout_sheet(shop, unit, source) for shop, unit in _chosen(units, subject)]
    if kind is Kind.PRIVACY:
        return [privacy_notice(promise, county, source)]
    works = _chosen(source.door.works, subject)
    return [
        *([] if subject else [blank_annex1(source), blank_annex2(source)]),
        *(blank_annex2(source, work) for work in works),
    ]


def _chosen(known: dict[str, T], subject: str) -> list[T]:
    if subject and subject not in known:
        raise UnknownSubjectError(f"没有 {subject!r}，可选的有：{'、'.join(known)}")
    return [known[subject]] if subject else list(known.values())
