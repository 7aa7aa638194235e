"""What is wrong with the contents of a command, in a sentence for the sender; empty when nothing
is.
"""

from __future__ import annotations

import re

from devices.card_reader import Card, CardNumberError
from kiosk.model.people import Roster
from kiosk.model.writing import _FILLERS, has_words

_WORKER_ID = re.compile(r"[\w.-]{1,32}")


def to_roster(roster: Roster) -> str:
    """Object to 工号 that cannot be typed, people without a name, and cards that no reader can
    read.
    """
    for worker in roster.workers:
        if not _WORKER_ID.fullmatch(worker.id) or _FILLERS & set(worker.id):
            return f"工号 {worker.id!r} 不能用：只能有字母、数字、点和横线，最多32个"
        if not has_words(worker.name):
            return f"工号 {worker.id} 没有姓名"
        if worker.has_left:
            return f"工号 {worker.id} 不能导入为已离职：请在这个人的页面办理离职"
    for card in roster.cards:
        try:
            Card(card.form, card.number)
        except CardNumberError as error:
            return f"工号 {card.worker} 的工卡 {card.number!r} 不能用：{error}"
    return ""
