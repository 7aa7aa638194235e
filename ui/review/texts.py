"""The words of all the supervisor's pages, from the files of one folder."""

from __future__ import annotations

from pathlib import Path

from ui.review import words
from ui.review.content import words as content_words
from ui.review.people import words as people_words
from ui.review.scenarios import words as proposals_words
from ui.texts import Texts, Vocabulary, load_texts

REVIEW = Vocabulary("review.toml", words.KEYS, words.PLACES)
PEOPLE = Vocabulary("review-people.toml", people_words.KEYS, people_words.PLACES)
PROPOSALS = Vocabulary("review-proposals.toml", proposals_words.KEYS, proposals_words.PLACES)
CONTENT = Vocabulary("review-content.toml", content_words.KEYS, content_words.PLACES)


def load_review_texts(path: Path) -> Texts:
    """Read the file that the settings name, and those next to it that its rooms have.

    Raise TextsError.
    """
    return (
        load_texts(path, REVIEW)
        | load_texts(beside(path, "people"), PEOPLE)
        | load_texts(beside(path, "proposals"), PROPOSALS)
    )


def beside(path: Path, room: str) -> Path:
    """Return the file of a room of the pages, beside the one that the settings name."""
    return path.with_name(f"{path.stem}-{room}.toml")
