"""What is wrong with the contents of a command, in a sentence for the sender; empty when nothing
is.
"""

from __future__ import annotations

from collections.abc import Callable

from devices.card_reader import Card, CardNumberError
from kiosk.model.people import Roster
from kiosk.model.worker_id import trouble_with_id
from kiosk.model.writing import has_words

_SHOWN = 24


def to_roster(roster: Roster, is_known: Callable[[str], bool]) -> str:
    """Object to 工号 that nobody may be given, people without a name, and cards that no reader can
    read.

    Who is known already keeps his 工号: what was allowed once can still be corrected.
    """
    for worker in roster.workers:
        trouble = trouble_with_id(worker.id)
        if trouble and not is_known(worker.id):
            return f"工号“{worker.id[:_SHOWN]}”不能用：{trouble}"
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
