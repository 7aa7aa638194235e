"""Editing one part of a draft, marking a spot on a photo, and looking at it as the worker will."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec
from flask import Blueprint, Response, abort, flash, redirect, request, url_for
from msgspec.structs import replace
from werkzeug.wrappers import Response as AnyResponse

from kiosk.model.content import Drill, EmergencyCard, Lines, Post, Question, Scenario, Step
from kiosk.packs.comparing import Change, changes
from kiosk.target_photos import PhotoError, shrunk
from ui.review.content.fields import done, key_of, read
from ui.review.content.parts import FIELDS, OF_POST, Place, cleaned, find, mark, put
from ui.review.content.room import Room
from ui.review.content.store import Draft, DraftError, Table
from ui.review.journal import workers
from ui.review.sessions import who
from ui.review.wording import name_of
from ui.touch.preview import Scene, scenes

_FRAMED = {
    "Content-Security-Policy": "default-src 'none'; img-src 'self'; style-src 'self'; script-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'self'",
    "X-Frame-Options": "SAMEORIGIN",
}
_FRAMING = (
    "default-src 'none'; img-src 'self'; style-src 'self'; script-src 'self'; connect-src 'self'; frame-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_LEAST_RADIUS, _MOST_RADIUS = 0.04, 0.5


class PartPages:
    """The pages of a draft's parts."""

    def __init__(self, room: Room) -> None:
        self._room = room

    def add_to(self, routes: Blueprint) -> None:
        """Add the routes."""
        at = "/content/drafts/<draft_id>"
        routes.add_url_rule(f"{at}/edit/<kind>", "part", self.part)
        routes.add_url_rule(f"{at}/edit/<kind>", "save", self.save, methods=["POST"])
        routes.add_url_rule(f"{at}/spot/<post>/<drill>/<step>", "spot", self.spot)
        routes.add_url_rule(f"{at}/spot/<post>/<drill>/<step>", "mark", self.mark, methods=["POST"])
        routes.add_url_rule(f"{at}/photo/<post>/<drill>/<step>", "photo", self.photo, methods=["POST"])
        routes.add_url_rule(f"{at}/preview/<post>", "preview", self.preview)
        routes.add_url_rule(f"{at}/screen/<post>/<kind>/<int:number>", "screen", self.screen)

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
        if asked == "spot":
            at = {"post": place.item, "drill": part["id"], "step": request.args.get("spot", "")}
            return redirect(url_for("content.spot", draft_id=draft.id, **at), 303)
        if asked == "next":
            return redirect(self._next(draft, place), 303)
        anchor = asked.split(":")[1].replace(".", "-") if asked.count(":") == 2 else None
        if anchor is None:
            flash(self._room.say("part.saved"), "good")
        return redirect(
            url_for(
                "content.part",
                draft_id=draft.id,
                kind=place.kind,
                _anchor=anchor,
                item=place.item or None,
                drill=place.drill or None,
                checked=1,
            ),
            303,
        )

    def _next(self, draft: Draft, place: Place) -> str:
        """Lead to the part that comes after; from the last one to the draft."""
        if place.kind in OF_POST[:-1] and not place.drill:
            after = OF_POST[OF_POST.index(place.kind) + 1]
            return url_for("content.part", draft_id=draft.id, kind=after, item=place.item)
        return url_for("content.draft", draft_id=draft.id)

    def _both(self, draft: Draft, place: Place, typed: dict[str, Table]) -> AnyResponse:
        """Show what was typed and what somebody else saved meanwhile; saving once more keeps what was typed."""
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
        found = self._room.faults(replace(draft, table=put(draft.table, place, part))) if faults else {}
        prefix = f"{key}." if key else ""
        mine = {each.removeprefix(prefix): what for each, what in found.items() if each.startswith(prefix)}
        return self._room.page(
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

    def _title(self, draft: Draft, place: Place) -> str:
        items = (*draft.table.get("posts", []), *draft.table.get("works", []))
        return next((str(item.get("title", "")) for item in items if item["id"] == place.item), "")

    # The spot to point at

    def spot(self, draft_id: str, post: str, drill: str, step: str) -> Response:
        """Show a photo to mark the spot on, or ask for one."""
        return self._spot(self._room.draft(draft_id), post, drill, step)

    def _spot(
        self, draft: Draft, post: str, drill: str, step: str, problem: str = "", status: int = 200
    ) -> Response:
        found = _step(draft.table, post, drill, step) or abort(404)
        target = found.get("target") or {}
        chosen = request.args.get("photo", "") or target.get("photo", "")
        return self._room.page(
            "content_spot.html",
            status,
            draft=draft,
            post=post,
            drill=drill,
            step=found,
            photo=chosen if chosen in draft.pictures else "",
            target=target if target.get("photo") == chosen else {},
            problem=problem,
            kind_args={"item": post, "drill": None if _is_first(draft.table, post, drill) else drill},
        )

    def photo(self, draft_id: str, post: str, drill: str, step: str) -> AnyResponse:
        """Take a photo."""
        draft = self._room.draft(draft_id)
        sent = request.files.get("photo")
        try:
            jpeg = shrunk(sent.read() if sent else b"")
            digest = self._room.drafts.keep_photo(jpeg)
            name = f"photo-{digest[:16]}.jpg"
            self._room.drafts.change(
                draft_id, who().worker, lambda old: replace(old, pictures={**old.pictures, name: digest})
            )
        except (PhotoError, DraftError) as error:
            return self._spot(draft, post, drill, step, str(error), 422)
        back = url_for("content.spot", draft_id=draft_id, post=post, drill=drill, step=step, photo=name)
        return redirect(back, 303)

    def mark(self, draft_id: str, post: str, drill: str, step: str) -> AnyResponse:
        """Put the spot where a finger came down, or take it away."""
        form, draft = request.form, self._room.draft(draft_id)
        target: Table | None = None
        if form.get("do") != "none":
            try:
                target = _target(form.get("photo", ""), form["x"], form["y"], form["radius"])
            except (KeyError, ValueError):
                return self._spot(draft, post, drill, step, self._room.say("spot.needed"), 422)
            if target["photo"] not in draft.pictures:
                return self._spot(draft, post, drill, step, self._room.say("spot.no_photo"), 422)
            if not _is_inside(target):
                return self._spot(draft, post, drill, step, self._room.say("spot.outside"), 422)
        self._room.drafts.change(
            draft_id,
            who().worker,
            lambda old: replace(old, table=_marked(old.table, post, drill, step, target)),
        )
        flash(self._room.say("spot.saved" if target else "spot.gone"), "good")
        first = _is_first(draft.table, post, drill)
        back = url_for(
            "content.part",
            draft_id=draft_id,
            kind="drill",
            item=post,
            drill=None if first else drill,
            _anchor=f"item-{step}",
        )
        return redirect(back, 303)

    # As the worker will see it

    def preview(self, draft_id: str, post: str) -> Response:
        """Show a post's screens, one after the other."""
        draft = self._room.draft(draft_id)
        shown = self._shown(draft, post)
        every = scenes(shown)
        number = request.args.get("n", "0")
        at = min(int(number) if number.isdigit() else 0, len(every) - 1)
        answer = self._room.page(
            "content_preview.html", draft=draft, post=shown, scenes=every, at=at, scene=every[at]
        )
        answer.headers["Content-Security-Policy"] = _FRAMING
        return answer

    def screen(self, draft_id: str, post: str, kind: str, number: int) -> Response:
        """Draw one screen, as the touch screen itself would."""
        draft = self._room.draft(draft_id)
        shown, scene = self._shown(draft, post), Scene(kind, number)
        if scene not in scenes(shown):
            abort(404)
        preview = self._room.preview(
            lambda name: url_for("content.touch", filename=name),
            lambda _pack, name: url_for("content.picture", draft_id=draft_id, name=name),
        )
        answer = Response(preview.page(self._door(draft, shown), post, scene))
        answer.headers.update(_FRAMED)
        return answer

    def _shown(self, draft: Draft, post_id: str) -> Post:
        post = next((post for post in draft.table["posts"] if post["id"] == post_id), None)
        return post_to_show(post, draft.pictures) if post is not None else abort(404)

    def _door(self, draft: Draft, post: Post) -> Any:
        library = self._room.library()
        lines = draft.table.get("lines", {})
        shipped = library.shipped[0]
        pack = replace(shipped, id="preview", posts=(post,), works=(), lines=_lines(lines, shipped))
        return library.with_pack(pack)


class _OvertakenError(Exception):
    """Somebody changed the part since its page was shown."""

    def __init__(self, draft: Draft) -> None:
        super().__init__(draft.id)
        self.draft = draft


def _place(kind: str) -> Place:
    if kind not in FIELDS:
        abort(404)
    return Place(kind, request.args.get("item", ""), request.args.get("drill", ""))


def _is_first(table: Table, post_id: str, drill_id: str) -> bool:
    post: Table = next((post for post in table["posts"] if post["id"] == post_id), {})
    return bool(post.get("drill", {}).get("id") == drill_id)


def _step(table: Table, post_id: str, drill_id: str, step_id: str) -> Table | None:
    for post in table["posts"]:
        for drill in (post["drill"], *post.get("more_drills", [])):
            if (post["id"], drill.get("id")) == (post_id, drill_id):
                return next((step for step in drill["steps"] if step["id"] == step_id), None)
    return None


def _marked(table: Table, post: str, drill: str, step: str, target: Table | None) -> Table:
    fresh: Table = msgspec.json.decode(msgspec.json.encode(table))
    found = _step(fresh, post, drill, step)
    if found is not None:
        found.pop("target", None)
        found.update({"target": target} if target else {})
    return fresh


def _target(photo: str, x: str, y: str, radius: str) -> Table:
    numbers = {"x": float(x), "y": float(y), "radius": float(radius)}
    return {"photo": photo, **{name: round(number, 4) for name, number in numbers.items()}}


def _is_inside(target: Table) -> bool:
    radius = target["radius"]
    if not _LEAST_RADIUS <= radius <= _MOST_RADIUS:
        return False
    return all(radius <= target[axis] <= 1 - radius for axis in ("x", "y"))


def post_to_show(post: Table, pictures: dict[str, str]) -> Post:
    """Give a post that may be half-written as one that can be shown: what is missing stands there as dots."""
    drill = post.get("drill", {})
    steps = [_fitting(_step_to_show(step, pictures), Step) for step in drill.get("steps", [])]
    blank_step = Step("step-1", "…", "…", "…", "…")
    questions = [_fitting(_question_to_show(each), Question) for each in post.get("questions", [])]
    cards = [_fitting(each, EmergencyCard) for each in post.get("emergency", [])]
    return Post(
        id=post["id"],
        title=post.get("title") or "…",
        drill=Drill(
            drill.get("id", "drill"), drill.get("title") or "…", tuple(filter(None, steps)) or (blank_step,)
        ),
        questions=tuple(filter(None, questions)),
        scenarios=(Scenario("s", ("1",), "…", ("…",), ("…",)),),
        emergency=tuple(filter(None, cards)),
        lines=_lines(post.get("lines", {}), None),
    )


def _step_to_show(step: Table, pictures: dict[str, str]) -> Table:
    shown = {**step, **{beat: step.get(beat) or "…" for beat in ("think", "look", "point", "call")}}
    shown.pop("dwell_s", None)
    target = step.get("target")
    if (
        not isinstance(target, dict)
        or target.get("photo") not in pictures
        or not _is_inside({"radius": 0.12, **target})
    ):
        shown.pop("target", None)
    return shown


def _question_to_show(question: Table) -> Table:
    choices = [choice or "…" for choice in question.get("choices", [])]
    return {"answer": 0, **question, "text": question.get("text") or "…", "choices": choices}


def _fitting(table: Table, kind: Callable[..., Any]) -> Any:
    try:
        return msgspec.convert(table, kind)
    except msgspec.ValidationError:
        return None


def _lines(lines: Any, shipped: Any) -> Any:
    kept = {
        part: tuple(line for line in said if line) for part, said in lines.items() if isinstance(said, list)
    }
    return _fitting(kept, Lines) or (shipped.lines if shipped else Lines())
