"""表格: which forms there are, of what, a preview, and the PDF to print."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from typing import NoReturn

import msgspec
from flask import Blueprint, Response, abort, make_response, render_template, request, url_for
from msgspec.structs import replace
from werkzeug.wrappers import Response as AnyResponse

from kiosk.forms.choosing import OF_POSTS, Kind, UnknownSubjectError, content_sheets
from kiosk.forms.fonts import glyphs
from kiosk.forms.printing import FormError, printed
from kiosk.forms.records import annex2_of, annex2_of_paper, authors_of, names_of
from kiosk.forms.sheet import Sheet
from kiosk.forms.source import Source
from kiosk.journal.blobs import Photos
from kiosk.model.glyphs import Glyphs
from kiosk.model.privacy import Promise
from kiosk.records.checks.rows import CheckRow
from kiosk.records.paper.rows import PaperRow
from ui.review.journal import reading, workers
from ui.review.pages import Pages
from ui.review.wording import name_of

_LOOKED_THROUGH = 500
"""How many of the newest checks are searched for hazardous works."""
_WAIT_S = 20.0
_FRAMED = {
    # The preview shows the PDF in a frame of its own page; what the browser shows it with brings
    # its own styles.
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self' 'unsafe-inline'; img-src 'self'; "
        "frame-ancestors 'self'"
    ),
    "X-Frame-Options": "SAMEORIGIN",
}
_PREVIEW_POLICY = (
    "default-src 'none'; img-src 'self'; style-src 'self'; script-src 'self'; "
    "connect-src 'self'; frame-src 'self'; "
    "object-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


class Printing(msgspec.Struct, frozen=True):
    """What forms are filled from and drawn by.

    People's names come from the roster at each request.
    """

    source: Source
    promise: Promise = Promise()
    county: str = ""
    draw: Callable[[Sequence[Sheet]], bytes] = printed
    glyphs: Callable[[], Glyphs] = glyphs
    """What the fonts that draw have, asked each time: they may be installed while the pages run."""


class Subject(msgspec.Struct, frozen=True):
    """Something that a form can be of."""

    id: str
    title: str
    about: str = ""


class FormsPages:
    """The pages of forms."""

    def __init__(self, pages: Pages, photos: Photos, printing: Printing) -> None:
        self._pages = pages
        self._photos = photos
        self._printing = printing
        # One drawing child at a time: a Pi has the memory for one.
        self._drawing = threading.BoundedSemaphore(1)

    def blueprint(self) -> Blueprint:
        """Return the routes."""
        routes = Blueprint("forms", __name__)
        routes.add_url_rule("/forms", "index", self.index)
        routes.add_url_rule("/forms/<kind>", "choose", self.choose)
        routes.add_url_rule("/forms/<kind>/preview", "preview", self.preview)
        routes.add_url_rule("/forms/<kind>/pdf", "pdf", self.pdf)
        routes.add_url_rule("/checks/<check_id>/annex2", "check", self.check)
        routes.add_url_rule("/checks/<check_id>/annex2/pdf", "check_pdf", self.check_pdf)
        routes.add_url_rule("/papers/<paper_id>/annex2", "paper", self.paper)
        routes.add_url_rule("/papers/<paper_id>/annex2/pdf", "paper_pdf", self.paper_pdf)
        return routes

    def index(self) -> str:
        """Show which forms there are."""
        return render_template("forms.html", kinds=list(Kind))

    def choose(self, kind: str) -> AnyResponse | str:
        """Show of what a form can be."""
        chosen = _kind(kind)
        if chosen is Kind.ANNEX2:
            return render_template("forms_choose.html", kind=chosen, works=self._hazardous())
        subjects = self._subjects(chosen)
        if not subjects:
            return self.preview(kind)
        return render_template("forms_choose.html", kind=chosen, subjects=subjects)

    def preview(self, kind: str) -> Response:
        """Show the form as it will be printed."""
        chosen, subject = _kind(kind), request.args.get("of", "")
        if chosen is Kind.ANNEX2:
            abort(404)
        titles = {each.id: each.title for each in self._subjects(chosen)}
        if subject and subject not in titles:
            abort(404)
        pdf = url_for("forms.pdf", kind=chosen, of=subject or None)
        back = url_for("forms.choose", kind=chosen) if titles else url_for("forms.index")
        return self._preview(chosen, titles.get(subject, ""), pdf, back)

    def pdf(self, kind: str) -> Response:
        """Return the form as a PDF."""
        chosen, subject = _kind(kind), request.args.get("of", "")
        if chosen is Kind.ANNEX2:
            abort(404)
        printing = self._printing
        try:
            sheets = content_sheets(
                chosen, subject, self._source(), printing.promise, printing.county
            )
        except UnknownSubjectError:
            abort(404)
        return self._printed(sheets, f"{chosen}{'-' if subject else ''}{subject}")

    def check(self, check_id: str) -> Response:
        """Show Annex 2 of a check as it will be printed."""
        detail = reading().check(check_id) or _not_found()
        pdf = url_for("forms.check_pdf", check_id=check_id)
        name = name_of(workers(), detail.row.worker)
        return self._preview(Kind.ANNEX2, name, pdf, url_for("checks.check", check_id=check_id))

    def check_pdf(self, check_id: str) -> Response:
        """Return Annex 2 of a check as a PDF."""
        detail = reading().check(check_id) or _not_found()
        return self._printed(
            [annex2_of(detail, reading(), self._photos, self._source())], f"annex2-{check_id}"
        )

    def paper(self, paper_id: str) -> Response:
        """Show Annex 2 of a paper form that was entered later, as it holds."""
        row = _versions(paper_id)[-1]
        pdf, back = (
            url_for("forms.paper_pdf", paper_id=row.id),
            url_for("papers.paper", paper_id=row.id),
        )
        return self._preview(Kind.ANNEX2, name_of(workers(), row.worker), pdf, back)

    def paper_pdf(self, paper_id: str) -> Response:
        """Return Annex 2 of a paper form as a PDF, stamped, as it holds."""
        versions = _versions(paper_id)
        sheet = annex2_of_paper(versions, self._photos, self._source())
        return self._printed([sheet], f"annex2-paper-{versions[-1].short_hash}")

    def _preview(self, kind: Kind, title: str, pdf: str, back: str) -> Response:
        answer = make_response(
            render_template("forms_preview.html", kind=kind, title=title, pdf=pdf, back=back)
        )
        answer.headers["Content-Security-Policy"] = _PREVIEW_POLICY
        return answer

    def _printed(self, sheets: Sequence[Sheet], name: str) -> Response:
        if not self._drawing.acquire(timeout=_WAIT_S):
            return self._failed(self._pages.wording.say("forms.busy"))
        try:
            paper = self._printing.draw(sheets)
        except FormError as error:
            return self._failed(str(error))
        finally:
            self._drawing.release()
        answer = Response(paper, mimetype="application/pdf")
        answer.headers["Content-Disposition"] = f'inline; filename="{name}.pdf"'
        answer.headers.update(_FRAMED)
        return answer

    def _failed(self, why: str) -> Response:
        answer = make_response(render_template("forms_failed.html", why=why), 503)
        answer.headers.update(_FRAMED)
        return answer

    def _source(self) -> Source:
        now = reading()
        return replace(self._printing.source, names=names_of(now), authors=authors_of(now))

    def _subjects(self, kind: Kind) -> list[Subject]:
        source = self._printing.source
        if kind in OF_POSTS:
            return [
                Subject(post.id, post.title, _place(post.id, source))
                for post in source.door.posts.values()
            ]
        if kind is Kind.LAYOUT:
            shops = source.enterprise.workshops
            return [
                Subject(unit.id, unit.title, shop.title) for shop in shops for unit in shop.units
            ]
        if kind is Kind.BLANK:
            return [Subject(work.id, work.title) for work in source.door.works.values()]
        return []

    def _hazardous(self) -> list[tuple[CheckRow, str]]:
        """Return the newest checks that named a hazardous work, with the worker's name."""
        rows = reading().checks(limit=_LOOKED_THROUGH)
        return [(row, name_of(workers(), row.worker)) for row in rows if row.works and row.outcome]


def _kind(text: str) -> Kind:
    if text not in list(Kind):
        abort(404)
    return Kind(text)


def _versions(paper_id: str) -> list[PaperRow]:
    return reading().paper_versions(paper_id) or _not_found()


def _not_found() -> NoReturn:
    abort(404)


def _place(post_id: str, source: Source) -> str:
    place = source.place_of(post_id)
    return f"{place[0].title} {place[1].title}" if place else ""
