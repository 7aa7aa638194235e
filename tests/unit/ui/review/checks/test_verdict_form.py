"""What a browser sends, good and bad."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from kiosk.records.reviews.facts import Verdict
from ui.review.checks.verdict_form import Fault, VerdictForm, verdict_of
from ui.review.kept_comment import Draft, draft_of

DIGEST = "ab" * 32


def a_form(*suggestions: str, **fields: str) -> MultiDict[str, str]:
    form = MultiDict({"verdict": "accepted", "after": "0", **fields})
    form.setlist("suggestion", list(suggestions))
    return form


def test_a_verdict_without_a_comment() -> None:
    assert verdict_of(a_form(after="17"), 500) == VerdictForm(Verdict.ACCEPTED, Draft(), 17)


def test_chosen_and_typed_reasons_become_one_comment() -> None:
    form = verdict_of(a_form("不是本人", "照片看不清", verdict="rejected", comment=" 背面\r\n没拍到 "), 500)
    assert isinstance(form, VerdictForm)
    assert form.draft.text == "不是本人；照片看不清；背面\n没拍到"


def test_a_rejection_needs_a_reason() -> None:
    assert verdict_of(a_form(verdict="rejected", comment="  \n "), 500) is Fault.NEEDED


@pytest.mark.parametrize(
    "unseen",
    ["\u200b", "\u200b\u200d\ufeff \u2060", "\u202e\u2066", "\u3164", "\u2800\u00a0", "\ufe0f", "\u00ad"],
)
def test_what_cannot_be_seen_is_no_reason(unseen: str) -> None:
    assert verdict_of(a_form(unseen, verdict="rejected", comment=unseen), 500) is Fault.NEEDED


def test_what_turns_text_around_unseen_is_left_out() -> None:
    assert draft_of(a_form(comment="\u202e换\u200b人了\u202c！👷")).comment == "换人了！👷"


def test_a_reason_may_be_chosen_only_once() -> None:
    assert draft_of(a_form("不是本人", "不是本人")).suggestions == ("不是本人",)


@pytest.mark.parametrize(
    "fields",
    [
        {"verdict": "maybe"},
        {"verdict": ""},
        {"after": ""},
        {"after": "-1"},
        {"after": "１"},
        {"after": "9" * 16},
        {"photo": "../../etc/passwd"},
        {"photo": DIGEST.upper()},
        {"photo": DIGEST + "0"},
    ],
)
def test_what_no_page_of_ours_sends_is_unreadable(fields: dict[str, str]) -> None:
    assert verdict_of(a_form(**fields), 500) is Fault.UNREADABLE


def test_a_comment_may_be_as_long_as_the_station_takes_it() -> None:
    assert isinstance(verdict_of(a_form(comment="字" * 500), 500), VerdictForm)
    assert verdict_of(a_form(comment="字" * 501), 500) is Fault.TOO_LONG
    assert verdict_of(a_form("字", comment="字" * 500), 500) is Fault.TOO_LONG


@given(st.text())
def test_control_characters_never_reach_the_journal(comment: str) -> None:
    kept = draft_of(a_form(comment=comment)).comment
    assert not any(ord(sign) < 32 and sign != "\n" for sign in kept)
