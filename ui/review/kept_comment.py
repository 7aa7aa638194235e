"""A comment that was typed when the session ran out: kept in the cookie until its author is back."""

from __future__ import annotations

import unicodedata

import msgspec
from flask import session
from werkzeug.datastructures import MultiDict

_MOST = 500
"""Characters kept; a cookie holds 4 KB in all."""


def keep(check_id: str, draft: Draft) -> None:
    """Keep a draft across the sign-in."""
    text = draft.text[:_MOST]
    if text:
        session["draft"] = {"check": check_id, "comment": text, "photo": draft.photo[:64]}


def take(check_id: str) -> Draft:
    """Give the draft for this check, once; an empty one when there is none."""
    if session.get("draft", {}).get("check") != check_id:
        return Draft()
    kept = session.pop("draft")
    return Draft(comment=kept["comment"], photo=kept["photo"])


_JOINED_BY = "；"
_UNSEEN = frozenset({"Cc", "Cf"})
"""Unicode's categories of signs without a shape of their own: controls, zero-width and direction marks."""
_BLANK = frozenset("\u115f\u1160\u3164\uffa0\u2800")
"""Letters and symbols that are blank all the same: the fillers of Hangul, and Braille without a dot."""


class Draft(msgspec.Struct, frozen=True):
    """What a supervisor has typed so far, to be shown again. `photo` is empty for a verdict on the whole check."""

    comment: str = ""
    suggestions: tuple[str, ...] = ()
    photo: str = ""

    @property
    def text(self) -> str:
        """Give the comment as it will stand in the journal."""
        return _JOINED_BY.join(part for part in (*self.suggestions, self.comment) if part)


def draft_of(form: MultiDict[str, str]) -> Draft:
    """Read what was typed, whatever else is wrong with the form."""
    chosen = tuple(_plain(text) for text in form.getlist("suggestion"))
    return Draft(
        _plain(form.get("comment", "")), tuple(dict.fromkeys(filter(None, chosen))), form.get("photo", "")
    )


def _plain(text: str) -> str:
    """Leave out what cannot be seen but line ends, which browsers send as two; a text of nothing else becomes empty."""
    unified = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = "".join(sign for sign in unified if sign == "\n" or unicodedata.category(sign) not in _UNSEEN)
    return kept.strip() if any(map(_is_seen, kept)) else ""


def _is_seen(sign: str) -> bool:
    return unicodedata.category(sign)[0] in "LNPS" and sign not in _BLANK
