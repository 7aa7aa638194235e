"""A draft: its posts and works, what is still missing, adding and taking out."""

from __future__ import annotations

import io
import secrets
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import msgspec
from flask import Blueprint, Response, abort, flash, redirect, request, send_file, url_for
from msgspec.structs import replace
from werkzeug.wrappers import Response as AnyResponse

from kiosk.model.content import Part as ConfirmationPart
from ui.review.access.sessions import who
from ui.review.content.fields import blank, tidy
from ui.review.content.parts import DRILL, FIELDS, OF_POST
from ui.review.content.room import OWN_BASIS, Room
from ui.review.content.store import Draft, DraftError, Table
from ui.review.journal import workers
from ui.review.wording import name_of

_REVIEWED_EVERY = timedelta(days=365)
_MOST_POSTS = 40
_LIST = "notice-20"


class Part(msgspec.Struct, frozen=True):
    """A part in the overview: its kind, of which further drill, its title, and how many faults it
    has.
    """

    kind: str
    drill: str
    title: str
    faults: int


class Item(msgspec.Struct, frozen=True):
    """A post or a work in the overview."""

    id: str
    title: str
    parts: tuple[Part, ...]


class DraftPages:
    """The pages of a draft as a whole."""

    def __init__(self, room: Room) -> None:
        self._room = room

    def add_to(self, routes: Blueprint) -> None:
        """Add the routes."""
        routes.add_url_rule("/content/new", "new", self.new)
        routes.add_url_rule("/content/new", "newly", self.newly, methods=["POST"])
        routes.add_url_rule("/content/drafts/<draft_id>", "draft", self.draft)
        routes.add_url_rule(
            "/content/drafts/<draft_id>/change", "change", self.change, methods=["POST"]
        )
        routes.add_url_rule(
            "/content/drafts/<draft_id>/discard", "discard", self.discard, methods=["POST"]
        )
        routes.add_url_rule("/content/drafts/<draft_id>/pictures/<name>", "picture", self.picture)

    def new(self) -> Response:
        """Show the form for the one thing a new post begins with: its name."""
        return self._room.page(
            "content_new.html", problem="", title="", drafts=self._room.drafts.all()
        )

    def newly(self) -> AnyResponse:
        """Begin a new post, in a draft of its own or in one there is."""
        title = tidy(request.form.get("title", ""))
        into = request.form.get("into", "")
        drafts = self._room.drafts.all()
        if not 1 <= len(title) <= 12:
            problem = self._room.say("new.title_needed")
            return self._room.page(
                "content_new.html", 422, problem=problem, title=title, drafts=drafts
            )
        post = a_blank_post(title)
        try:
            if into:
                draft = self._changed(into, lambda table: _with(table, "posts", post))
            else:
                draft = self._room.begin(self._new_pack(title, post), {})
        except DraftError as error:
            return self._room.page(
                "content_new.html", 422, problem=str(error), title=title, drafts=drafts
            )
        return redirect(
            url_for("content.part", draft_id=draft.id, kind="drill", item=post["id"]), 303
        )

    def _new_pack(self, title: str, post: Table) -> Table:
        today = self._room.now().date()
        lines = next((pack.lines for pack in self._room.library().shipped), None)
        lists = self._room.library().lists
        return {
            "id": f"own-{secrets.token_hex(3)}",
            "title": self._room.say("new.pack_title", post=title),
            "effective_on": today.isoformat(),
            "review_on": (today + _REVIEWED_EVERY).isoformat(),
            "provenance": self._room.say("new.provenance"),
            "accident_list": _LIST if lists.named(_LIST) else lists.lists[0].id,
            "basis": list(OWN_BASIS),
            "lines": msgspec.to_builtins(lines) if lines else {},
            "posts": [post],
        }

    def draft(self, draft_id: str) -> Response:
        """Show what there is to edit, and what is still missing where."""
        draft = self._room.draft(draft_id)
        faults = self._room.faults(draft)
        return self._room.page(
            "content_draft.html",
            draft=draft,
            items=[
                self._post(post, f"posts[{index}]", faults)
                for index, post in enumerate(draft.table["posts"])
            ],
            works=[
                Item(
                    work["id"],
                    work.get("title", ""),
                    (Part("work", "", "", _count(faults, f"works[{index}]")),),
                )
                for index, work in enumerate(draft.table.get("works", []))
            ],
            pack_faults=sum("[" not in key.split(".")[0] for key in faults),
            faults=len(faults),
            names=lambda worker: name_of(workers(), worker),
        )

    def _post(self, post: Table, key: str, faults: Mapping[str, str]) -> Item:
        own = {"about": ("title", "accident_types", "certificates", "inspection", "basis", "id")}
        parts = [
            Part(
                kind,
                "",
                self._room.say(f"part.{kind}"),
                sum(_count(faults, f"{key}.{field}") for field in own.get(kind, (kind,))),
            )
            for kind in OF_POST
        ]
        more = [
            Part(
                "drill",
                drill["id"],
                drill.get("title", ""),
                _count(faults, f"{key}.more_drills[{index}]"),
            )
            for index, drill in enumerate(post.get("more_drills", []))
        ]
        return Item(post["id"], post.get("title", ""), (*parts[:2], *more, *parts[2:]))

    def change(self, draft_id: str) -> AnyResponse:
        """Add a drill or a work, take out or move a post, a drill or a work."""
        act, _, rest = request.form.get("do", "").partition(":")
        kind, _, item = rest.partition(":")
        if (act, kind) == ("add", "works"):
            return self._new_work(draft_id)
        try:
            self._changed(draft_id, lambda table: _changed(table, act, kind, item))
        except DraftError as error:
            flash(str(error), "bad")
        return redirect(url_for("content.draft", draft_id=draft_id), 303)

    def _new_work(self, draft_id: str) -> AnyResponse:
        """Begin a hazardous work, and lead to where it is written."""
        work = a_blank_work()
        try:
            self._changed(draft_id, lambda table: _with(table, "works", work))
        except DraftError as error:
            flash(str(error), "bad")
            return redirect(url_for("content.draft", draft_id=draft_id), 303)
        return redirect(
            url_for("content.part", draft_id=draft_id, kind="work", item=work["id"]), 303
        )

    def discard(self, draft_id: str) -> AnyResponse:
        """Forget a draft."""
        self._room.drafts.remove(draft_id)
        flash(self._room.say("draft.discarded"), "good")
        return redirect(url_for("content.index"), 303)

    def picture(self, draft_id: str, name: str) -> Response:
        """Return a picture of a draft."""
        path = self._room.picture(self._room.draft(draft_id), name)
        if path is None:
            abort(404)
        kind = "image/svg+xml" if name.endswith(".svg") else "image/jpeg"
        # As bytes: a browser that goes away in mid-picture would leave the file to the garbage
        # collector.
        return send_file(io.BytesIO(path.read_bytes()), mimetype=kind)

    def _changed(self, draft_id: str, make: Any) -> Draft:
        draft = self._room.drafts.change(
            draft_id,
            who().worker,
            lambda old: replace(old, table=make(msgspec.to_builtins(old.table))),
        )
        return draft or abort(404)


