"""Editing one part of a draft."""

from __future__ import annotations

from flask import Blueprint, Response, abort, flash, redirect, request, url_for
from msgspec.structs import replace
from werkzeug.wrappers import Response as AnyResponse

from kiosk.packs.comparing import Change, changes
from ui.review.access.sessions import who
from ui.review.content.fields import done, key_of, read, tidy
from ui.review.content.parts import FIELDS, OF_POST, Place, cleaned, find, mark, put
from ui.review.content.room import Room
from ui.review.content.store import Draft, DraftError, Table
from ui.review.journal import workers
from ui.review.wording import name_of

_HEARING = (
    "default-src 'none'; img-src 'self'; style-src 'self'; script-src 'self'; "
    "connect-src 'self'; media-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)


class PartPages:
    """The pages of a draft's parts."""

    def __init__(self, room: Room) -> None:
        self._room = room

    def add_to(self, routes: Blueprint) -> None:
        """Add the routes."""
        at = "/content/drafts/<draft_id>"
        routes.add_url_rule(f"{at}/edit/<kind>", "part", self.part)
        routes.add_url_rule(f"{at}/edit/<kind>", "save", self.save, methods=["POST"])

    def part(self, draft_id: str, kind: str) -> Response:
        """Show a part to be edited."""
        draft, place = self._room.draft(draft_id), _place(kind)
        part, _ = find(draft.table, place) or abort(404)
        return self._form(draft, place, part, faults="checked" in request.args)

    def save(self, draft_id: str, kind: str) -> AnyResponse:
        """Save a part, unless somebody else has changed it meanwhile; then show both."""
        place, shown = _place(kind), request.form.get("mark", "")
        typed: dict[str, Table] = {}

        def saved(draft: Draft) -> Draft:
            old, _ = find(draft.table, place) or abort(404)
            part = read(place.fields, request.form, old)
            typed["part"] = part
            typed["old"] = old
            if mark(old, place) not in (shown, mark(part, place)):
                raise _OvertakenError(draft)
            part = done(place.fields, part, request.form.get("do", ""))
            return replace(draft, table=put(draft.table, place, cleaned(part)))

        try:
            draft = self._room.drafts.change(draft_id, who().worker, saved) or abort(404)
        except _OvertakenError as overtaken:
            return self._both(overtaken.draft, place, typed)
        except DraftError as error:
            draft = self._room.draft(draft_id)
            return self._form(draft, place, typed["part"], problem=str(error), status=507)
        return self._saved(draft, place)

    def _saved(self, draft: Draft, place: Place) -> AnyResponse:
        part, _ = find(draft.table, place) or abort(404)
        if request.headers.get("X-Autosave"):
            return Response(mark(part, place), mimetype="text/plain")
        asked = request.form.get("do", "")
        if asked.startswith("reading:"):
            return redirect(self._reading(draft, place, asked), 303)
        if asked == "spot":
            at = {"post": place.item, "drill": part["id"], "step": request.args.get("spot", "")}
            return redirect(url_for("content.spot", draft_id=draft.id, **at), 303)
        if asked == "next":
            return redirect(self._next(draft, place), 303)
        anchor = asked.split(":")[1].replace(".", "-") if asked.count(":") == 2 else None
        if anchor is None:
            flash(self._room.say("part.saved"), "good")
        return redirect(self._url(draft, place, anchor), 303)

    def _url(self, draft: Draft, place: Place, anchor: str | None) -> str:
        return url_for(
            "content.part",
            draft_id=draft.id,
            kind=place.kind,
            _anchor=anchor,
            item=place.item or None,
            drill=place.drill or None,
            checked=1,
        )

    def _reading(self, draft: Draft, place: Place, asked: str) -> str:
        """Lead to where a sentence's reading is put right, and from there back to its field."""
        name, index = (*asked.split(":"), "")[1:3]
        texts = request.form.getlist(name)
        at = int(index) if index.isdigit() else 0
        back = self._url(draft, place, name.replace(".", "-"))
        text = tidy(texts[at]) if at < len(texts) else ""
        return (
            url_for("speech.sentence", text=text, back=back)
            if text and self._room.speech()
            else back
        )

    def _next(self, draft: Draft, place: Place) -> str:
        """Lead to the part that comes after; from the last one to the draft."""
        if place.kind in OF_POST[:-1] and not place.drill:
            after = OF_POST[OF_POST.index(place.kind) + 1]
            return url_for("content.part", draft_id=draft.id, kind=after, item=place.item)
        return url_for("content.draft", draft_id=draft.id)

    def _both(self, draft: Draft, place: Place, typed: dict[str, Table]) -> AnyResponse:
        """Show what was typed and what somebody else saved meanwhile; saving once more keeps what
        was typed.
        """
        if request.headers.get("X-Autosave"):
            return Response(status=409)
        theirs = changes({"part": typed["part"]}, {"part": typed["old"]})
        return self._form(draft, place, typed["part"], theirs=theirs, status=409)

    def _form(
        self,
        draft: Draft,
        place: Place,
        part: Table,
        *,
        faults: bool = True,
        theirs: tuple[Change, ...] = (),
        problem: str = "",
        status: int = 200,
    ) -> Response:
        old, key = find(draft.table, place) or abort(404)
        found = (
            self._room.faults(replace(draft, table=put(draft.table, place, part))) if faults else {}
        )
        prefix = f"{key}." if key else ""
        mine = {
            each.removeprefix(prefix): what
            for each, what in found.items()
            if each.startswith(prefix)
        }
        answer = self._room.page(
            "content_part.html",
            status,
            draft=draft,
            place=place,
            part=part,
            fields=place.fields,
            mark=mark(old, place),
            fault=lambda name: mine.get(key_of(name), ""),
            item_title=self._title(draft, place),
            theirs=theirs,
            other=name_of(workers(), draft.changed_by),
            problem=problem,
            types=self._room.accident_types(draft),
            speech=self._room.speech(),
            drill_id=part.get("id", "") if place.kind == "drill" else "",
        )
        answer.headers["Content-Security-Policy"] = _HEARING
        return answer

    def _title(self, draft: Draft, place: Place) -> str:
        items = (*draft.table.get("posts", []), *draft.table.get("works", []))
        return next((str(item.get("title", "")) for item in items if item["id"] == place.item), "")


class _OvertakenError(Exception):
    """Somebody changed the part since its page was shown."""

    def __init__(self, draft: Draft) -> None:
        super().__init__(draft.id)
        self.draft = draft


def _place(kind: str) -> Place:
    if kind not in FIELDS:
        abort(404)
    return Place(kind, request.args.get("item", ""), request.args.get("drill", ""))
