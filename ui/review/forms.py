"""What a browser sends, as typed values or the one thing that is wrong with it."""

from __future__ import annotations

import enum
import re
import unicodedata

import msgspec
from werkzeug.datastructures import MultiDict

from kiosk.model.facts import Verdict

_DIGEST = re.compile(r"[0-9a-f]{64}")
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


class VerdictForm(msgspec.Struct, frozen=True):
    """A verdict as it was sent. `after` is the newest review that its page showed."""

    verdict: Verdict
    draft: Draft
    after: int


class Fault(enum.StrEnum):
    """What can be wrong with a verdict form; the texts of [review] and [problem] by the same keys."""

    UNREADABLE = "unreadable"
    TOO_LONG = "too_long"
    NEEDED = "needed"


def draft_of(form: MultiDict[str, str]) -> Draft:
    """Read what was typed, whatever else is wrong with the form."""
    chosen = tuple(_plain(text) for text in form.getlist("suggestion"))
    return Draft(
        _plain(form.get("comment", "")), tuple(dict.fromkeys(filter(None, chosen))), form.get("photo", "")
    )


def verdict_of(form: MultiDict[str, str], most_comment: int) -> VerdictForm | Fault:
    """Read a verdict."""
    draft = draft_of(form)
    verdict, after = form.get("verdict", ""), form.get("after", "")
    if verdict not in list(Verdict) or not re.fullmatch(r"\d{1,15}", after, re.ASCII):
        return Fault.UNREADABLE
    if draft.photo and not _DIGEST.fullmatch(draft.photo):
        return Fault.UNREADABLE
    if len(draft.text) > most_comment:
        return Fault.TOO_LONG
    if verdict == Verdict.REJECTED and not draft.text:
        return Fault.NEEDED
    return VerdictForm(Verdict(verdict), draft, int(after))


def _plain(text: str) -> str:
    """Leave out what cannot be seen but line ends, which browsers send as two; a text of nothing else becomes empty."""
    unified = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = "".join(sign for sign in unified if sign == "\n" or unicodedata.category(sign) not in _UNSEEN)
    return kept.strip() if any(map(_is_seen, kept)) else ""


def _is_seen(sign: str) -> bool:
    return unicodedata.category(sign)[0] in "LNPS" and sign not in _BLANK
