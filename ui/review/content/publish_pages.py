"""From a draft to a version in use: what changes, what is still wrong, and publishing it."""

from __future__ import annotations

import msgspec
from flask import Blueprint, Response, flash, redirect, request, url_for
from msgspec.structs import replace
from werkzeug.wrappers import Response as AnyResponse

from kiosk.commands.protocol import Declined, Recorded, Reply, StationDownError
from kiosk.model.manuscript import Manuscript
from kiosk.packs.comparing import Change, changes
from kiosk.records.content.commands import KeepPicture, PublishPack
from kiosk.records.content.facts import PackPublished
from ui.review.access.sessions import who
from ui.review.content.parts import cleaned
from ui.review.content.places import Where, where_is
from ui.review.content.room import Room, table_of
from ui.review.content.store import Draft, Table


class Fault(msgspec.Struct, frozen=True):
    """Something that is wrong, with the page on which to mend it."""

    where: Where
    what: str


class PublishPages:
    """The last page of a draft."""

    def __init__(self, room: Room) -> None:
        self._room = room

    def add_to(self, routes: Blueprint) -> None:
        """Add the routes."""
        routes.add_url_rule("/content/drafts/<draft_id>/publish", "review", self.review)
        routes.add_url_rule(
            "/content/drafts/<draft_id>/publish", "publish", self.publish, methods=["POST"]
        )
        routes.add_url_rule(
            "/content/drafts/<draft_id>/follow", "follow", self.follow, methods=["POST"]
        )

    def review(self, draft_id: str) -> Response:
        """Show what would change, and what is wrong."""
        return self._page(self._room.draft(draft_id))

    def publish(self, draft_id: str) -> AnyResponse:
        """Publish, unless something is wrong; a draft that was published is done with."""
        draft = self._room.draft(draft_id)
        if request.form.get("revision") != str(draft.revision):
            return self._page(draft, self._room.say("publish.changed_since"), 409)
        if self._room.faults(draft):
            return self._page(draft, self._room.say("publish.mend_first"), 422)
        try:
            reply = self._send(draft)
        except StationDownError:
            return self._page(draft, self._room.say("publish.station_down"), 503)
        if isinstance(reply, Recorded):
            return self._published(draft, reply)
        reason = reply.reason if isinstance(reply, Declined) else ""
        return self._page(draft, self._room.say("publish.declined", reason=reason), 409)

    def _published(self, draft: Draft, reply: Recorded) -> AnyResponse:
        versions = [
            entry.fact.version for entry in reply.entries if isinstance(entry.fact, PackPublished)
        ]
        flash(
            self._room.say(
                "publish.done", title=str(draft.table["title"]), version="".join(versions)
            ),
            "good",
        )
        if self._room.drafts.finish(draft):
            return redirect(url_for("content.index"), 303)
        flash(self._room.say("publish.went_on"), "bad")
        return redirect(url_for("content.review", draft_id=draft.id), 303)

    def _send(self, draft: Draft) -> Reply:
        """Send the photos, then the text. Raise StationDownError."""
        manuscript = msgspec.convert(cleaned(draft.table), Manuscript)
        pictures = {name: draft.pictures[name] for name in sorted(manuscript.pictures)}
        for digest in dict.fromkeys(pictures.values()):
            if file := self._room.drafts.photo(digest):
                reply = self._room.send(KeepPicture(who().worker, file.read_bytes()))
                if isinstance(reply, Declined):
                    return reply
        return self._room.send(PublishPack(who().worker, manuscript, pictures, draft.based_on))

    def follow(self, draft_id: str) -> AnyResponse:
        """Base the draft on the newest version, as its author decided after comparing: what differs
        is shown again.
        """
        draft = self._room.draft(draft_id)
        newest = self._room.library().newest(str(draft.table["id"]))
        if newest is not None:
            base = table_of(newest)
            self._room.drafts.change(
                draft_id, who().worker, lambda old: replace(old, based_on=newest.version, base=base)
            )
        return redirect(url_for("content.review", draft_id=draft_id), 303)

    def _page(self, draft: Draft, problem: str = "", status: int = 200) -> Response:
        library = self._room.library()
        newest = library.newest_version(str(draft.table["id"]))
        faults = [
            Fault(where_is(draft, key), what) for key, what in self._room.faults(draft).items()
        ]
        return self._room.page(
            "content_publish.html",
            status,
            draft=draft,
            problem=problem,
            faults=faults,
            changes=_changes(draft.base, draft.table),
            is_new=draft.base is None,
            overtaken=newest if newest != draft.based_on else "",
        )


def _changes(base: Table | None, table: Table) -> tuple[Change, ...]:
    return changes(base or {}, cleaned(table))
