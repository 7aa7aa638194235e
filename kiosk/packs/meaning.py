"""What types cannot say of a pack that somebody is writing, in Chinese: ids that are unique, codes
and drills that exist, spots on their pictures.

Works on plain tables, which may be half-written; `kiosk.packs.checks` holds the same rules for what
is loaded.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

import msgspec

from kiosk.model.content import Part
from kiosk.packs.checks import MOST_ALWAYS, RESERVED
from kiosk.packs.problems import Found, joined
from kiosk.packs.spoken import BEATS, too_long
from kiosk.packs.unfit import CHOOSE, fits


class Known(msgspec.Struct, frozen=True):
    """What a pack may refer to: pictures by name, and the codes of each named list of accident
    types.
    """

    pictures: Collection[str]
    codes: Mapping[str, Collection[str]]


def meaning(table: Mapping[str, Any], known: Known) -> Found:
    """Find what types cannot say."""
    starts, review = table.get("effective_on"), table.get("review_on")
    if fits(starts, date) and fits(review, date) and str(review) <= str(starts):
        yield "review_on", "复审日期要晚于启用日期，请改晚"
    named = str(table.get("accident_list", ""))
    if named not in known.codes:
        yield "accident_list", f"没有事故类型清单“{named}”，请从{'、'.join(known.codes)}里选"
    inside = _Inside(
        known.pictures,
        known.codes.get(named, frozenset()),
        {str(same.get("id")) for same in _tables(table.get("same_lines"))},
    )
    yield from _repeated("same_lines", _tables(table.get("same_lines")))
    yield from _shared_meaning("", table, inside)
    for kind in ("posts", "works"):
        items = _tables(table.get(kind))
        yield from _repeated(f"{kind}", items)
        for key, item in _keyed(kind, items):
            yield from _item_meaning(key, item, inside)
    yield from _work_drills(table)


class _Inside(msgspec.Struct, frozen=True):
    """What the items of one manuscript may refer to."""

    pictures: Collection[str]
    codes: Collection[str]
    same_lines: Collection[str]


def _shared_meaning(key: str, holder: Mapping[str, Any], inside: _Inside) -> Found:
    """Find what is wrong with the lines and cards of a pack, a post or a work."""
    yield from _lines_meaning(joined(key, "lines"), holder.get("lines"), inside)
    cards = _tables(holder.get("emergency"))
    yield from _repeated(joined(key, "emergency"), cards)
    for card_key, card in _keyed(joined(key, "emergency"), cards):
        yield from _unknown_codes(f"{card_key}.accident_types", card, inside.codes)


def _item_meaning(key: str, item: Mapping[str, Any], inside: _Inside) -> Found:
    yield from _unknown_codes(f"{key}.accident_types", item, inside.codes)
    yield from _shared_meaning(key, item, inside)
    yield from _drills_meaning(key, item, inside)
    for list_ in ("questions", "scenarios"):
        yield from _repeated(f"{key}.{list_}", _tables(item.get(list_)))
    for question_key, question in _keyed(f"{key}.questions", _tables(item.get("questions"))):
        yield from _question_meaning(question_key, question)
    for scenario_key, scenario in _keyed(f"{key}.scenarios", _tables(item.get("scenarios"))):
        yield from _unknown_codes(f"{scenario_key}.accident_types", scenario, inside.codes)
    for limit_key, limit in _keyed(f"{key}.limits", _tables(item.get("limits"))):
        yield from _limit_meaning(limit_key, limit)


def _lines_meaning(key: str, lines: Any, inside: _Inside) -> Found:
    for part in Part if isinstance(lines, Mapping) else ():
        written = lines.get(part.value)
        seen: set[str] = set()
        for index, line in enumerate(written if isinstance(written, list | tuple) else ()):
            if not isinstance(line, Mapping):
                continue
            here = f"{key}.{part}[{index}]"
            yield from _unknown_codes(f"{here}.accident_types", line, inside.codes)
            same = line.get("same_as")
            if same is None:
                continue
            if same not in inside.same_lines:
                yield f"{here}.same_as", f"“{same}”不在“说法相同的话”里，请重新选择，或先加上"
            if str(same) in seen:
                yield f"{here}.same_as", f"这一项里已有一句与“{same}”相同，请删掉一句"
            seen.add(str(same))


def _limit_meaning(key: str, limit: Mapping[str, Any]) -> Found:
    low, high = limit.get("at_least"), limit.get("at_most")
    if low is None and high is None:
        yield key, "没有写限值，请填下限、上限，或两个都填"
    elif isinstance(low, int | float) and isinstance(high, int | float) and low > high:
        yield f"{key}.at_least", f"下限 {low:g} 比上限 {high:g} 大，请改正"


def _drills_meaning(key: str, item: Mapping[str, Any], inside: _Inside) -> Found:
    named = [(f"{key}.{list_}", _tables(item.get(list_))) for list_ in ("more_drills", "drills")]
    first = [item["drill"]] if isinstance(item.get("drill"), Mapping) else []
    drills = [(f"{key}.drill", drill) for drill in first]
    for list_key, several in named:
        yield from _repeated(list_key, [*first, *several])
        drills += _keyed(list_key, several)
    for drill_key, drill in drills:
        steps = _tables(drill.get("steps"))
        yield from _repeated(f"{drill_key}.steps", steps)
        always = sum(step.get("always") is True for step in steps)
        if always > MOST_ALWAYS:
            yield (
                f"{drill_key}.steps",
                f"有 {always} 步是每次必考，最多 {MOST_ALWAYS} 步，请去掉一些",
            )
        for step_key, step in _keyed(f"{drill_key}.steps", steps):
            yield from _step_meaning(step_key, step, inside.pictures)
            yield from _unknown_codes(f"{step_key}.accident_types", step, inside.codes)


def _work_drills(table: Mapping[str, Any]) -> Found:
    """Find works that name a drill which neither they nor a post of the pack have."""
    posts = _tables(table.get("posts"))
    of_posts = [drill for post in posts for drill in _tables(post.get("more_drills"))]
    for key, work in _keyed("works", _tables(table.get("works"))):
        known = {str(drill.get("id")) for drill in (*of_posts, *_tables(work.get("drills")))}
        named = work.get("drill")
        if named is not None and str(named) not in known:
            yield f"{key}.drill", f"没有编号是“{named}”的口述，请重新选择，或先写好那套口述"


def _step_meaning(key: str, step: Mapping[str, Any], pictures: Collection[str]) -> Found:
    if step.get("id") in RESERVED:
        yield f"{key}.id", "编号与一备三查的名称相同，请删掉这一步再添加"
    for beat in BEATS:
        sentence = step.get(beat)
        if isinstance(sentence, str) and (trouble := too_long(beat, sentence)):
            yield f"{key}.{beat}", trouble
    target = step.get("target")
    if isinstance(target, Mapping):
        yield from _target_meaning(f"{key}.target", target, pictures)


def _target_meaning(key: str, target: Mapping[str, Any], pictures: Collection[str]) -> Found:
    if target.get("photo") not in pictures:
        yield key, "没有这张照片，请重新上传，或去掉指认点"
    radius = target.get("radius", 0.12)
    for axis in ("x", "y"):
        centre = target.get(axis)
        numbers = isinstance(centre, int | float) and isinstance(radius, int | float)
        if numbers and not radius <= centre <= 1 - radius:
            yield key, "指认点超出了照片，请重新点在照片里面，或把圈改小"
            return


def _question_meaning(key: str, question: Mapping[str, Any]) -> Found:
    choices = question.get("choices")
    if not isinstance(choices, list | tuple):
        return
    answer = question.get("answer")
    if isinstance(answer, int) and answer >= len(choices):
        yield f"{key}.answer", CHOOSE
    for choice, times in Counter(map(str, choices)).items():
        if times > 1 and choice:
            yield f"{key}.choices", f"“{choice}”写了 {times} 次，请改掉一个"


def _unknown_codes(key: str, item: Mapping[str, Any], codes: Collection[str]) -> Found:
    used = item.get("accident_types")
    for code in used if isinstance(used, list | tuple) else ():
        if code not in codes:
            yield key, f"事故类型代码“{code}”不在清单里，请重新选择"


def _repeated(key: str, items: Sequence[Mapping[str, Any]]) -> Found:
    for name, times in Counter(str(item.get("id")) for item in items).items():
        if times > 1:
            yield key, f"编号“{name}”用了 {times} 次，请删掉一个"


def _tables(value: Any) -> list[Mapping[str, Any]]:
    return (
        [item for item in value if isinstance(item, Mapping)]
        if isinstance(value, list | tuple)
        else []
    )


def _keyed(key: str, items: Sequence[Mapping[str, Any]]) -> list[tuple[str, Mapping[str, Any]]]:
    return [(f"{key}[{index}]", item) for index, item in enumerate(items)]
