"""Text from outside, as a person may see it."""

from __future__ import annotations

import time

import pytest

from kiosk.model.outside import MOST_LINE, as_line, as_text


@pytest.mark.parametrize("text", ["张三，第 3 条", "[/x]", "<b>", "é", "10 mm²", "😀"])
def test_what_can_be_read_stays(text: str) -> None:
    assert as_line(text) == as_text(text) == text


@pytest.mark.parametrize(
    ("sign", "shown"),
    [
        ("\x1b", r"\x1b"),
        ("\x9b", r"\x9b"),
        ("\x00", r"\x00"),
        ("\r", r"\r"),
        ("\b", r"\x08"),
        ("\x7f", r"\x7f"),
        ("\u202e", r"\u202e"),
        ("\u2066", r"\u2066"),
        ("\u200b", r"\u200b"),
        ("\u2028", r"\u2028"),
        ("\ufeff", r"\ufeff"),
        ("\ud800", r"\ud800"),
        ("\U000e0041", r"\U000e0041"),
    ],
)
def test_what_steers_is_seen(sign: str, shown: str) -> None:
    assert as_line(f"好{sign}坏") == as_text(f"好{sign}坏") == f"好{shown}坏"


def test_a_line_has_no_breaks_and_a_text_has() -> None:
    assert as_line("一\n二") == r"一\n二"
    assert as_text("一\n二") == "一\n二"


def test_however_long_it_is_it_is_cut_at_once() -> None:
    began_s = time.process_time()
    assert as_line("很" * 50_000_000) == "很" * (MOST_LINE - 1) + "…"
    assert time.process_time() - began_s < 2.0
