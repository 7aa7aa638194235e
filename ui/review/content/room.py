"""What the pages of content share: packs, drafts, words, the way to the station."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any, NoReturn

import msgspec
from flask import Response, abort, current_app, make_response, render_template, url_for

from kiosk.commands.protocol import Command, Reply
from kiosk.model.content import Basis, Pack
from kiosk.model.manuscript import manuscript_of
from kiosk.packs.advice import Known, advice
from kiosk.packs.caps import warnings
from kiosk.packs.pictures import pictures_of
from kiosk.packs.writing import plain
from ui.review.access.sessions import who
from ui.review.content.parts import cleaned
from ui.review.content.store import Draft, Drafts, Table
from ui.review.journal import reading
from ui.review.library import Library, digests_of, picture_files
from ui.texts import Texts
from ui.touch.preview import Preview

LARGE: dict[str, int] = {
    "content.photo": 10 << 20,
    "content.take_in": 10 << 20,
    "content.save": 1 << 20,
}
"""How many bytes a request may have where it is more than a form's worth: no more than nginx lets
through.
"""


class Room:
    """Shared by the pages of content.

    `library` has the shipped packs; what was published is read at each request.
    """

    def __init__(
        self,
        library: Library,
        drafts: Path,
        texts: Texts,
        touch_texts: Texts,
        station: str,
        send: Callable[[Command], Reply],
        now: Callable[[], datetime],
    ) -> None:
        self._library = library
        self.drafts = Drafts(drafts, now)
        self.say = texts.say
        self.texts = texts
        self.send = send
        self.now = now
        self._touch_texts = touch_texts
        self._station = station

    def speech(self) -> str:
        """Return the address of the pages on which sentences are heard and recorded; empty when
        there are none.
        """
        return url_for("speech.index") if "speech.index" in current_app.view_functions else ""

    def library(self) -> Library:
        """Return the packs as they are now."""
        published = reading().published()
        if published != self._library.published:
            self._library = self._library.renewed(published)
        return self._library

    def draft(self, draft_id: str) -> Draft:
        """Return a draft, or answer that there is none."""
        return self.drafts.find(draft_id) or _not_found()

    def faults(self, draft: Draft) -> dict[str, str]:
        """Return what is still wrong with a draft, by key path."""
        codes = {each.id: each.codes for each in self._library.lists.lists}
        return advice(cleaned(draft.table), Known(draft.pictures, codes))

    def warnings(self, draft: Draft) -> dict[str, str]:
        """Return what in a draft is longer than it should be, by key path; it can be published all
        the same.
        """
        return warnings(cleaned(draft.table))

    def accident_types(self, draft: Draft) -> list[tuple[str, str]]:
        """Return the accident types of a draft's list, code and name."""
        named = self._library.lists.named(str(draft.table.get("accident_list", "")))
        return [(each.code, each.name) for each in named.types] if named else []

    def picture(self, draft: Draft, name: str) -> Path | None:
        """Return the file of a draft's picture."""
        digest = draft.pictures.get(name, "")
        if file := self.drafts.photo(digest):
            return file
        library = self.library()
        packs = (*library.shelf.packs, *library.shipped)
        for pack in packs:  # mostly under the name it has in the pack it was copied from
            found = picture_files(pack, frozenset({name}))
            if digests_of(found).get(name) == digest:
                return found[name]
        return pictures_of(packs).get(digest)

    def preview(self, static: Callable[[str], str], target: Callable[[str, str], str]) -> Preview:
        """Return what draws a draft's screens."""
        return Preview(self._touch_texts, self._station, static, target)

    def page(self, template: str, status: int = 200, **values: Any) -> Response:
        """Draw a page of these."""
        return make_response(render_template(template, tell=self.say, room=self, **values), status)

    def begin(self, table: Table, pictures: dict[str, str], **more: Any) -> Draft:
        """Begin a draft for who is signed in. Raise DraftError."""
        return self.drafts.begin(who().worker, table, pictures, **more)


def table_of(pack: Pack) -> Table:
    """Return a pack's manuscript as plain data."""
    table: Table = msgspec.to_builtins(plain(manuscript_of(pack)))
    return table


OWN_BASIS = [msgspec.to_builtins(plain(Basis(note="以企业操作规程为准")))]


def _not_found() -> NoReturn:
    abort(404)
