"""People who left before 已离职 was a standing: it was a reason for being blocked, which anybody could type."""

from __future__ import annotations

import sqlite3

from kiosk.journal import undoing
from kiosk.model.people import Standing

OLD_REASON = "已离职"
STANDINGS_BEFORE = (Standing.STAFF, Standing.CONTRACTOR, Standing.VISITOR)

_GONE = """UPDATE worker SET standing = ?, blocked = '' WHERE blocked = ? AND id IN (
    SELECT dismissed.worker FROM
        (SELECT json_extract(body, '$.worker') AS worker, max(seq) AS seq FROM entry WHERE kind = 'worker.dismissed' GROUP BY 1) dismissed
        LEFT JOIN
        (SELECT json_extract(body, '$.worker') AS worker, max(seq) AS seq FROM entry WHERE kind = 'worker.changed' GROUP BY 1) changed
        USING (worker)
    WHERE coalesce(changed.seq, 0) <= dismissed.seq + 1)"""
"""A dismissal is followed at once by the change it made; somebody changed later came back, and the reason was typed."""


def mark_leavers(connection: sqlite3.Connection) -> None:
    """Give the standing `left` to everybody whose dismissal is on record and who did not come back since."""
    changed = connection.execute(_GONE, (Standing.LEFT, OLD_REASON)).rowcount
    if changed:
        undoing.forget(connection)  # what was kept of the last import holds the old reason
