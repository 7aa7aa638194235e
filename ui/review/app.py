"""The supervisor's pages as one Flask application."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from flask import Flask, Response, current_app, flash, redirect, request, url_for
from flask_login import current_user
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, NotFound
from werkzeug.wrappers import Response as AnyResponse

from kiosk.flow.door import Door
from kiosk.journal.blobs import Photos
from kiosk.journal.errors import JournalError
from kiosk.rosters import MOST_UPLOAD_BYTES
from ui.review import journal
from ui.review.access.sessions import Sessions, ask, who
from ui.review.access.sign_in import SignIn
from ui.review.access.store import Access
from ui.review.checks.days import Days
from ui.review.checks.pages import Checks
from ui.review.content.blueprint import content_pages
from ui.review.content.room import LARGE, Room
from ui.review.forms.pages import FormsPages, Printing
from ui.review.pages import Pages
from ui.review.paper.pages import ENTERING, Papers
from ui.review.paper.pages import LARGE as LARGE_PAPER
from ui.review.people.address import WorkerId
from ui.review.people.card_form import CardForm
from ui.review.people.cards import PeopleCards
from ui.review.people.edit import PeopleEdit
from ui.review.people.mastery import Mastery
from ui.review.people.pages import People
from ui.review.people.pending_spreadsheets import RosterDrafts
from ui.review.people.reports import PeopleReports
from ui.review.people.spreadsheet import PeopleImport
from ui.review.scenarios.pages import Proposals, open_proposals
from ui.review.sender import SendCommand
from ui.review.settings import ReviewSettings
from ui.review.speech.pages import SpeechPages, Spoken, allow_upload
from ui.review.wording import Wording, name_of
from ui.texts import Texts

_MOST_BYTES = 64 * 1024
_PROBLEMS = {400: "bad_request", 404: "not_found", 405: "not_allowed", 413: "too_large"}
_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; img-src 'self'; style-src 'self'; script-src 'self'; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # Not "no-referrer": the check against forged forms wants to see where a form comes from.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}


def utc_now() -> datetime:
    """Read the wall clock."""
    return datetime.now(UTC)


def create_app(
    reading_factory: journal.ReadingFactory,
    photos: Photos,
    access: Access,
    send_command: SendCommand,
    door: Door,
    texts: Texts,
    settings: ReviewSettings,
    printing: Printing,
    spoken: Spoken,
    now: Callable[[], datetime] = utc_now,
    content: Room | None = None,
) -> Flask:
    """Build the application.

    It opens the journal for each request and writes only through `send_command`.

    `door` has the content in use. `content` is for the pages on which it is edited; without it
    there are none.
    """
    app = Flask(__name__)
    app.config["MAX_CONTENT_LENGTH"] = _MOST_BYTES
    app.url_map.converters["worker"] = WorkerId
    wording = Wording(door, texts, settings.zone, content.library if content else None)
    pages = Pages(wording, settings, now)
    app.jinja_env.globals.update(say=wording.say, wording=wording, settings=settings, me=_my_name)
    app.jinja_env.globals.update(
        past_review=lambda: [pack for pack in door.packs if pack.stale(pages.today())]
    )
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update(has_content=content is not None, open_proposals=open_proposals)
    journal.init_app(app, reading_factory)
    app.before_request(_take_sheets)
    app.before_request(allow_upload)
    app.before_request(_take_large)
    sessions = Sessions(app, access, settings)
    checks = Checks(pages, photos, send_command)
    sign_in = SignIn(pages, access, sessions)
    papers = Papers(pages, send_command, door.reasons)
    card_form = CardForm(access.folder / "card-form")
    parts = (
        *(sign_in, Days(pages), checks, FormsPages(pages, photos, printing), papers, Mastery(door)),
        People(pages, send_command, door),
        PeopleEdit(pages, send_command, door, printing.glyphs),
        PeopleImport(
            pages,
            send_command,
            door,
            card_form,
            RosterDrafts(access.folder / "imports", now),
            printing.glyphs,
        ),
        PeopleCards(pages, send_command, card_form),
        PeopleReports(pages, send_command, door, printing.source.enterprise),
        SpeechPages(pages, send_command, spoken),
        Proposals(pages, send_command, door, content),
    )
    for part in parts:
        app.register_blueprint(part.blueprint())
    if content is not None:
        app.register_blueprint(content_pages(content))
    app.after_request(_protect)
    _answer_problems(app, pages, sign_in, checks, papers)
    return app


def _my_name() -> str:
    return name_of(journal.workers(), who().worker)


def _take_sheets() -> None:
    """Take more than a form's worth where somebody who is signed in uploads a sheet; asked before
    the form is read.
    """
    if request.endpoint == "people_import.upload" and current_user.is_authenticated:
        request.max_content_length = MOST_UPLOAD_BYTES + _MOST_BYTES


def _take_large() -> None:
    """Take more than a form's worth where somebody who is signed in may send it; asked before the
    form is read.
    """
    large = LARGE | LARGE_PAPER
    if request.endpoint in large and current_user.is_authenticated:
        request.max_content_length = large[request.endpoint]


def _protect(answer: Response) -> Response:
    for name, value in _HEADERS.items():
        answer.headers.setdefault(name, value)
    answer.headers.setdefault("Cache-Control", "no-store")
    return answer


def _page_of_form() -> str:
    """Return the page of content whose form was sent: at the form's own address, or where a button
    without one stands.
    """
    if current_app.url_map.bind("").test(request.path, "GET"):
        return request.full_path
    draft = (request.view_args or {}).get("draft_id")
    return url_for("content.draft", draft_id=draft) if draft else url_for("content.index")


def _answer_problems(
    app: Flask, pages: Pages, sign_in: SignIn, checks: Checks, papers: Papers
) -> None:
    def wrong_token(_error: CSRFError) -> AnyResponse:
        """The form is older than the session, or forged: nothing is done, and what was typed is
        shown again.
        """
        stale = pages.wording.say("review.stale")
        if request.endpoint == ENTERING and current_user.is_authenticated:
            return papers.again(stale, 400)
        if request.blueprint in ("content", "proposals") and current_user.is_authenticated:
            flash(stale, "bad")
            if request.blueprint == "proposals":
                return redirect(url_for("proposals.proposal", **(request.view_args or {})), 303)
            return (
                redirect(_page_of_form(), 303) if request.endpoint != "content.take_in" else ask()
            )
        if request.endpoint != "checks.review":
            return sign_in.again(stale, 400)
        if not current_user.is_authenticated:
            return ask()
        try:
            return checks.again((request.view_args or {})["check_id"], stale, 400)
        except NotFound as error:
            return refused(error)

    def refused(error: HTTPException) -> AnyResponse:
        if error.code is None or error.code < 400:
            return error.get_response()
        return pages.problem(_PROBLEMS.get(error.code, "broken"), error.code)

    def unreadable(error: JournalError) -> Response:
        app.logger.warning("journal cannot be read: %s", error)
        return pages.problem("unreadable", 503)

    app.register_error_handler(CSRFError, wrong_token)
    app.register_error_handler(HTTPException, refused)
    app.register_error_handler(JournalError, unreadable)
