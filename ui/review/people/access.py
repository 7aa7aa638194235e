"""Who may see and change people on the pages, and how a command's answer is shown."""

from __future__ import annotations

from flask import Response, abort

from kiosk.commands.permissions import may_manage
from kiosk.model.people import Worker
from ui.review.access.sessions import own
from ui.review.journal import workers
from ui.review.pages import Pages


def guard(pages: Pages) -> Response | None:
    """Admit supervisors and the responsible person only, as the station does."""
    return None if may_manage(own()) else pages.problem("people_only", 403)


def found(worker_id: str) -> Worker:
    """Return a worker who has a name, or answer 404."""
    worker = workers().get(worker_id)
    if worker is None or not worker.name:
        abort(404)
    return worker
