"""From an approved scene to a step of the drill (KYT, fourth round): in a draft of the post's pack, where it is edited and published.

Think is the scene, look, point and call come from the first thing to check; somebody who knows the machine puts them right.
"""

from __future__ import annotations

import re
import secrets
from typing import Any

import msgspec
from msgspec.structs import replace

from kiosk.model.content import Pack
from kiosk.model.manuscript import manuscript_of
from kiosk.records.scenarios.rows import ProposalRow
from ui.review.access.sessions import who
from ui.review.content.room import OWN_BASIS, Room, table_of
from ui.review.content.store import Draft, DraftError, Table
from ui.review.library import Library, digests_of, picture_files

MOST_STEPS = 20
_LONGEST_BEAT = 38
"""What the voice says in twelve seconds (`kiosk.packs.checks`)."""
_MARKS = "，。；、！？,.;!? "
_BESIDE = re.compile(r"(旁边|旁|上面|上|里面|里|处|的地方)$")


class Whereabouts(msgspec.Struct, frozen=True):
    """Where a scene is by now: in the content in use, in a draft, or nowhere."""

    pack: Pack | None = None
    draft: Draft | None = None


def id_of(row: ProposalRow) -> str:
    """Give the id that its step and its row of Annex 1 have."""
    return f"kyt-{row.id}"


def whereabouts(room: Room, row: ProposalRow) -> Whereabouts:
    """Tell where it is."""
    drafts = (draft for draft in room.drafts.all() if _holds(draft.table, row))
    return Whereabouts(_published(room.library(), row), next(drafts, None))


def _published(library: Library, row: ProposalRow) -> Pack | None:
    packs = (*library.shelf.packs, *library.shipped)
    return next((pack for pack in packs if _holds(table_of(pack), row)), None)


def _holds(table: Table, row: ProposalRow) -> bool:
    post = _post(table, row.post)
    return post is not None and any(each.get("id") == id_of(row) for each in post.get("scenarios", ()))


def _post(table: Table, post_id: str) -> Table | None:
    return next((post for post in table.get("posts", ()) if post.get("id") == post_id), None)


def add(room: Room, row: ProposalRow) -> Draft | None:
    """Add the step and the row of Annex 1 to a draft of the post's pack, begun where there is none; None without such a post.

    Raises DraftError.
    """
    draft = _draft_of(room, row.post)
    if draft is None:
        return None
    changed = room.drafts.change(
        draft.id, who().worker, lambda old: replace(old, table=with_scene(old.table, row))
    )
    return changed or draft


def _draft_of(room: Room, post_id: str) -> Draft | None:
    """Give the draft in which the post is being written; of two, the last changed."""
    writing = next((draft for draft in room.drafts.all() if _post(draft.table, post_id)), None)
    if writing is not None:
        return writing
    library = room.library()
    own = library.owner_of(post_id)
    if own is not None:
        table = table_of(own)
        return room.begin(table, _pictures(own), base=table, based_on=library.newest_version(own.id))
    shipped = next((pack for pack in library.shipped if pack.post(post_id)), None)
    return _copied(room, shipped, post_id) if shipped else None


def _copied(room: Room, pack: Pack, post_id: str) -> Draft:
    """Shipped content is not changed: the post is copied into a pack of the factory's own, as by hand."""
    table = table_of(pack)
    post = _post(table, post_id)
    assert post is not None
    title = room.say("copy.title", posts=post["title"])
    table |= {"id": f"own-{secrets.token_hex(3)}", "title": title, "posts": [post], "works": []}
    return room.begin(table, _pictures(pack), base=table)


def _pictures(pack: Pack) -> dict[str, str]:
    return digests_of(picture_files(pack, manuscript_of(pack).pictures))


def with_scene(table: Table, row: ProposalRow) -> Table:
    """Give a manuscript with the step and the row of Annex 1, once. Raises DraftError when the drill is full."""
    posts = [_with(post, row) if post.get("id") == row.post else post for post in table["posts"]]
    return {**table, "posts": posts}


def _with(post: Table, row: ProposalRow) -> Table:
    scenarios, drill = list(post.get("scenarios", ())), post.get("drill", {})
    if any(each.get("id") == id_of(row) for each in scenarios):
        return post
    steps = list(drill.get("steps", ()))
    if len(steps) >= MOST_STEPS:
        raise DraftError(f"这个岗位的手指口述已有{MOST_STEPS}步，请先删掉一步")
    # The last step says that the work may begin: what is to be looked at comes before it.
    steps.insert(max(0, len(steps) - 1), step_of(row))
    return {**post, "scenarios": [*scenarios, scenario_of(row)], "drill": {**drill, "steps": steps}}


def scenario_of(row: ProposalRow) -> Table:
    """Give the row of Annex 1."""
    found: dict[str, Any] = {
        "id": id_of(row),
        "accident_types": [row.accident_type],
        "scene": row.scene,
        "prevention": list(row.prevention),
        "response": list(row.response),
        "basis": list(OWN_BASIS),
    }
    return found | ({"improvement": row.improvement} if row.improvement else {})


def step_of(row: ProposalRow) -> Table:
    """Suggest the four beats."""
    checked = row.prevention[0].rstrip(_MARKS)
    return {
        "id": id_of(row),
        "think": shortened(row.scene),
        "look": shortened(checked),
        "point": shortened(_BESIDE.sub("", row.place) or checked),
        "call": f"{shortened(checked, _LONGEST_BEAT - 4)}，确认！",
        "basis": list(OWN_BASIS),
    }


def shortened(text: str, most: int = _LONGEST_BEAT) -> str:
    """Give what can be said in one go: to the last mark before the limit, or cut there."""
    text = text.strip(_MARKS)
    if len(text) <= most:
        return text
    cut = max(text.rfind(mark, 0, most + 1) for mark in "，。；、")
    return text[: cut if cut > most // 3 else most]
