"""Versions of a pack: one of before published again, and a pack of the factory's own taken out of
use.
"""

from __future__ import annotations

import msgspec
from flask import Blueprint, Response, abort, flash, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from kiosk.commands.protocol import Declined, Recorded, StationDownError
from kiosk.model.content import Pack
from kiosk.model.manuscript import manuscript_of
from kiosk.records.content.commands import PackCommand, PublishPack, WithdrawPack
from kiosk.records.content.facts import PackPublished
from ui.review.access.sessions import who
from ui.review.content.room import Room
from ui.review.journal import workers
from ui.review.library import digests_of, picture_files


class Left(msgspec.Struct, frozen=True):
    """A post or work of a pack, and what becomes of it without the pack."""

    title: str
    is_shipped: bool
    """Whether the product has it too, so that its content is used from then on."""
    people: int = 0
    """How many people have this post."""


class VersionPages:
    """What is done with versions that were published."""

    def __init__(self, room: Room) -> None:
        self._room = room

    def add_to(self, routes: Blueprint) -> None:
        """Add the routes."""
        at = "/content/packs/<pack_id>"
        routes.add_url_rule(f"{at}/versions/<version>", "again", self.again, methods=["POST"])
        routes.add_url_rule(f"{at}/withdraw", "withdraw", self.withdraw)
        routes.add_url_rule(f"{at}/withdraw", "withdrawn", self.withdrawn, methods=["POST"])

    def again(self, pack_id: str, version: str) -> AnyResponse:
        """Publish a version of before as the newest one."""
        pack = self._room.library().version(pack_id, version) or abort(404)
        manuscript = manuscript_of(pack)
        pictures = digests_of(picture_files(pack, manuscript.pictures))
        based_on = request.form.get("newest", "")
        done = self._sent(
            PublishPack(who().worker, manuscript, pictures, based_on), "publish.declined"
        )
        if done is not None:
            versions = "".join(
                entry.fact.version
                for entry in done.entries
                if isinstance(entry.fact, PackPublished)
            )
            flash(self._room.say("pack.again_done", version=version, now=versions), "good")
        return redirect(url_for("content.pack", pack_id=pack_id), 303)

    def withdraw(self, pack_id: str) -> Response:
        """Show what becomes of its posts and works, before it is taken out of use."""
        pack = self._own(pack_id)
        return self._room.page(
            "content_withdraw.html", pack=pack, posts=self._posts(pack), works=self._works(pack)
        )

    def withdrawn(self, pack_id: str) -> AnyResponse:
        """Take a pack of the factory's own out of use."""
        pack = self._own(pack_id)
        command = WithdrawPack(who().worker, pack_id, request.form.get("version", ""))
        if self._sent(command, "pack.not_withdrawn") is None:
            return redirect(url_for("content.pack", pack_id=pack_id), 303)
        flash(self._room.say("pack.withdrawn_done", title=pack.title), "good")
        return redirect(url_for("content.index"), 303)

    def _sent(self, command: PackCommand, declined: str) -> Recorded | None:
        """Send the command; flash why when the station did not carry it out."""
        try:
            reply = self._room.send(command)
        except StationDownError:
            flash(self._room.say("pack.station_down"), "bad")
            return None
        if isinstance(reply, Recorded):
            return reply
        flash(
            self._room.say(declined, reason=reply.reason if isinstance(reply, Declined) else ""),
            "bad",
        )
        return None

    def _own(self, pack_id: str) -> Pack:
        packs = self._room.library().shelf.packs
        return next((pack for pack in packs if pack.id == pack_id), None) or abort(404)

    def _posts(self, pack: Pack) -> list[Left]:
        shipped = {post.id for each in self._room.library().shipped for post in each.posts}
        people = [worker.posts for worker in workers().values() if worker.is_active]
        return [
            Left(post.title, post.id in shipped, sum(post.id in posts for posts in people))
            for post in pack.posts
        ]

    def _works(self, pack: Pack) -> list[Left]:
        shipped = {work.id for each in self._room.library().shipped for work in each.works}
        return [Left(work.title, work.id in shipped) for work in pack.works]
