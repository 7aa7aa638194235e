"""Writing sheets: the template to fill in, and the present list of people.

Each cell is written as text, never as a formula, whatever a name begins with.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import xlsxwriter

from devices.card_reader import FORMS
from kiosk.model.expiry import FOR_EVER
from kiosk.model.people import Worker
from kiosk.rosters.columns import (
    HEADINGS,
    ROLES,
    SHOWN_CERTIFICATES,
    STANDINGS,
    Column,
    certificate_headings,
)
from kiosk.rosters.draft import MOST_ROWS

MIME_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_WIDTHS = {Column.ID: 10, Column.POSTS: 20, Column.CARD: 16, Column.BLOCKED: 18}
_EXPLAINED: Mapping[str, str] = {
    Column.ID: "必填，每人一个，不能重复。会写进记录，不要用身份证号、手机号或姓名",
    Column.NAME: "必填",
    Column.POSTS: "按岗位内容的名称填，多个用“、”隔开",
    Column.ROLE: "空着是工人",
    Column.CARD_FORM: "卡上印的号码是哪种格式。不清楚就在网页“卡号格式”里刷一张卡对照",
    Column.CARD: "照卡上印的填，包括前面的 0。空着就不改动已登记的卡",
    Column.STANDING: "空着是本厂。承包商和访客要填有效期至",
    Column.ENDS_ON: "工卡能用的最后一天，写成 2027-12-31",
    Column.BLOCKED: "填了就不能上岗，刷卡时显示",
    "证件1": "和岗位要求的名称一致，例如 熔化焊接与热切割作业",
    "证件1到期": "写成 2027-12-31；没有期限的填 长期",
}
_EXAMPLE = {
    Column.ID: "示例（不会导入）",
    Column.NAME: "张三",
    Column.CREW: "焊接班",
    Column.ROLE: "工人",
    Column.CARD_FORM: "10D",
    Column.CARD: "0005632889",
    Column.STANDING: "本厂",
    "证件1": "熔化焊接与热切割作业",
    "证件1编号": "样例-A001",
    "证件1到期": "2027-12-31",
}


def write_template(titles: Sequence[str], kinds: Sequence[str], card_form: str = "") -> bytes:
    """Write an empty sheet with one row as an example; lists offer posts, roles, forms and
    certificates.
    """
    example = {**_EXAMPLE, Column.POSTS: titles[0] if titles else "电焊工"}
    if card_form:
        example[Column.CARD_FORM] = card_form
    return _book([example], titles, kinds)


def write_people(
    people: Iterable[Worker], titles: Mapping[str, str], kinds: Sequence[str]
) -> bytes:
    """Write everybody who is here and has a name, to be changed and uploaded again.

    `titles` are the posts' by id. Cards are known by hash only.
    """
    return _book(
        [_row(worker, titles) for worker in people if worker.name and not worker.has_left],
        list(titles.values()),
        kinds,
    )


def _row(worker: Worker, titles: Mapping[str, str]) -> dict[str, str]:
    common = list(titles.values())
    posts = (
        titles.get(post, post) if common.count(titles.get(post, "")) < 2 else post
        for post in worker.posts
    )
    row: dict[str, str] = {
        Column.ID: worker.id,
        Column.NAME: worker.name,
        Column.CREW: worker.crew,
        Column.POSTS: "、".join(posts),
        Column.ROLE: next(word for word, role in ROLES.items() if role is worker.role),
        Column.STANDING: next(
            word for word, standing in STANDINGS.items() if standing is worker.standing
        ),
        Column.ENDS_ON: worker.ends_on.isoformat() if worker.ends_on else "",
        Column.BLOCKED: worker.blocked,
    }
    for number, held in enumerate(worker.certificates, start=1):
        until = "长期" if held.expires_on == FOR_EVER else held.expires_on.isoformat()
        row.update(zip(certificate_headings(number), (held.kind, held.number, until), strict=True))
    return row


def _book(rows: Sequence[Mapping[str, str]], titles: Sequence[str], kinds: Sequence[str]) -> bytes:
    more = [name for row in rows for name in row if name not in HEADINGS]
    names = (*HEADINGS, *dict.fromkeys(more))
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        sheet = book.add_worksheet("人员")
        text = book.add_format({"num_format": "@"})
        head = book.add_format(
            {"bold": True, "bg_color": "#0D1722", "font_color": "white", "text_wrap": True}
        )
        for place, name in enumerate(names):
            sheet.set_column(
                place, place, _WIDTHS.get(Column(name), 12) if name in list(Column) else 16, text
            )
            sheet.write_string(0, place, name, head)
            if name in _EXPLAINED:
                sheet.write_comment(0, place, _EXPLAINED[name], {"x_scale": 2})
        for number, row in enumerate(rows, start=1):
            for place, name in enumerate(names):
                sheet.write_string(number, place, row.get(name, ""), text)
        sheet.freeze_panes(1, 2)
        _offer(book, sheet, names, titles, kinds)
    return file.getvalue()


def _offer(
    book: Any, sheet: Any, names: Sequence[str], titles: Sequence[str], kinds: Sequence[str]
) -> None:
    """Offer what may be chosen; another text is allowed, since a list of posts can have several in
    one cell.
    """
    offered: dict[str, Sequence[str]] = {
        Column.POSTS: titles,
        Column.ROLE: tuple(ROLES),
        Column.CARD_FORM: FORMS,
        Column.STANDING: tuple(STANDINGS),
        **{certificate_headings(number)[0]: kinds for number in range(1, SHOWN_CERTIFICATES + 1)},
    }
    lists = book.add_worksheet("可选值")
    lists.set_column(0, len(offered), 22)
    for column, (name, choices) in enumerate(offered.items()):
        lists.write_string(0, column, name)
        for row, choice in enumerate(choices, start=1):
            lists.write_string(row, column, choice)
        if choices:
            place = names.index(name)
            letter = chr(ord("A") + column)
            source = f"=可选值!${letter}$2:${letter}${len(choices) + 1}"
            rule = {"validate": "list", "source": source, "error_type": "information"}
            sheet.data_validation(1, place, MOST_ROWS, place, rule)
