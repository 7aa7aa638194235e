"""Marking the spot to point at, on a picture of the pack or a photo of the shop's own."""

from __future__ import annotations

import msgspec
from flask import Blueprint, Response, abort, flash, redirect, request, url_for
from msgspec.structs import replace
from werkzeug.wrappers import Response as AnyResponse

from kiosk.uploads.photo import PhotoError, shrunk
from ui.review.access.sessions import who
from ui.review.content.room import Room
from ui.review.content.store import Draft, DraftError, Table

_LEAST_RADIUS, _MOST_RADIUS = 0.04, 0.5


class SpotPages:
    """The pages of a step's spot."""

    def __init__(self, room: Room) -> None:
        self._room = room

    def add_to(self, routes: Blueprint) -> None:
        """Add the routes."""
        at, step = "/content/drafts/<draft_id>", "<post>/<drill>/<step>"
        routes.add_url_rule(f"{at}/spot/{step}", "spot", self.spot)
        routes.add_url_rule(f"{at}/spot/{step}", "mark", self.mark, methods=["POST"])
        routes.add_url_rule(f"{at}/photo/{step}", "photo", self.photo, methods=["POST"])

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
            if not is_inside(target):
                return self._spot(draft, post, drill, step, self._room.say("spot.outside"), 422)
        try:
            self._room.drafts.change(
                draft_id,
                who().worker,
                lambda old: replace(old, table=_marked(old.table, post, drill, step, target)),
            )
        except DraftError as error:
            return self._spot(draft, post, drill, step, str(error), 507)
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


def is_inside(target: Table) -> bool:
    """Tell whether a spot lies on its photo whole."""
    radius = target["radius"]
    if not _LEAST_RADIUS <= radius <= _MOST_RADIUS:
        return False
    return all(radius <= target[axis] <= 1 - radius for axis in ("x", "y"))
