"""Pieces of screens that come again and again are drawn once."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from jinja2 import Environment

_MOST = 512


def remember_buttons(environment: Environment, url_for: Callable[..., str]) -> None:
    """Register a `button` for all templates that caches what it has drawn: buttons are most of a
    screen, and few differ.
    """
    parts = environment.get_template("parts.html").make_module({"url_for": url_for})
    environment.globals["button"] = lru_cache(_MOST)(parts.button)  # type: ignore[attr-defined]
