"""What a form of a pack's part is made of, and reading what a browser sends of it back into plain
data.

Every field has a name like `steps.2.think`; the same place is `steps[2].think` in
`kiosk.packs.advice`. A button `do` with a value like `up:steps:2` changes a list while all that was
typed is kept.
"""

from __future__ import annotations

import re
import secrets
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from werkzeug.datastructures import MultiDict

Form = MultiDict[str, str]
Table = dict[str, Any]
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_DO = re.compile(r"(add|remove|up|down):([a-z0-9_.]+):(\d{0,3})")
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})
MOST_ITEMS = 60


class Text(msgspec.Struct, frozen=True):
    """One line of text."""

    name: str
    most: int
    wide: bool = False
    """Whether it is longer than a line on a phone."""
    is_spoken: bool = False
    """Whether the door speaks it as it stands."""
    kind: str = "text"


class Number(msgspec.Struct, frozen=True):
    """A number, or nothing."""

    name: str
    kind: str = "number"


class Day(msgspec.Struct, frozen=True):
    """A date."""

    name: str
    kind: str = "day"


class Select(msgspec.Struct, frozen=True):
    """One of a few values."""

    name: str
    values: tuple[str, ...]
    kind: str = "select"


class Codes(msgspec.Struct, frozen=True):
    """Accident types of the pack's list."""

    name: str
    kind: str = "codes"


class Sentences(msgspec.Struct, frozen=True):
    """A list of sentences; blank ones are left out."""

    name: str
    most: int
    is_spoken: bool = False
    """Whether the door speaks each as it stands."""
    kind: str = "sentences"


class CheckLines(msgspec.Struct, frozen=True):
    """A list of check lines; what is known of a line besides its text goes with it unseen, in a
    second field of the same name.
    """

    name: str
    most: int
    is_spoken: bool = True
    kind: str = "lines"


class Choices(msgspec.Struct, frozen=True):
    """The choices of a question and which of them is right: `name` and `answer`."""

    name: str
    most: int
    kind: str = "choices"


class Spot(msgspec.Struct, frozen=True):
    """The spot to point at; it has a page of its own, and forms leave it as it is."""

    name: str
    kind: str = "spot"


class Group(msgspec.Struct, frozen=True):
    """Fields inside of a table."""

    name: str
    fields: tuple[Any, ...]
    kind: str = "group"


class Items(msgspec.Struct, frozen=True):
    """A list of tables. `prefix` begins the ids of new ones; without it they have none."""

    name: str
    fields: tuple[Any, ...]
    prefix: str = ""
    is_minor: bool = False
    """Whether it is folded away until somebody wants it."""
    kind: str = "items"


Field = (
    Text | Number | Day | Select | Codes | Sentences | CheckLines | Choices | Spot | Group | Items
)

Listed = Sentences | CheckLines | Choices | Items


def read(fields: Sequence[Field], form: Form, old: Mapping[str, Any], prefix: str = "") -> Table:
    """Read the fields of a form. What `old` has and no field edits stays."""
    edited = {each.name for each in fields if not isinstance(each, Spot)}
    edited |= {"answer"} if any(isinstance(each, Choices) for each in fields) else set()
    table: Table = {key: value for key, value in old.items() if key not in edited}
    for field in fields:
        table |= _read(field, form, old, f"{prefix}{field.name}")
    return table


def _read(field: Field, form: Form, old: Mapping[str, Any], name: str) -> Table:
    match field:
        case Text() | Day() | Select():
            value = tidy(form.get(name, ""))
            return {field.name: value}
        case Number():
            return _number(field.name, tidy(form.get(name, "")))
        case Codes():
            return {field.name: [tidy(code)[:8] for code in form.getlist(name)][:MOST_ITEMS]}
        case Sentences():
            return {field.name: _sentences(form, name)}
        case CheckLines():
            return {field.name: _check_lines(form, name)}
        case Choices():
            return _choices(field.name, form, name)
        case Spot():
            return {}
        case Group():
            return {field.name: read(field.fields, form, old.get(field.name, {}), f"{name}.")}
        case Items():
            return {field.name: _items(field, form, old.get(field.name, []), name)}


def _number(name: str, text: str) -> Table:
    try:
        return {name: float(text)} if text else {}
    except ValueError:
        return {name: text}


def _sentences(form: Form, name: str) -> list[str]:
    asked = form.get("do", "")
    kept = [tidy(text) for text in form.getlist(name)][:MOST_ITEMS]
    return kept if asked.split(":")[1:2] == [name] else [text for text in kept if text]


def _check_lines(form: Form, name: str) -> list[Any]:
    """Read check lines; a line of which nothing else is known is a text alone."""
    asked = form.get("do", "").split(":")[1:2] == [name]
    texts = [tidy(text) for text in form.getlist(name)][:MOST_ITEMS]
    known = [_known_of_line(sent) for sent in form.getlist(f"{name}.known")]
    known += [{}] * (len(texts) - len(known))
    return [
        {"text": text, **of_line} if of_line else text
        for text, of_line in zip(texts, known, strict=False)
        if text or asked
    ]


