"""Where plain data does not fit a type, in Chinese: for its writer, field by field."""

from __future__ import annotations

import enum
import typing
import unicodedata
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Annotated, Any

import msgspec

from kiosk.model.content import Sign
from kiosk.packs.problems import Found, fields_of, joined, meant, unwrapped

EMPTY = "没有填，请填写"
CHOOSE = "没有选，请选择"
SIGNS: Mapping[Sign, str] = {
    Sign.BLEEDING: "流血断指",
    Sign.CAUGHT: "被夹被卷",
    Sign.ELECTRIC: "触电",
    Sign.FIRE: "着火",
    Sign.BURN: "烫伤",
    Sign.POISON: "中毒窒息",
    Sign.STRUCK: "砸到摔落",
    Sign.VEHICLE: "撞到翻车",
}
"""What the eight tiles of 应急 are called."""


def unfit(value: Any, kind: Any, key: str = "") -> Found:
    """Find everywhere that plain data does not fit a type."""
    hint, limits = unwrapped(meant(kind, value))
    meta = next((limit for limit in limits if isinstance(limit, msgspec.Meta)), msgspec.Meta())
    if isinstance(hint, type) and issubclass(hint, msgspec.Struct):
        yield from _unfit_table(value, hint, key)
    elif typing.get_origin(hint) is tuple:
        yield from _unfit_list(value, typing.get_args(hint)[0], meta, key)
    elif isinstance(hint, type) and issubclass(hint, enum.Enum):
        if value not in [member.value for member in hint]:
            yield key, _unknown_sign(value) if hint is Sign else CHOOSE
    elif hint is str:
        yield from ((key, what) for what in _unfit_text(value, meta) if what)
    elif hint is date:
        yield from _unfit_date(value, key)
    elif hint is bool:
        if not isinstance(value, bool):
            yield key, "只能写 true 或 false"
    else:
        yield from _unfit_number(value, Annotated[hint, meta], meta, key)


def _unfit_table(value: Any, kind: type[msgspec.Struct], key: str) -> Found:
    if not isinstance(value, Mapping):
        yield key, EMPTY
        return
    fields = fields_of(kind)
    yield from ((joined(key, name), "不认识的内容，请删掉") for name in value if name not in fields)
    for name, field in fields.items():
        if value.get(name) is not None:
            yield from unfit(value[name], field.type, joined(key, name))
        elif field.required:
            yield joined(key, name), CHOOSE if unwrapped(field.type)[0] is int else EMPTY


def _unknown_sign(value: Any) -> str:
    every = "、".join(f"{name}（{sign}）" for sign, name in SIGNS.items())
    return f"没有“{value}”这个标志，请从这八个里选：{every}"


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
    elif meta.pattern and not fits(value, Annotated[str, meta]):
        yield "含有不能用的字符，请改正" if value else EMPTY


def _unfit_date(value: Any, key: str) -> Found:
    if not fits(value, date):
        yield key, "不是日期，请重新选择" if value else EMPTY


def _unfit_number(value: Any, kind: Any, meta: msgspec.Meta, key: str) -> Found:
    if isinstance(value, str) or not fits(value, kind):
        limits = [f"{limit:g}" for limit in (meta.ge, meta.le) if limit is not None]
        yield key, f"要填数字，{'到'.join(limits)}" if len(limits) == 2 else "要填数字"


def fits(value: Any, kind: Any) -> bool:
    """Return whether plain data fits a type."""
    try:
        msgspec.convert(value, kind)
    except msgspec.ValidationError:
        return False
    return True
