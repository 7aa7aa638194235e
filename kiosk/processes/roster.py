"""`kiosk import`: bring a roster file into a running station."""

from __future__ import annotations

from pathlib import Path

from kiosk.commands.protocol import Declined, send
from kiosk.model.people import Roster
from kiosk.processes.telling import tell
from kiosk.records.people.commands import ChangeRoster


def hand_over(roster: Roster, commands: Path) -> int:
    """Send a roster to the station and say what became of it."""
    reply = send(commands, ChangeRoster(roster))
    if isinstance(reply, Declined):
        tell(f"没有导入：{reply.reason}", err=True)
        return 1
    tell(f"已导入 {len(roster.workers)} 人、{len(roster.cards)} 张工卡")
    return 0
