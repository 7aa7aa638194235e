"""Every word a person reads or hears at the door, from config/texts."""

from __future__ import annotations

import string
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from ui.touch.words import KEYS, PLACES


class TextsError(Exception):
    """The texts cannot be used; the message names file and key, and says what is wrong there."""


class Texts:
    """The sentences of the screen by key, such as "waiting.swipe"."""

    def __init__(
        self, sentences: Mapping[str, str], places: Mapping[str, frozenset[str]] = PLACES
    ) -> None:
        self._sentences = dict(sentences)
        self._places = places

    def __iter__(self) -> Iterator[str]:
        """Return all keys."""
        return iter(self._sentences)

    def __or__(self, others: Texts) -> Texts:
        """Return these texts and others together. Raise TextsError when both have a key."""
        if both := sorted(self._sentences.keys() & others._sentences.keys()):
            raise TextsError(f"{', '.join(both)}: there twice")
        return Texts({**self._sentences, **others._sentences}, {**self._places, **others._places})

    def say(self, key: str, **values: object) -> str:
        """Return a sentence with its named places filled in.

        Raise TextsError when there is no such sentence, or it has other places.
        """
        sentence = self._sentences.get(key)
        if sentence is None:
            raise TextsError(f"{key}: there is no such text")
        if self._places.get(key, frozenset()) != values.keys():
            raise TextsError(
                f"{key}: filled in with {sorted(values)}, but has the places of {sentence!r}"
            )
        return sentence.format(**values) if values else sentence


def load_texts(
    path: Path, keys: frozenset[str] = KEYS, places: Mapping[str, frozenset[str]] = PLACES
) -> Texts:
    """Read a file of words: the touch screen's, or another's by its `keys` and `places`.

    Raise TextsError, which lists every key that is missing, unknown or misshapen.
    """
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise TextsError(f"{path}: cannot be read: {error}") from error
    except tomllib.TOMLDecodeError as error:
        raise TextsError(f"{path}: is not TOML: {error}") from error
    sentences = dict(_flat(tables))
    problems = sorted(_problems(sentences, keys, places))
    if problems:
        raise TextsError(f"{path}: {'; '.join(problems)}")
    return Texts(sentences, places)


def _flat(tables: Mapping[str, object]) -> Iterator[tuple[str, Any]]:
    for section, table in tables.items():
        entries = table if isinstance(table, dict) else {"": table}
        for key, sentence in entries.items():
            yield f"{section}.{key}".rstrip("."), sentence


def _problems(
    sentences: Mapping[str, object], keys: frozenset[str], places: Mapping[str, frozenset[str]]
) -> Iterator[str]:
    yield from (f"{key} is missing" for key in keys - sentences.keys())
    yield from (f"{key} is not a text of this screen" for key in sentences.keys() - keys)
    for key in keys & sentences.keys():
        if problem := _misshapen(sentences[key], places.get(key, frozenset())):
            yield f"{key} {problem}"


def _misshapen(sentence: object, places: frozenset[str]) -> str:
    if not isinstance(sentence, str) or not sentence.strip():
        return "has to be a sentence in quotes"
    try:
        found = {name for _, name, _, _ in string.Formatter().parse(sentence) if name is not None}
    except ValueError as error:
        return f"cannot be read: {error}"
    if found != places:
        wanted = ", ".join(f"{{{name}}}" for name in sorted(places)) or "no {places}"
        return f"has to have {wanted}"
    return ""
