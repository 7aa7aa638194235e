"""The columns of the sheet, and finding them by their headings whatever their order."""

from __future__ import annotations

import enum
import re
import unicodedata
from collections.abc import Mapping, Sequence

from kiosk.model.people import Role, Standing

MOST_CERTIFICATES = 6
"""Groups of three columns that are read; the template shows three."""
SHOWN_CERTIFICATES = 3


class Column(enum.StrEnum):
    """A column by its heading in the template."""

    ID = "工号"
    NAME = "姓名"
    CREW = "班组"
    POSTS = "岗位"
    ROLE = "角色"
    CARD_FORM = "卡号格式"
    CARD = "卡号"
    STANDING = "人员类别"
    ENDS_ON = "有效期至"
    BLOCKED = "停岗原因"


ROLES: Mapping[str, Role] = {
    "工人": Role.WORKER,
    "班组长": Role.LEADER,
    "安全员": Role.SUPERVISOR,
    "负责人": Role.RESPONSIBLE,
}
STANDINGS: Mapping[str, Standing] = {
    "本厂": Standing.STAFF,
    "承包商": Standing.CONTRACTOR,
    "访客": Standing.VISITOR,
}
NEEDED = (Column.ID, Column.NAME)

_OTHER_HEADINGS: Mapping[str, Column] = {
    "员工编号": Column.ID,
    "人员编号": Column.ID,
    "员工号": Column.ID,
    "编号": Column.ID,
    "名字": Column.NAME,
    "员工姓名": Column.NAME,
    "工种": Column.POSTS,
    "卡类型": Column.CARD_FORM,
    "工卡号": Column.CARD,
    "工卡": Column.CARD,
    "类别": Column.STANDING,
    "停岗": Column.BLOCKED,
}
_CERTIFICATE = re.compile(r"证件([1-9]?)(编号|号码|号|到期|到期日|有效期|有效期至)?")
_PARTS = {
    "": "",
    "编号": "编号",
    "号码": "编号",
    "号": "编号",
    "到期": "到期",
    "到期日": "到期",
    "有效期": "到期",
    "有效期至": "到期",
}


def certificate_headings(number: int) -> tuple[str, str, str]:
    """Return the three headings of a certificate: its kind, its number, its last day."""
    return f"证件{number}", f"证件{number}编号", f"证件{number}到期"


HEADINGS: tuple[str, ...] = (
    *Column,
    *(
        heading
        for number in range(1, SHOWN_CERTIFICATES + 1)
        for heading in certificate_headings(number)
    ),
)
"""The template's headings, in order."""


def tidy(text: str) -> str:
    """Return a text as it is kept: full-width signs made narrow, odd blanks made one, none around
    it (NFKC, Unicode annex 15).
    """
    return " ".join(unicodedata.normalize("NFKC", text).split())


def heading(text: str) -> str:
    """Return the template's heading that a cell means; the empty text when it means none."""
    bare = re.sub(r"[\s*:：]|\(.*?\)|（.*?）", "", tidy(text))
    if bare in list(Column):
        return bare
    if bare in _OTHER_HEADINGS:
        return _OTHER_HEADINGS[bare]
    found = _CERTIFICATE.fullmatch(bare)
    if found and (number := int(found[1] or 1)) <= MOST_CERTIFICATES:
        return f"证件{number}{_PARTS[found[2] or '']}"
    return ""


def headings(texts: Sequence[str]) -> dict[int, str]:
    """Return the meaning of a row of headings, by place; empty when it is no such row: two columns
    at least must be known.
    """
    found = {place: known for place, text in enumerate(texts) if (known := heading(text))}
    return found if len(found) > 1 else {}
