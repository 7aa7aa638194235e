"""What is wrong with content, all of it at once: a person mends a file in one go instead of message
by message.
"""

from __future__ import annotations

import enum
import functools
import types
import typing
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any, TypeVar

import msgspec

T = TypeVar("T", bound=msgspec.Struct)

Found = Iterator[tuple[str, str]]
"""Pairs of key path and what is wrong there."""


class Problem(msgspec.Struct, frozen=True):
    """One thing to mend: in which file, at which key (such as `questions[2].answer`; empty for the
    whole file), what.
    """

    file: Path
    key: str
    what: str

    def __str__(self) -> str:
        return ": ".join(part for part in (str(self.file), self.key, self.what) if part)


class PackError(Exception):
    """Content cannot be used; nothing of it was.

    `problems` holds everything that was found, a line of the message each.
    """

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


@functools.cache
def fields_of(kind: type[msgspec.Struct]) -> Mapping[str, msgspec.structs.FieldInfo]:
    """Return the fields of a struct by the names they have in files.

    Kept: to resolve the annotations of a type takes longer than to check a whole table against it.
    """
    return {field.encode_name: field for field in msgspec.structs.fields(kind)}


def located(file: Path, found: Iterable[tuple[str, str]]) -> list[Problem]:
    """Return the problems with the file they were found in."""
    return [Problem(file, key, what) for key, what in found]


def decoded(file: Path, table: Mapping[str, object], kind: type[T]) -> T:
    """Decode what TOML gave as `kind`. Raise PackError with every place that does not fit."""
    try:
        return msgspec.convert(table, kind)
    except msgspec.ValidationError as error:
        found = located(file, misfits(table, kind))
        raise PackError(found or [Problem(file, "", str(error))]) from error


def misfits(value: object, kind: Any, key: str = "") -> Found:
    """Find everywhere that decoded TOML does not fit a type; `msgspec.convert` stops at the first
    place.
    """
    kind = meant(kind, value)
    hint, limits = unwrapped(kind)
    if isinstance(hint, type) and issubclass(hint, msgspec.Struct) and isinstance(value, Mapping):
        yield from _table_misfits(value, hint, key)
    elif typing.get_origin(hint) is tuple and isinstance(value, list):
        yield from _misfit(
            value, Annotated[(tuple[Any, ...], *limits)] if limits else tuple[Any, ...], key
        )
        item = typing.get_args(hint)[0]
        for index, each in enumerate(value):
            yield from misfits(each, item, f"{key}[{index}]")
    elif isinstance(hint, type) and issubclass(hint, enum.Enum):
        names = [member.value for member in hint]
        if value not in names:
            yield key, f"expected one of {', '.join(names)}, got {_shortened(value)}"
    else:
        yield from _misfit(value, kind, key)


def _table_misfits(table: Mapping[str, object], kind: type[msgspec.Struct], key: str) -> Found:
    fields = fields_of(kind)
    for name in table:
        if name not in fields:
            yield joined(key, name), f"unknown key; expected one of {', '.join(fields)}"
    for name, field in fields.items():
        if name in table:
            yield from misfits(table[name], field.type, joined(key, name))
        elif field.required:
            yield joined(key, name), "missing; write it"


def _misfit(value: object, kind: Any, key: str) -> Found:
    try:
        msgspec.convert(value, kind)
    except msgspec.ValidationError as error:
        yield key, _readable(str(error), value)


def _readable(message: str, value: object) -> str:
    what, _, _ = message.partition(" - at `")
    what = what[0].lower() + what[1:].replace("`", "")
    return (
        what
        if ", got" in what or isinstance(value, list | dict)
        else f"{what}, got {_shortened(value)}"
    )


def _shortened(value: object) -> str:
    shown = repr(value)
    return shown if len(shown) <= 40 else f"{shown[:39]}… ({len(str(value))} characters)"


def unwrapped(kind: Any) -> tuple[Any, tuple[Any, ...]]:
    """Return the bare type and its limits: `Annotated[T, …]` and `T | None` (TOML has no null) are
    T.
    """
    if typing.get_origin(kind) is Annotated:
        return kind.__origin__, kind.__metadata__
    members = [member for member in typing.get_args(kind) if member is not type(None)]
    is_optional = type(None) in typing.get_args(kind) and len(members) == 1
    return unwrapped(members[0]) if is_optional else (kind, ())


def meant(kind: Any, value: object) -> Any:
    """Return what a value is meant to be where a type leaves a choice: of a table and a text, such
    as a check line, the table for a table and the text for anything else.
    """
    members = [member for member in typing.get_args(kind) if member is not type(None)]
    if typing.get_origin(kind) not in (typing.Union, types.UnionType) or len(members) < 2:
        return kind
    table, text = members
    return table if isinstance(value, Mapping) else text


def joined(key: str, name: str) -> str:
    """Return the key path of a name inside of what `key` names."""
    return f"{key}.{name}" if key else name
