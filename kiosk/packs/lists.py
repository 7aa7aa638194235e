"""The lists next to the packs: accident types in their named versions, and the short lists of
reasons.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from kiosk.model.content import Part, Reason, Reasons, fitting
from kiosk.model.lists import AccidentList, AccidentLists, Mapping
from kiosk.model.scenes import Scenes, Word
from kiosk.packs.files import Table, read_table
from kiosk.packs.problems import Found
from kiosk.packs.single import checked, load_single


def load_reasons(path: Path, spare: Path | None = None) -> Reasons:
    """Load the short lists of reasons; a list that is not in the file is taken from the file
    `spare`. Raise PackError.
    """
    table = read_table(path)
    if spare is not None and (lacking := lacking_reasons(table)):
        others = read_table(spare)
        table |= {name: others[name] for name in lacking if name in others}
    return checked(path, table, Reasons, _reasons_faults)


def lacking_reasons(table: Table) -> tuple[str, ...]:
    """Return which lists of reasons a file has not."""
    return tuple(name for name in Reasons.__struct_fields__ if name not in table)


def load_accident_lists(path: Path) -> AccidentLists:
    """Load the named lists of accident types and their mappings. Raise PackError."""
    return load_single(path, AccidentLists, _lists_faults)


def load_scenes(path: Path, lists: AccidentLists) -> Scenes:
    """Load the short lists for putting a scene together; their codes are those of one of `lists`.

    Raise PackError.
    """
    return load_single(path, Scenes, lambda scenes: _scenes_faults(scenes, lists))


def _scenes_faults(scenes: Scenes, lists: AccidentLists) -> Found:
    known = lists.named(scenes.accident_list)
    if known is None:
        yield (
            "accident_list",
            (
                f"no list {scenes.accident_list!r}; expected one of "
                f"{', '.join(each.id for each in lists.lists)}"
            ),
        )
    yield from _words_faults("", scenes.where, scenes.what)
    for index, each in enumerate(scenes.of):
        yield from _words_faults(f"of[{index}].", each.where or (), each.what or ())
        for code in each.codes:
            if known is not None and code not in known.codes:
                yield f"of[{index}].codes", f"{code!r} is no code of {scenes.accident_list}"
    yield from _twice("of.codes", [code for each in scenes.of for code in each.codes])


def _words_faults(key: str, where: tuple[Word, ...], what: tuple[Word, ...]) -> Found:
    yield from _twice(f"{key}where", [word.id for word in where])
    yield from _twice(f"{key}what", [word.id for word in what])


def _reasons_faults(reasons: Reasons) -> Found:
    for name in reasons.__struct_fields__:
        chosen = getattr(reasons, name)
        if not chosen:
            yield name, "is empty; write at least one reason"
        yield from _twice(name, [reason.id for reason in chosen])
        yield from _parts_faults(name, chosen)


def _parts_faults(name: str, chosen: tuple[Reason, ...]) -> Found:
    if name not in ("not_ok", "not_applicable"):
        named = (index for index, reason in enumerate(chosen) if reason.parts)
        yield from (
            (f"{name}[{index}].parts", "belongs to not_ok and not_applicable only")
            for index in named
        )
        return
    for part in Part if chosen else ():
        if not fitting(chosen, part):
            yield name, f"has no reason for {part}; write one, or one without `parts`"


def _lists_faults(known: AccidentLists) -> Found:
    yield from _twice("lists", [each.id for each in known.lists])
    for index, each in enumerate(known.lists):
        yield from _list_faults(each, f"lists[{index}]")
    for index, mapping in enumerate(known.mappings):
        yield from _mapping_faults(mapping, known, f"mappings[{index}]")


def _list_faults(each: AccidentList, key: str) -> Found:
    yield from _twice(f"{key}.types", [accident.code for accident in each.types])
    if each.valid_from and each.valid_until and each.valid_until < each.valid_from:
        yield f"{key}.valid_until", f"expected {each.valid_from} or later, got {each.valid_until}"


def _mapping_faults(mapping: Mapping, known: AccidentLists, key: str) -> Found:
    source, target = known.named(mapping.source), known.named(mapping.target)
    if source is None or target is None:
        unknown = mapping.source if source is None else mapping.target
        yield (
            key,
            f"no list {unknown!r}; expected one of {', '.join(each.id for each in known.lists)}",
        )
        return
    for code, becomes in mapping.codes.items():
        if code not in source.codes:
            yield f"{key}.codes.{code}", f"is no code of {source.id}"
        for other in becomes:
            if other not in target.codes:
                yield f"{key}.codes.{code}", f"{other!r} is no code of {target.id}"
    for code in mapping.judged:
        if code not in mapping.codes:
            yield f"{key}.judged", f"{code!r} has no mapping here"


def _twice(key: str, ids: list[str]) -> Found:
    return (
        (key, f"{each!r} stands there {times} times")
        for each, times in Counter(ids).items()
        if times > 1
    )
