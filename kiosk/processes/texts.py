"""The files of words that a site has, and where the product's own words stand in for them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kiosk.paths import Place
from kiosk.processes.forms import FORMS
from kiosk.settings import ContentTable
from ui.review.texts import CONTENT, PEOPLE, PROPOSALS, REVIEW, beside
from ui.texts import DOOR, Gap, Vocabulary, find_gaps


def gaps(content: ContentTable, place: Place) -> tuple[Gap, ...]:
    """Return every place in the site's texts where the product's own words are used instead."""
    return tuple(gap for path, words in _files(content, place) for gap in find_gaps(path, words))


def _files(content: ContentTable, place: Place) -> Iterator[tuple[Path, Vocabulary]]:
    review = place.config / content.review_texts
    yield place.config / content.texts, DOOR
    yield review, REVIEW
    yield beside(review, "people"), PEOPLE
    yield beside(review, "proposals"), PROPOSALS
    yield beside(review, "content"), CONTENT
    yield place.config / content.forms_texts, FORMS
