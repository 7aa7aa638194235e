"""The packs there are: a list, the versions of one, copying, comparing, exporting, taking in."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import Any

import msgspec
from flask import Blueprint, Response, abort, flash, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from kiosk.commands.protocol import StationDownError
from kiosk.model.content import Pack
from kiosk.packs.bundling import bundle
from kiosk.packs.comparing import changes
from kiosk.packs.pictures import is_name, pictures_of
from kiosk.records.content.commands import ContentState
from kiosk.records.station.commands import AskHealth, Health
from kiosk.uploads.pack import PackFileError, Taken, taken_apart
from kiosk.uploads.photo import all_shrunk
from ui.review.content.room import Room, table_of
from ui.review.content.store import Draft, DraftError, Table
from ui.review.journal import workers
from ui.review.library import digests_of, picture_files
from ui.review.wording import name_of


class Shown(msgspec.Struct, frozen=True):
    """A pack in the list."""

    pack: Pack
    is_own: bool
    is_stale: bool
    taken: tuple[str, ...]
    """Titles of its posts that a pack of the factory's own has taken the place of."""


class ShelfPages:
    """The pages of packs."""

    def __init__(self, room: Room) -> None:
        self._room = room

    def add_to(self, routes: Blueprint) -> None:
        """Add the routes."""
        routes.add_url_rule("/content", "index", self.index)
        routes.add_url_rule("/content/state", "state", self.state)
        routes.add_url_rule("/content/packs/<pack_id>", "pack", self.pack)
        routes.add_url_rule("/content/packs/<pack_id>/copy", "copy", self.copy)
        routes.add_url_rule(
            "/content/packs/<pack_id>/copy", "copied", self.copied, methods=["POST"]
        )
        routes.add_url_rule("/content/packs/<pack_id>/edit", "edit", self.edit, methods=["POST"])
        routes.add_url_rule("/content/packs/<pack_id>/compare", "compare", self.compare)
        routes.add_url_rule("/content/packs/<pack_id>/export", "export", self.export)
        routes.add_url_rule("/content/import", "imported", self.imported)
        routes.add_url_rule("/content/import", "take_in", self.take_in, methods=["POST"])

    def index(self) -> Response:
        """Show the packs, the drafts, and what the door is doing with them."""
        library, today = self._room.library(), self._room.now().date()
        own = {post.id for pack in library.shelf.packs for post in pack.posts}
        shown = [
            Shown(
                pack,
                pack in library.shelf.packs,
                pack.stale(today),
                ()
                if pack in library.shelf.packs
                else tuple(post.title for post in pack.posts if post.id in own),
            )
            for pack in (*library.shelf.packs, *library.shipped)
            if pack in library.shelf.packs
            or not any(each.id == pack.id for each in library.shelf.packs)
        ]
        return self._room.page(
            "content.html",
            packs=shown,
            withdrawn=[
                pack
                for pack in library.withdrawn
                if pack.id not in {each.pack.id for each in shown}
            ],
            drafts=self._room.drafts.all(),
            names=lambda worker: name_of(workers(), worker),
            state=self._state(),
            troubles=library.shelf.troubles,
            speech=self._room.speech(),
        )

    def state(self) -> Response:
        """Show what the door is doing with new content, for the list to stay up to date."""
        return self._room.page("_content_state.html", state=self._state())

    def _state(self) -> ContentState | None:
        """Return the state of the content at the door; None while the station is down."""
        try:
            reply = self._room.send(AskHealth())
        except StationDownError:
            return None
        return reply.content if isinstance(reply, Health) else None

    def pack(self, pack_id: str) -> Response:
        """Show one pack: its posts, its versions."""
        library = self._room.library()
        pack = library.newest(pack_id) or _gone()
        rows = [row for row in reversed(library.published) if row.pack == pack_id]
        shipped = [each for each in library.shipped if each.id == pack_id]
        return self._room.page(
            "content_pack.html",
            pack=pack,
            is_own=pack in library.shelf.packs,
            newest=library.newest_version(pack_id),
            is_stale=pack.stale(self._room.now().date()),
            rows=rows,
            shipped=shipped[0] if shipped else None,
            versions=[*(row.version for row in rows), *(each.version for each in shipped)],
            names=lambda worker: name_of(workers(), worker),
            photos=sum(not name.endswith(".svg") for name in picture_files(pack, _names_in(pack))),
        )

    def copy(self, pack_id: str) -> Response:
        """Show the form that asks which posts to copy."""
        library = self._room.library()
        pack = library.newest(pack_id) or _gone()
        owners = {post.id: library.owner_of(post.id) for post in pack.posts}
        return self._room.page("content_copy.html", pack=pack, owners=owners)

    def copied(self, pack_id: str) -> AnyResponse:
        """Begin a draft with the posts chosen, as a pack of the factory's own."""
        pack = self._room.library().newest(pack_id) or _gone()
        chosen = request.form.getlist("post")
        table = table_of(pack)
        table["posts"] = [post for post in table["posts"] if post["id"] in chosen]
        if not table["posts"]:
            flash(self._room.say("copy.none"), "bad")
            return redirect(url_for("content.copy", pack_id=pack_id), 303)
        titles = "、".join(post["title"] for post in table["posts"][:3])
        table |= {
            "id": f"own-{secrets.token_hex(3)}",
            "title": self._room.say("copy.title", posts=titles),
        }
        table["works"] = []
        return self._begun(table, pack, base=table)

    def edit(self, pack_id: str) -> AnyResponse:
        """Begin a draft of the next version of a pack."""
        library = self._room.library()
        pack = library.newest(pack_id) or _gone()
        table = table_of(pack)
        return self._begun(table, pack, base=table, based_on=library.newest_version(pack_id))

    def _begun(self, table: Table, pack: Pack, **more: Any) -> AnyResponse:
        pictures = digests_of(picture_files(pack, _names_in(pack)))
        try:
            draft = self._room.begin(table, pictures, **more)
        except DraftError as error:
            flash(str(error), "bad")
            return redirect(url_for("content.index"), 303)
        return redirect(url_for("content.draft", draft_id=draft.id), 303)

    def compare(self, pack_id: str) -> Response:
        """Show what differs between two versions."""
        library = self._room.library()
        older = library.version(pack_id, request.args.get("old", "")) or _gone()
        newer = library.version(pack_id, request.args.get("new", "")) or _gone()
        found = changes(table_of(older), table_of(newer))
        return self._room.page("content_compare.html", older=older, newer=newer, changes=found)

    def export(self, pack_id: str) -> Response:
        """Return a pack as a file, without people and photos."""
        pack = self._room.library().newest(pack_id) or _gone()
        files = picture_files(pack, _names_in(pack))
        drawn = {name: file.read_bytes() for name, file in files.items() if name.endswith(".svg")}
        answer = Response(bundle(pack, drawn), mimetype="application/zip")
        answer.headers["Content-Disposition"] = (
            f'attachment; filename="{pack.id}-{pack.version}.zip"'
        )
        return answer

    def imported(self) -> Response:
        """Show the form that asks for a file."""
        return self._room.page("content_import.html", problem="")

    def take_in(self) -> AnyResponse:
        """Make a draft of a file; what it changes is shown before anything is published."""
        sent = request.files.get("file")
        try:
            if sent is None or not sent.filename:
                raise PackFileError(self._room.say("import.none"))
            draft = self._begun_with(taken_apart(sent.read()))
        except (PackFileError, DraftError) as error:
            return self._room.page("content_import.html", 422, problem=str(error))
        return redirect(url_for("content.review", draft_id=draft.id), 303)

    def _begun_with(self, taken: Taken) -> Draft:
        """Begin a draft of the next version of what came in. Raise DraftError."""
        drawings, notes = self._known_drawings(taken.drawings)
        photos, more = self._kept_photos(taken.photos)
        notes += more
        notes += [self._room.say("import.unknown", field=key) for key in taken.unknown]
        library, pack_id = self._room.library(), str(taken.table.get("id", ""))
        base = library.newest(pack_id)
        return self._room.begin(
            taken.table,
            photos | drawings,
            based_on=library.newest_version(pack_id),
            base=table_of(base) if base else None,
            notes=tuple(notes),
        )

    def _known_drawings(self, sent: dict[str, str]) -> tuple[dict[str, str], list[str]]:
        """Return the drawings that the product has, and a note for each other: a drawing from
        elsewhere is a program of its own.
        """
        library = self._room.library()
        known = pictures_of((*library.shelf.packs, *library.shipped))
        kept = {name: digest for name, digest in sent.items() if digest in known and is_name(name)}
        say = self._room.say
        return kept, [say("import.foreign_drawing", name=name) for name in sent if name not in kept]

    def _kept_photos(self, sent: dict[str, bytes]) -> tuple[dict[str, str], list[str]]:
        """Keep the photos that can be used; return their digests, and a note for each other.

        Raise DraftError.
        """
        kept: dict[str, str] = {}
        notes: list[str] = []
        for name, made in all_shrunk(sent).items():
            if made.reason:
                notes.append(self._room.say("import.bad_photo", name=name, reason=made.reason))
            else:
                kept[name] = self._room.drafts.keep_photo(made.jpeg)
        return kept, notes


def _names_in(pack: Pack) -> frozenset[str]:
    """Return the names of all pictures in a pack's folder."""
    folder = Path(pack.folder) / "targets"
    return frozenset(file.name for file in folder.glob("[!.]*")) if pack.folder else frozenset()


def _gone() -> Pack:
    abort(404)
