"""Who may do what with the station's records: asked by every handler, and by the pages before they show anything.

Each question takes what is known of somebody, None for nobody. A stranger may do nothing, and neither may who is blocked or has left.
"""

from __future__ import annotations

from kiosk.model.people import Role, Worker


def may_manage(worker: Worker | None) -> bool:
    """Return whether somebody may change people, content, speech and paper: supervisors and the responsible person."""
    return _is_in(worker, Role.SUPERVISOR, Role.RESPONSIBLE)


def may_review(worker: Worker | None) -> bool:
    """Return whether somebody may give verdicts on checks, and so sign in to the pages: leaders and up."""
    return _is_in(worker, Role.LEADER, Role.SUPERVISOR, Role.RESPONSIBLE)


def may_approve(worker: Worker | None) -> bool:
    """Return whether somebody may approve a scenario (事故假想): the responsible person."""
    return _is_in(worker, Role.RESPONSIBLE)


def _is_in(worker: Worker | None, *roles: Role) -> bool:
    return worker is not None and worker.is_active and worker.role in roles
