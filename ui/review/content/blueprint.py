"""The pages of content as one blueprint."""

from __future__ import annotations

from flask import Blueprint, Response, send_from_directory

from kiosk.commands.permissions import may_manage
from ui.review.access.sessions import own
from ui.review.content.draft_pages import DraftPages
from ui.review.content.part_pages import PartPages
from ui.review.content.preview_pages import PreviewPages
from ui.review.content.publish_pages import PublishPages
from ui.review.content.room import Room
from ui.review.content.shelf_pages import ShelfPages
from ui.review.content.spot_pages import SpotPages
from ui.review.content.version_pages import VersionPages
from ui.touch.drawing import HERE


def content_pages(room: Room) -> Blueprint:
    """Return the routes."""
    routes = Blueprint("content", __name__)

    @routes.before_request
    def guard() -> Response | None:
        """Admit supervisors and the responsible person only, as the station does."""
        return None if may_manage(own()) else room.page("content_not_yours.html", 403)

    @routes.get("/content/touch/<path:filename>")
    def touch(filename: str) -> Response:
        """Return the looks of the touch screen, for the preview."""
        return send_from_directory(HERE / "static", filename)

    for pages in (
        ShelfPages(room),
        DraftPages(room),
        PartPages(room),
        SpotPages(room),
        PreviewPages(room),
        PublishPages(room),
        VersionPages(room),
    ):
        pages.add_to(routes)
    return routes
