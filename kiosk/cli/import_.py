"""`kiosk import`: bring a roster file into a running station."""

from __future__ import annotations

from pathlib import Path

from kiosk.commands.protocol import StationDownError
from kiosk.packs import PackError, load_roster
from kiosk.processes.roster import hand_over
from kiosk.processes.telling import tell


def import_people(roster: Path, data: Path) -> int:
    """Read the file and send it to the station, all or nothing; return the exit status."""
    try:
        return hand_over(load_roster(roster), data / "station.sock")
    except (PackError, StationDownError) as error:
        tell(f"kiosk import: {error}", err=True)
        return 1
