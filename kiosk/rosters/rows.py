"""One row of the sheet: a worker with certificates and cards, or what is wrong with it."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import TypeVar

import msgspec

from devices.card_reader import FORMS, CardNumberError, parse
from kiosk.model.people import CardNumber, Certificate, Role, Standing, Worker
from kiosk.model.worker_id import trouble_with_id
from kiosk.rosters.cells import NOTHING, Cell, Made, as_day
from kiosk.rosters.columns import MOST_CERTIFICATES, ROLES, STANDINGS, Column, certificate_headings
from kiosk.rosters.draft import Level, PostRule, Problem, Rules

T = TypeVar("T")
Row = Mapping[str, Cell]
"""The cells of a row by heading; an empty cell may be missing."""

_BETWEEN_POSTS, _BETWEEN_CARDS = re.compile(r"[、,;/\s]+"), re.compile(r"\s*[、;/]\s*")
_MOST = {Column.NAME: 20, Column.CREW: 20, Column.BLOCKED: 40}
_MOST_KIND, _MOST_NUMBER, _MOST_LISTED, _MOST_POST = 24, 40, 8, 40
_DIGITS = {"13D": 13, "10D": 10, "10D-R": 10, "8D": 8, "3D.5D": 8, "5D.5D": 10}


class Found(msgspec.Struct):
    """What was read from one row; filled in cell by cell."""

    row: int
    problems: list[Problem]

    def wrong(self, field: str, text: str) -> None:
        """Take note of an error."""
        self.problems.append(Problem(self.row, field, text))

    def doubtful(self, field: str, text: str) -> None:
        """Take note of something to look at."""
        self.problems.append(Problem(self.row, field, text, Level.NOTICE))


def read_row(cells: Row, rules: Rules, found: Found) -> tuple[Worker, list[CardNumber]]:
    """Read a row; what `found` has heard of it decides whether the worker may be used."""
    _refuse_unreadable(cells, found)
    worker_id = _id(cells, rules, found)
    posts = _posts(cells, rules, found)
    certificates = _certificates(cells, rules, found)
    standing = _chosen(cells, Column.STANDING, STANDINGS, Standing.STAFF, found)
    worker = Worker(
        id=worker_id,
        name=_text(cells, Column.NAME, found, needed=True),
        crew=_text(cells, Column.CREW, found),
        role=_chosen(cells, Column.ROLE, ROLES, Role.WORKER, found),
        posts=tuple(rule.id for rule in posts),
        certificates=certificates,
        blocked=_text(cells, Column.BLOCKED, found),
        standing=standing,
        ends_on=_ends_on(cells, standing, rules.today, found),
    )
    _compare(worker, posts, found)
    _note_undrawable(cells, rules, found)
    return worker, _cards(cells, worker_id, rules, found)


def _refuse_unreadable(cells: Row, found: Found) -> None:
    for field, cell in cells.items():
        if cell.made is Made.FORMULA:
            found.wrong(field, "这一格是公式，请改成数值：复制这一列，再“选择性粘贴—数值”")
        elif cell.made is Made.ERROR:
            found.wrong(field, f"这一格是错误值 {cell.text}，请改正")


def _id(cells: Row, rules: Rules, found: Found) -> str:
    cell = cells.get(Column.ID, NOTHING)
    text = cell.text
    if cell.made in (Made.FORMULA, Made.ERROR):
        return ""
    if not text:
        found.wrong(Column.ID, "没有工号，请填写")
    elif cell.made is Made.DATE:
        found.wrong(Column.ID, f"工号被表格程序改成了日期 {text}，请把这一列设为“文本”再填")
    elif text not in rules.old_ids and (trouble := trouble_with_id(text)):
        found.wrong(Column.ID, f"工号“{text[:24]}”{trouble}")
    elif text == cells.get(Column.NAME, NOTHING).text:
        found.wrong(Column.ID, "工号会写进记录，不能就是姓名，请另编工号")
    return text


def _text(cells: Row, column: Column, found: Found, needed: bool = False) -> str:
    text = cells.get(column, NOTHING).text
    if needed and not text:
        found.wrong(column, f"没有{column}，请填写")
    if len(text) > _MOST[column]:
        found.wrong(column, f"太长，最多 {_MOST[column]} 个字")
    return text


def _chosen(cells: Row, column: Column, choices: Mapping[str, T], usual: T, found: Found) -> T:
    text = cells.get(column, NOTHING).text
    if not text:
        return usual
    if text not in choices:
        found.wrong(
            column,
            f"没有“{text[:12]}”，请填：{'、'.join(choices)}（空着是“{next(iter(choices))}”）",
        )
    return choices.get(text, usual)


def _posts(cells: Row, rules: Rules, found: Found) -> list[PostRule]:
    text = cells.get(Column.POSTS, NOTHING).text
    named = dict.fromkeys(filter(None, _BETWEEN_POSTS.split(text)))
    if len(named) > _MOST_LISTED or any(len(name) > _MOST_POST for name in named):
        found.wrong(
            Column.POSTS, f"最多 {_MOST_LISTED} 个岗位，每个最多 {_MOST_POST} 个字，用“、”隔开"
        )
        return []
    for name in named:
        if name not in rules.posts:
            found.doubtful(
                Column.POSTS, f"“{name}”还没有岗位内容，刷卡时不能选{_like(name, rules.posts)}"
            )
    return list(dict.fromkeys(rules.posts.get(name, PostRule(name)) for name in named))


def _like(name: str, known: Iterable[str]) -> str:
    close = difflib.get_close_matches(name, known, n=1, cutoff=0.5)
    return f"。是不是“{close[0]}”？" if close else ""


def _certificates(cells: Row, rules: Rules, found: Found) -> tuple[Certificate, ...]:
    held = (_certificate(cells, number, rules, found) for number in range(1, MOST_CERTIFICATES + 1))
    return tuple(certificate for certificate in held if certificate)


def _certificate(cells: Row, number: int, rules: Rules, found: Found) -> Certificate | None:
    headings = certificate_headings(number)
    kind, paper, until = (cells.get(heading, NOTHING) for heading in headings)
    if not (kind.text or paper.text or until.text):
        return None
    if not kind.text:
        found.wrong(headings[0], f"填了{headings[1 if paper.text else 2]}，没有填证件名称，请补上")
        return None
    if len(kind.text) > _MOST_KIND or len(paper.text) > _MOST_NUMBER:
        found.wrong(headings[0], f"证件名称最多 {_MOST_KIND} 个字，编号最多 {_MOST_NUMBER} 个字")
    expires_on = _day(
        until,
        headings[2],
        found,
        f"“{kind.text[:_MOST_KIND]}”没有到期日，请填写（没有期限的填“长期”）",
    )
    if rules.kinds and kind.text not in rules.kinds:
        like = _like(kind.text, rules.kinds)
        found.doubtful(
            headings[0], f"岗位和作业都不要求“{kind.text[:_MOST_KIND]}”{like or '，只作登记'}"
        )
    if expires_on and expires_on < rules.today:
        found.doubtful(headings[2], f"已于 {expires_on} 到期，刷卡时按过期处理")
    return Certificate(rules.kinds.get(kind.text, kind.text), expires_on or rules.today, paper.text)


def _day(cell: Cell, field: str, found: Found, missing: str) -> date | None:
    if cell.made in (Made.FORMULA, Made.ERROR):
        return None
    if not cell.text:
        found.wrong(field, missing)
        return None
    day = as_day(cell)
    if day is None or not 1990 <= day.year <= 9999:
        found.wrong(field, f"“{cell.text[:20]}”不是日期，请写成 2027-12-31 这样")
        return None
    return day


def _ends_on(cells: Row, standing: Standing, today: date, found: Found) -> date | None:
    cell = cells.get(Column.ENDS_ON, NOTHING)
    if not cell.text and standing is Standing.STAFF:
        return None
    ends_on = _day(cell, Column.ENDS_ON, found, "承包商和访客的卡要有最后一天，请填写有效期至")
    if ends_on and ends_on < today:
        found.doubtful(Column.ENDS_ON, f"已于 {ends_on} 到期，刷卡时不能上岗")
    return ends_on


def _compare(worker: Worker, posts: list[PostRule], found: Found) -> None:
    """Note what the door would refuse although the row is sound."""
    held = {certificate.kind for certificate in worker.certificates}
    for rule in posts:
        if lacking := [kind for kind in rule.certificates if kind not in held]:
            found.doubtful(
                Column.POSTS, f"这个岗位要有“{'”“'.join(lacking)}”，没有填，刷卡时不能上岗"
            )
    if worker.role is Role.WORKER and not worker.posts and worker.is_active:
        found.doubtful(Column.POSTS, "没有岗位，刷卡时不能上岗")


def _note_undrawable(cells: Row, rules: Rules, found: Found) -> None:
    """Note the signs that neither screens nor forms can show."""
    for field, cell in cells.items():
        if trouble := rules.glyphs.trouble(cell.text):
            found.doubtful(field, trouble)


def _cards(cells: Row, worker: str, rules: Rules, found: Found) -> list[CardNumber]:
    cell = cells.get(Column.CARD, NOTHING)
    if not cell.text or cell.made in (Made.FORMULA, Made.ERROR):
        return []
    form = _form(cells, rules, found)
    if not form:
        return []
    if cell.made is Made.DATE or (cell.made is Made.NUMBER and not cell.text.isdigit()):
        found.wrong(Column.CARD, "卡号被表格程序改过了，请把这一列设为“文本”再填")
        return []
    numbers = filter(None, _BETWEEN_CARDS.split(cell.text))
    return [card for number in numbers if (card := _card(number, form, cell.made, worker, found))]


def _card(number: str, form: str, made: Made, worker: str, found: Found) -> CardNumber | None:
    if made is Made.NUMBER:
        # A program dropped the zeros; as text a short number is half a number.
        number = number.zfill(_DIGITS.get(form, 0))
    try:
        card = parse(form, number)
    except CardNumberError as error:
        found.wrong(Column.CARD, str(error))
        return None
    return CardNumber(worker, card.form, card.number)


def _form(cells: Row, rules: Rules, found: Found) -> str:
    text = cells.get(Column.CARD_FORM, NOTHING).text.upper().replace(" ", "")
    form = text or rules.card_form
    if form in FORMS:
        return form
    if form:
        found.wrong(Column.CARD_FORM, f"没有“{text[:12]}”这种格式，请填：{'、'.join(FORMS)}")
    else:
        found.wrong(
            Column.CARD_FORM, "填了卡号，没有填卡号格式；不清楚就先到“卡号格式”页刷一张卡对照"
        )
    return ""
