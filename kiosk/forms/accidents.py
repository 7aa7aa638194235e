"""常见事故类型: the notice's twenty, ticked by whichever list the content uses."""

from __future__ import annotations

from collections.abc import Iterable

from kiosk.forms.sheet import AnyBlock, Choice, Text, Ticks
from kiosk.forms.source import Source
from kiosk.model.lists import AccidentType

NOTICE = "notice-20"
"""The list that the annexes print."""


def ticks(codes: Iterable[str], source: Source, list_id: str = NOTICE) -> tuple[AnyBlock, ...]:
    """Return the twenty types of the notice, ticked where a code of the list `list_id` stands for
    them.

    A code that the notice has no type for is named below, with its own list.
    """
    given = tuple(dict.fromkeys(codes))
    ticked = {code: _in_notice(code, list_id, source) for code in given}
    others = [_named(code, list_id, source) for code, found in ticked.items() if not found]
    all_ticked = {code for found in ticked.values() for code in found}
    below = (Text(source.say("accident.others", names=source.joined(others))),) if others else ()
    return (Ticks(_choices(all_ticked, source)), *below)


def names(codes: Iterable[str], source: Source, list_id: str) -> list[str]:
    """Return the names of types, as their own list has them."""
    known = source.lists.named(list_id)
    return [(known.name(code) if known else None) or code for code in dict.fromkeys(codes)]


def _in_notice(code: str, list_id: str, source: Source) -> tuple[str, ...]:
    """Return the notice's codes for a code of another list: those that become it, as mappings lead
    from the notice.
    """
    types = _types(source)
    if list_id == NOTICE:
        return tuple(each.code for each in types if each.code == code)
    return tuple(
        each.code for each in types if code in source.lists.mapped(each.code, NOTICE, list_id)
    )


def _types(source: Source) -> tuple[AccidentType, ...]:
    notice = source.lists.named(NOTICE)
    return notice.types if notice else ()


def _named(code: str, list_id: str, source: Source) -> str:
    (name,) = names([code], source, list_id)
    return source.say("accident.other", name=name, list=list_id)


def _choices(ticked: set[str], source: Source) -> tuple[Choice, ...]:
    types = _types(source)
    ends = [source.say("form.sentence_end")] * max(0, len(types) - 1) + [
        source.say("form.list_end")
    ]
    return tuple(
        Choice(
            source.say("accident.choice", number=each.code, name=each.name) + end,
            each.code in ticked,
        )
        for each, end in zip(types, ends, strict=False)
    )
