"""Looking at a draft as the worker will see it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec
from flask import Blueprint, Response, abort, request, url_for
from msgspec.structs import replace

from kiosk.model.content import Drill, EmergencyCard, Lines, Post, Question, Scenario, Step
from ui.review.content.room import Room
from ui.review.content.spot_pages import is_inside
from ui.review.content.store import Draft, Table
from ui.touch.preview import Scene, scenes

_FRAMED = {
    "Content-Security-Policy": (
        "default-src 'none'; img-src 'self'; style-src 'self'; script-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
    ),
    "X-Frame-Options": "SAMEORIGIN",
}
_FRAMING = (
    "default-src 'none'; img-src 'self'; style-src 'self'; script-src 'self'; "
    "connect-src 'self'; frame-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)


class PreviewPages:
    """The pages on which a post's screens are turned like pages."""

    def __init__(self, room: Room) -> None:
        self._room = room

    def add_to(self, routes: Blueprint) -> None:
        """Add the routes."""
        at = "/content/drafts/<draft_id>"
        routes.add_url_rule(f"{at}/preview/<post>", "preview", self.preview)
        routes.add_url_rule(f"{at}/screen/<post>/<kind>/<int:number>", "screen", self.screen)

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


def post_to_show(post: Table, pictures: dict[str, str]) -> Post:
    """Return a post that may be half-written as one that can be shown: what is missing stands there
    as dots.
    """
    drill = post.get("drill", {})
    steps = [_fitting(_step_to_show(step, pictures), Step) for step in drill.get("steps", [])]
    blank_step = Step("step-1", "…", "…", "…", "…")
    questions = [_fitting(_question_to_show(each), Question) for each in post.get("questions", [])]
    cards = [_fitting(each, EmergencyCard) for each in post.get("emergency", [])]
    return Post(
        id=post["id"],
        title=post.get("title") or "…",
        drill=Drill(
            drill.get("id", "drill"),
            drill.get("title") or "…",
            tuple(filter(None, steps)) or (blank_step,),
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
        or not is_inside({"radius": 0.12, **target})
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
        part: tuple(line for line in said if line)
        for part, said in lines.items()
        if isinstance(said, list)
    }
    return _fitting(kept, Lines) or (shipped.lines if shipped else Lines())
