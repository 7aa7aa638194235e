"""People by spreadsheet: the template, the upload, the preview, applying it."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
from flask import (
    Blueprint,
    Response,
    flash,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response as AnyResponse

from kiosk.flow.door import Door
from kiosk.model.glyphs import Glyphs
from kiosk.records.people.commands import ImportRoster, TryRoster
from kiosk.rosters import (
    MIME_TYPE,
    Change,
    Changes,
    Draft,
    Level,
    Problem,
    compare,
    read_sheet,
    rules_of,
    write_people,
    write_template,
)
from ui.review.access.sessions import who
from ui.review.journal import workers
from ui.review.pages import Pages
from ui.review.people.access import guard
from ui.review.people.card_form import CardForm
from ui.review.people.pending_spreadsheets import RosterDrafts
from ui.review.sender import SendCommand, Sender

_SHOWN = 100


class Preview(msgspec.Struct, frozen=True):
    """A draft as its page shows it."""

    key: str
    draft: Draft
    changes: Changes
    refusal: str
    """Why the station would decline it although the sheet is sound."""

    @property
    def may_apply(self) -> bool:
        """Return whether there is a button to apply it."""
        return self.draft.sound and not self.refusal and not self.is_same

    @property
    def is_same(self) -> bool:
        """Return whether nothing would change."""
        return not self.draft.roster.cards and self.changes.count(Change.SAME) == len(
            self.changes.of
        )

    @property
    def problems(self) -> list[Problem]:
        """Return the problems, the errors first."""
        return sorted(
            self.draft.problems, key=lambda problem: (problem.level is Level.NOTICE, problem.row)
        )


class PeopleImport:
    """The pages of the spreadsheet."""

    def __init__(
        self,
        pages: Pages,
        send: SendCommand,
        door: Door,
        card_form: CardForm,
        drafts: RosterDrafts,
        glyphs: Callable[[], Glyphs],
    ) -> None:
        self._pages = pages
        self._say = pages.wording.say
        self._sender = Sender(pages, send)
        self._door = door
        self._card_form = card_form
        self._drafts = drafts
        self._glyphs = glyphs

    def blueprint(self) -> Blueprint:
        """Return the routes."""
        routes = Blueprint("people_import", __name__)
        routes.before_request(self._guard)
        routes.add_url_rule("/people/import", "form", self.form)
        routes.add_url_rule("/people/import", "upload", self.upload, methods=["POST"])
        routes.add_url_rule("/people/import/template.xlsx", "template", self.template)
        routes.add_url_rule("/people/people.xlsx", "export", self.export)
        routes.add_url_rule("/people/import/<key>", "preview", self.preview)
        routes.add_url_rule("/people/import/<key>/apply", "apply", self.apply, methods=["POST"])
        routes.add_url_rule(
            "/people/import/<key>/discard", "discard", self.discard, methods=["POST"]
        )
        return routes

    def _guard(self) -> Response | None:
        return guard(self._pages)

    def form(self) -> str:
        """Show how it works, and ask for a file."""
        return render_template("people_import.html", problem="")

    def template(self) -> Response:
        """Return an empty sheet."""
        titles = [post.title for post in self._door.posts.values()]
        return _sheet(
            write_template(titles, self._kinds(), self._card_form.read()), "banqian-people-template"
        )

    def export(self) -> Response:
        """Return the people as they are now, to be changed and uploaded."""
        titles = {post_id: post.title for post_id, post in self._door.posts.items()}
        return _sheet(write_people(workers().values(), titles, self._kinds()), "banqian-people")

    def upload(self) -> AnyResponse:
        """Read a sheet and lead to its preview."""
        sent = request.files.get("sheet")
        if sent is None or not sent.filename:
            return make_response(
                render_template("people_import.html", problem=self._say("import.none")), 422
            )
        key = self._drafts.keep(who().worker, self._read(sent))
        return redirect(url_for("people_import.preview", key=key), 303)

    def preview(self, key: str) -> AnyResponse:
        """Show what a sheet would change, and what is wrong with it."""
        preview = self._preview(key)
        if preview is None:
            return self._expired()
        pairs = list(
            zip(preview.draft.roster.workers, preview.changes.of, preview.draft.rows, strict=True)
        )
        changing = [pair for pair in pairs if pair[1] is not Change.SAME]
        page = render_template(
            "people_preview.html",
            preview=preview,
            changing=changing[:_SHOWN],
            shown=_SHOWN,
            Change=Change,
        )
        return make_response(page)

    def apply(self, key: str) -> AnyResponse:
        """Hand a sheet to the station: all of it, or nothing."""
        preview = self._preview(key)
        if preview is None:
            return self._expired()
        if not preview.may_apply:
            return redirect(url_for("people_import.preview", key=key), 303)
        refusal = self._sender.refusal(ImportRoster(who().worker, preview.draft.roster))
        if refusal:
            return self._sender.told(refusal, "people_import.preview", key=key)
        self._drafts.drop(who().worker, key)
        new, changed = preview.changes.count(Change.NEW), preview.changes.count(Change.CHANGED)
        said = self._say("people.imported", new=new, changed=changed)
        return self._sender.told(said, "people.everybody", tone="good")

    def discard(self, key: str) -> AnyResponse:
        """Forget a sheet."""
        self._drafts.drop(who().worker, key)
        return redirect(url_for("people.everybody"), 303)

    def _read(self, sent: FileStorage) -> Draft:
        rules = rules_of(
            self._door.posts,
            self._door.works,
            self._pages.today(),
            workers(),
            self._card_form.read(),
            self._glyphs(),
        )
        return read_sheet(sent.read(), rules)

    def _preview(self, key: str) -> Preview | None:
        draft = self._drafts.get(who().worker, key)
        if draft is None:
            return None
        refusal = ""
        if draft.sound:
            refusal = self._sender.refusal(TryRoster(who().worker, draft.roster))
        return Preview(key, draft, compare(draft, workers()), refusal)

    def _expired(self) -> AnyResponse:
        flash(self._say("import.expired"), "bad")
        return redirect(url_for("people_import.form"), 303)

    def _kinds(self) -> list[str]:
        rules = rules_of(self._door.posts, self._door.works, self._pages.today())
        return list(rules.kinds.values())


def _sheet(content: bytes, name: str) -> Response:
    answer = Response(content, mimetype=MIME_TYPE)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    return answer