def a_blank_post(title: str) -> Table:
    """Return a post with one of everything it must have, all to be written."""
    parts = {kind: [blank(FIELDS[kind][0])] for kind in ("questions", "scenarios", "emergency")}  # type: ignore[arg-type]
    return {
        "id": f"post-{secrets.token_hex(3)}",
        "title": title,
        "drill": a_blank_drill("start-of-shift", "开工前"),
        **parts,
        "basis": list(OWN_BASIS),
    }


def a_blank_work() -> Table:
    """Return a hazardous work with one line of each confirmation, all to be written."""
    return {
        "id": f"work-{secrets.token_hex(3)}",
        "title": "",
        "scene": "",
        "accident_types": [],
        "lines": {part.value: [""] for part in ConfirmationPart},
        "basis": list(OWN_BASIS),
    }


def a_blank_drill(drill_id: str, title: str) -> Table:
    """Return a drill of one step, to be written."""
    return {"id": drill_id, "title": title, "steps": [blank(DRILL[1])]}


def _with(table: Table, kind: str, item: Table) -> Table:
    if len(table.get(kind, [])) >= _MOST_POSTS:
        what = "种危险作业" if kind == "works" else "个岗位"
        raise DraftError(f"一个内容包最多 {_MOST_POSTS} {what}，请另建一个")
    return {**table, kind: [*table.get(kind, []), item]}


def _changed(table: Table, act: str, kind: str, item: str) -> Table:
    if kind in ("posts", "works"):
        return {**table, kind: _moved(table.get(kind, []), act, item)}
    if kind != "drills":
        return table
    post_id, _, drill_id = item.partition(":")
    return {
        **table,
        "posts": [
            _drills(post, act, drill_id) if post["id"] == post_id else post
            for post in table["posts"]
        ],
    }


def _drills(post: Table, act: str, drill_id: str) -> Table:
    more = post.get("more_drills", [])
    if act == "add" and len(more) < _MOST_POSTS:
        return {**post, "more_drills": [*more, a_blank_drill(f"drill-{secrets.token_hex(3)}", "")]}
    return {**post, "more_drills": _moved(more, act, drill_id)}


def _moved(items: list[Table], act: str, item_id: str) -> list[Table]:
    index = next((index for index, item in enumerate(items) if item["id"] == item_id), None)
    if index is None:
        return items
    rest = [*items[:index], *items[index + 1 :]]
    to = {"up": max(0, index - 1), "down": index + 1}.get(act)
    if act == "remove":
        return rest
    return items if to is None else [*rest[:to], items[index], *rest[to:]]


def _count(faults: Mapping[str, str], key: str) -> int:
    return sum(each == key or each.startswith((f"{key}.", f"{key}[")) for each in faults)
