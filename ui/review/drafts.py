"""A comment that was typed when the session ran out: kept in the cookie until its author is back."""

from __future__ import annotations

from flask import session

from ui.review.forms import Draft

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
