"""Every word a person reads or hears, from config/texts.

A site words its texts as it likes in its own copy of the files. What such a file lacks, or has in a
way that cannot be shown, is taken from the file that the product ships: a copy made for an older
version never keeps a door from opening. `kiosk doctor` lists every such place.
"""

from __future__ import annotations

import json
import string
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import msgspec

from kiosk.packs.toml import TomlError, read_toml
from kiosk.paths import SHIPPED
from ui.touch.words import KEYS, PLACES

_MOST_NAMED = 5
_INSTEAD = "用的是产品自带的文字"


class TextsError(Exception):
    """The texts cannot be used; the message names file and key, and says what is wrong there."""


class Vocabulary(msgspec.Struct, frozen=True):
    """What one file of words has to hold: its name in the product's config/texts, its keys, and the
    named places of those sentences that have any.
    """

    file: str
    keys: frozenset[str]
    places: Mapping[str, frozenset[str]]

    @property
    def shipped(self) -> Path:
        """Return the file that the product ships."""
        return SHIPPED / "texts" / self.file


DOOR = Vocabulary("zh.toml", KEYS, PLACES)


class Gap(msgspec.Struct, frozen=True):
    """A place where a site's file is of no use: at which key (empty: all of it), what is wrong (in
    Chinese), and what to do.
    """

    file: Path
    key: str
    what: str
    do: str


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


def load_texts(path: Path, vocabulary: Vocabulary = DOOR) -> Texts:
    """Read a site's file of words, laid over the one that the product ships.

    Raise TextsError for a text that neither has.
    """
    own = _sound(_flat(_tables(path)[0]), vocabulary)
    if own.keys() == vocabulary.keys:
        return Texts(own, vocabulary.places)
    shipped = _sound(_flat(_tables(vocabulary.shipped)[0]), vocabulary)
    if lacking := sorted(vocabulary.keys - own.keys() - shipped.keys()):
        raise TextsError(
            f"{vocabulary.shipped}：缺少或不能用 {'、'.join(lacking)}，请重新安装本产品"
        )
    return Texts({**shipped, **own}, vocabulary.places)


def find_gaps(path: Path, vocabulary: Vocabulary) -> tuple[Gap, ...]:
    """Return every place where a site's file is not used, in the order of its keys."""
    tables, unreadable = _tables(path)
    if unreadable:
        do = f"改正它，或从 {vocabulary.shipped} 重新复制"
        return (Gap(path, "", f"{unreadable}；{_INSTEAD}", do),)
    sentences = _flat(tables)
    if sentences.keys() == vocabulary.keys == _sound(sentences, vocabulary).keys():
        return ()
    shipped = _flat(_tables(vocabulary.shipped)[0])
    sections = {_section(key) for key in vocabulary.keys}
    absent = sections - tables.keys()
    return tuple(
        Gap(path, key, what, do)
        for key, what, do in (
            *_absent_sections(absent, vocabulary),
            *_lacking(sentences, shipped, absent, vocabulary),
            *_useless(sentences, shipped, vocabulary),
            *_unknown(sentences, sections, vocabulary),
        )
    )


def summed_up(gaps: Iterable[Gap]) -> Iterator[str]:
    """Yield a line for each file with gaps: for a service's log, where `kiosk doctor` has all."""
    found: dict[Path, list[str]] = {}
    for gap in gaps:
        found.setdefault(gap.file, []).append(gap.key or gap.what)
    for file, named in found.items():
        rest = f" 等 {len(named)} 处" if len(named) > _MOST_NAMED else ""
        keys = "、".join(named[:_MOST_NAMED])
        yield f"{file}：{keys}{rest}，与产品的不同，请运行 kiosk doctor"


def _tables(path: Path) -> tuple[Mapping[str, object], str]:
    """Return what stands in a file, and why it cannot be read; empty when it can."""
    try:
        return read_toml(path), ""
    except TomlError as error:
        return {}, str(error)


def _flat(tables: Mapping[str, object]) -> dict[str, object]:
    found: dict[str, object] = {}
    for section, table in tables.items():
        if isinstance(table, dict):
            found |= {f"{section}.{key}": sentence for key, sentence in table.items()}
        else:
            found[section] = table
    return found


def _sound(sentences: Mapping[str, object], vocabulary: Vocabulary) -> dict[str, str]:
    return {
        key: sentence
        for key, sentence in sentences.items()
        if key in vocabulary.keys
        and isinstance(sentence, str)
        and not _misshapen(sentence, vocabulary.places.get(key, frozenset()))
    }


Found = Iterator[tuple[str, str, str]]
"""Key, what is wrong there, and what to do."""


def _absent_sections(absent: set[str], vocabulary: Vocabulary) -> Found:
    for section in sorted(absent):
        do = f"从 {vocabulary.shipped} 把 [{section}] 一节复制过来，再改成自己的说法"
        yield section, f"没有这一节，{_INSTEAD}", do


def _lacking(
    sentences: Mapping[str, object],
    shipped: Mapping[str, object],
    absent: set[str],
    vocabulary: Vocabulary,
) -> Found:
    for key in sorted(vocabulary.keys - sentences.keys()):
        section, _, name = key.partition(".")
        if section not in absent:
            yield (
                key,
                f"没有这一句，{_INSTEAD}",
                f"在 [{section}] 里加一行 {_line(name, shipped.get(key))}",
            )


def _useless(
    sentences: Mapping[str, object], shipped: Mapping[str, object], vocabulary: Vocabulary
) -> Found:
    for key in sorted(vocabulary.keys & sentences.keys()):
        what = _misshapen(sentences[key], vocabulary.places.get(key, frozenset()))
        if what:
            right = _line(key.partition(".")[2], shipped.get(key))
            yield key, f"{what}；{_INSTEAD}", f"照这样写：{right}"


def _unknown(sentences: Mapping[str, object], sections: set[str], vocabulary: Vocabulary) -> Found:
    unknown = sentences.keys() - vocabulary.keys
    for key in sorted({key if _section(key) in sections else _section(key) for key in unknown}):
        if key in sections:
            yield key, "应当是一节，不是一句话", f"改成 [{key}]，下面每行一句"
        else:
            yield key, "没有地方用它：已经不用，或者名字写错了", "删掉它，或改正名字"


def _section(key: str) -> str:
    return key.partition(".")[0]


def _line(name: str, sentence: object) -> str:
    return f"{name} = {json.dumps(sentence, ensure_ascii=False)}"


def _misshapen(sentence: object, places: frozenset[str]) -> str:
    """Return why a sentence cannot be shown; empty when it can."""
    if not isinstance(sentence, str) or not sentence.strip():
        return "应当是引号里的一句话"
    try:
        parts = [part[1:] for part in string.Formatter().parse(sentence) if part[1] is not None]
    except ValueError:
        return "花括号 { } 没有成对"
    # More than a bare name, such as {days:x}, would fail only when the sentence is shown.
    found = {name for name, form, conversion in parts if not form and not conversion}
    if len(found) != len(set(parts)) or found != places:
        wanted = "、".join(f"{{{name}}}" for name in sorted(places))
        return f"应当有 {wanted}，不能有别的花括号" if places else "不能有花括号 { }"
    return ""
