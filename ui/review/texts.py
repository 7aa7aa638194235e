"""The words of all the supervisor's pages, from the files of one folder."""

from __future__ import annotations

from pathlib import Path

from ui.review import words
from ui.review.people import words as people_words
from ui.review.scenarios import words as proposals_words
from ui.texts import Texts, load_texts


def load_review_texts(path: Path) -> Texts:
    """Read the file that the settings name, and those next to it that its rooms have.

    Raise TextsError.
    """
    people, proposals = (
        path.with_name(f"{path.stem}-{room}.toml") for room in ("people", "proposals")
    )
    return (
        load_texts(path, words.KEYS, words.PLACES)
        | load_texts(people, people_words.KEYS, people_words.PLACES)
        | load_texts(proposals, proposals_words.KEYS, proposals_words.PLACES)
    )