def _known_of_line(sent: str) -> Table:
    """Return what is known of a line, as `known_of_line` wrote it."""
    same, *codes = f"{sent[:400]} ".split(" ")
    codes = [code for code in codes if code]
    return {
        **({"same_as": same} if same else {}),
        **({"accident_types": codes[:MOST_ITEMS]} if codes else {}),
    }


def known_of_line(line: Any) -> str:
    """Return what is known of a check line besides its text, word after word: what it says in other
    words, and its accident types.
    """
    if not isinstance(line, Mapping):
        return ""
    return " ".join((str(line.get("same_as", "")), *map(str, line.get("accident_types", ()))))


def _choices(field: str, form: Form, name: str) -> Table:
    typed = [tidy(text) for text in form.getlist(name)][:MOST_ITEMS]
    right = form.get(name.rpartition(".")[0] + ".answer", "")
    asked = form.get("do", "").split(":")[1:2] == [name]
    kept = [index for index, text in enumerate(typed) if text or asked]
    answer = [kept.index(int(right))] if right.isdigit() and int(right) in kept else []
    return {field: [typed[index] for index in kept], **({"answer": answer[0]} if answer else {})}


def _items(field: Items, form: Form, old: Sequence[Mapping[str, Any]], name: str) -> list[Table]:
    known = {str(item.get("id")): item for item in old}
    items = []
    for index in range(MOST_ITEMS):
        here = f"{name}.{index}."
        if not any(key.startswith(here) for key in form):
            break
        sent = form.get(f"{here}id", "")
        if not field.prefix:
            items.append(read(field.fields, form, {}, here))
        elif _ID.fullmatch(sent) and len(sent) <= 40:
            items.append({"id": sent, **read(field.fields, form, known.get(sent, {}), here)})
    return [item for item in items if field.prefix or any(item.values())]


def done(fields: Sequence[Field], table: Table, what: str) -> Table:
    """Return the table with a list changed as a button says; unchanged for a button nobody has."""
    asked = _DO.fullmatch(what)
    if not asked:
        return table
    act, path, index = asked[1], asked[2].split("."), int(asked[3] or 0)
    place, field = _find(fields, table, path)
    if field is None or place is None:
        return table
    items: list[Any] = place.setdefault(field.name, [])
    _act(act, items, index, field)
    if isinstance(field, Choices) and act == "remove":
        _follow(place, index)
    return table


def _find(
    fields: Sequence[Field], table: Table, path: list[str]
) -> tuple[Table | None, Listed | None]:
    field = next((each for each in fields if each.name == path[0]), None)
    if len(path) == 1:
        return (table, field) if isinstance(field, Listed) else (None, None)
    if isinstance(field, Group):
        return _find(field.fields, table.setdefault(field.name, {}), path[1:])
    if isinstance(field, Items) and path[1].isdigit() and len(path) > 2:
        items = table.get(field.name, [])
        index = int(path[1])
        return _find(field.fields, items[index], path[2:]) if index < len(items) else (None, None)
    return None, None


def _act(act: str, items: list[Any], index: int, field: Listed) -> None:
    if act == "add" and len(items) < MOST_ITEMS:
        items.append(blank(field) if isinstance(field, Items) else "")
    elif act == "remove" and index < len(items):
        del items[index]
    elif act == "up" and 0 < index < len(items):
        items[index - 1 : index + 1] = reversed(items[index - 1 : index + 1])
    elif act == "down" and index + 1 < len(items):
        items[index : index + 2] = reversed(items[index : index + 2])


def _follow(question: Table, removed: int) -> None:
    """Keep the right answer the same choice."""
    answer = question.get("answer")
    if not isinstance(answer, int):
        return
    if answer == removed:
        del question["answer"]
    elif answer > removed:
        question["answer"] = answer - 1


def blank(field: Items) -> Table:
    """Return a new item of a list."""
    item: Table = {"id": f"{field.prefix}-{secrets.token_hex(3)}"} if field.prefix else {}
    for each in field.fields:
        match each:
            case Choices():
                item[each.name] = ["", "", ""]
            case Sentences() | CheckLines():
                item[each.name] = [""]
            case Select():
                item[each.name] = each.values[0]
            case Text():
                item[each.name] = ""
    return item


def key_of(name: str) -> str:
    """Return the key path of a field's name: `steps.2.think` is `steps[2].think`."""
    return re.sub(r"\.(\d+)(?=\.|$)", r"[\1]", name)


def tidy(text: str) -> str:
    """Leave out what cannot be seen, and put line ends and repeated spaces as one space."""
    flat = re.sub(r"\s+", " ", text)
    return "".join(sign for sign in flat if unicodedata.category(sign) not in _UNSEEN).strip()
