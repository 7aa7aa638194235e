"""What a browser sends, as typed values or the one thing that is wrong with it."""

from __future__ import annotations

import enum
import re

import msgspec
from werkzeug.datastructures import MultiDict

from kiosk.records.reviews.facts import Verdict
from ui.review.kept_comment import Draft, draft_of

_DIGEST = re.compile(r"[0-9a-f]{64}")


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
