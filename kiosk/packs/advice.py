"""What is wrong with a pack that somebody is writing, in the writer's language: which field, and
what to do.

The same rules as `kiosk.packs.checks` and the types of `kiosk.model.content`, on plain tables,
which may be half-written.
"""

from __future__ import annotations

import enum
import typing
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from typing import Annotated, Any

import msgspec

from kiosk.model.manuscript import Manuscript
from kiosk.packs.checks import RESERVED
from kiosk.packs.problems import Found, joined, unwrapped
from kiosk.packs.spoken import BEATS, soundless, too_long

EMPTY = "没有填，请填写"
CHOOSE = "没有选，请选择"


class Known(msgspec.Struct, frozen=True):
    """What a pack may refer to: pictures by name, and the codes of each named list of accident
    types.
    """

    pictures: Collection[str]
    codes: Mapping[str, Collection[str]]


def advice(table: Mapping[str, Any], known: Known) -> dict[str, str]:
    """Return what is wrong with a manuscript as plain data, by the key path of the field; empty
    when nothing is.
    """
    found: dict[str, str] = {}
    for key, sentence in (*unfit(table, Manuscript), *_meaning(table, known), *soundless(table)):
        found.setdefault(key, sentence)
    return found


def unfit(value: Any, kind: Any, key: str = "") -> Found:
    """Find everywhere that plain data does not fit a type."""
    hint, limits = unwrapped(kind)
    meta = next((limit for limit in limits if isinstance(limit, msgspec.Meta)), msgspec.Meta())
    if isinstance(hint, type) and issubclass(hint, msgspec.Struct):
        yield from _unfit_table(value, hint, key)
    elif typing.get_origin(hint) is tuple:
        yield from _unfit_list(value, typing.get_args(hint)[0], meta, key)
    elif isinstance(hint, type) and issubclass(hint, enum.Enum):
        if value not in [member.value for member in hint]:
            yield key, CHOOSE
    elif hint is str:
        yield from ((key, what) for what in _unfit_text(value, meta) if what)
    elif hint is date:
        yield from _unfit_date(value, key)
    else:
        yield from _unfit_number(value, Annotated[hint, meta], meta, key)


def _unfit_table(value: Any, kind: type[msgspec.Struct], key: str) -> Found:
    if not isinstance(value, Mapping):
        yield key, EMPTY
        return
    fields = {field.encode_name: field for field in msgspec.structs.fields(kind)}
    yield from ((joined(key, name), "不认识的内容，请删掉") for name in value if name not in fields)
    for name, field in fields.items():
        if value.get(name) is not None:
            yield from unfit(value[name], field.type, joined(key, name))
        elif field.required:
            yield joined(key, name), CHOOSE if unwrapped(field.type)[0] is int else EMPTY


def _unfit_list(value: Any, item: Any, meta: msgspec.Meta, key: str) -> Found:
    if not isinstance(value, list | tuple):
        yield key, EMPTY
        return
    if len(value) < (meta.min_length or 0):
        yield key, f"至少要有 {meta.min_length} 条，请添加"
    if meta.max_length is not None and len(value) > meta.max_length:
        yield key, f"有 {len(value)} 条，最多 {meta.max_length} 条，请删掉一些"
    for index, each in enumerate(value):
        yield from unfit(each, item, f"{key}[{index}]")


def _unfit_text(value: Any, meta: msgspec.Meta) -> Iterator[str]:
    if not isinstance(value, str) or (meta.min_length and not value.strip()):
        yield EMPTY
    elif meta.max_length is not None and len(value) > meta.max_length:
        yield f"有 {len(value)} 个字，最多 {meta.max_length} 个字，请改短"
    elif any(unicodedata.category(sign) in ("Cc", "Cs") for sign in value):
        yield "含有换行或看不见的字符，请删掉"
    elif meta.pattern and not _fits(value, Annotated[str, meta]):
        yield "含有不能用的字符，请改正" if value else EMPTY


def _unfit_date(value: Any, key: str) -> Found:
    if not _fits(value, date):
        yield key, "不是日期，请重新选择" if value else EMPTY


def _unfit_number(value: Any, kind: Any, meta: msgspec.Meta, key: str) -> Found:
    if isinstance(value, str) or not _fits(value, kind):
        limits = [f"{limit:g}" for limit in (meta.ge, meta.le) if limit is not None]
        yield key, f"要填数字，{'到'.join(limits)}" if len(limits) == 2 else "要填数字"


def _fits(value: Any, kind: Any) -> bool:
    try:
        msgspec.convert(value, kind)
    except msgspec.ValidationError:
        return False
    return True


def _meaning(table: Mapping[str, Any], known: Known) -> Found:
    """Find what types cannot say."""
    starts, review = table.get("effective_on"), table.get("review_on")
    if _fits(starts, date) and _fits(review, date) and str(review) <= str(starts):
        yield "review_on", "复审日期要晚于启用日期，请改晚"
    named = str(table.get("accident_list", ""))
    if named not in known.codes:
        yield "accident_list", f"没有事故类型清单“{named}”，请从{'、'.join(known.codes)}里选"
    codes = known.codes.get(named, frozenset())
    for kind in ("posts", "works"):
        items = _tables(table.get(kind))
        yield from _repeated(f"{kind}", items)
        for key, item in _keyed(kind, items):
            yield from _item_meaning(key, item, codes, known.pictures)


def _item_meaning(
    key: str, item: Mapping[str, Any], codes: Collection[str], pictures: Collection[str]
) -> Found:
    yield from _unknown_codes(f"{key}.accident_types", item, codes)
    drills = [
        ("drill", item.get("drill")),
        *_keyed("more_drills", _tables(item.get("more_drills"))),
    ]
    for name, drill in drills:
        steps = _tables(drill.get("steps")) if isinstance(drill, Mapping) else []
        yield from _repeated(f"{key}.{name}.steps", steps)
        for step_key, step in _keyed(f"{key}.{name}.steps", steps):
            yield from _step_meaning(step_key, step, pictures)
    for list_ in ("questions", "scenarios", "emergency"):
        yield from _repeated(f"{key}.{list_}", _tables(item.get(list_)))
    for question_key, question in _keyed(f"{key}.questions", _tables(item.get("questions"))):
        yield from _question_meaning(question_key, question)
    for scenario_key, scenario in _keyed(f"{key}.scenarios", _tables(item.get("scenarios"))):
        yield from _unknown_codes(f"{scenario_key}.accident_types", scenario, codes)


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
