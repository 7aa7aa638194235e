"""Signing in and out."""

from __future__ import annotations

import math
from urllib.parse import urlsplit

from flask import Blueprint, make_response, redirect, render_template, request, session, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from kiosk.commands.permissions import may_review
from ui.review.access.sessions import Sessions
from ui.review.access.store import Access, Admitted, MustWait
from ui.review.journal import workers
from ui.review.pages import Pages


class SignIn:
    """The sign-in page."""

    def __init__(self, pages: Pages, access: Access, sessions: Sessions) -> None:
        self._pages = pages
        self._access = access
        self._sessions = sessions

    def blueprint(self) -> Blueprint:
        """Return the routes."""
        routes = Blueprint("sign_in", __name__)
        routes.add_url_rule("/sign-in", "form", self.form)
        routes.add_url_rule("/sign-in", "enter", self.enter, methods=["POST"])
        routes.add_url_rule("/sign-out", "leave", self.leave, methods=["POST"])
        return routes

    def form(self) -> Response | str:
        """Show the sign-in page."""
        if current_user.is_authenticated:
            return redirect(url_for("days.today"), 303)
        say = self._pages.wording.say
        notice = ""
        if "draft" in session:
            notice = say("sign_in.draft_kept")
        elif "_user_id" in session:
            notice = say("sign_in.expired")
        return self._page(notice=notice)

    def enter(self) -> Response:
        """Check the password."""
        say = self._pages.wording.say
        worker, password = request.form.get("worker", ""), request.form.get("password", "")
        admission = self._access.sign_in(worker, password, request.remote_addr or "")
        match admission:
            case MustWait(wait_s=wait_s):
                answer = self.again(say("sign_in.wait", minutes=math.ceil(wait_s / 60)), 429)
                answer.headers["Retry-After"] = str(math.ceil(wait_s))
                return answer
            case Admitted() if may_review(workers().get(admission.worker)):
                self._sessions.begin(admission)
                return redirect(_inside(request.args.get("next", "")) or url_for("days.today"), 303)
            case Admitted():
                return self.again(say("sign_in.closed"), 403)
        return self.again(say("sign_in.wrong"), 401)

    def leave(self) -> Response:
        """Sign out, and let the browser forget the photos it kept (Clear-Site-Data, a W3C
        recommendation).
        """
        self._sessions.end()
        answer = redirect(url_for("sign_in.form"), 303)
        answer.headers["Clear-Site-Data"] = '"cache"'
        return answer

    def again(self, error: str, status: int) -> Response:
        """Show the page once more, and say what is wrong."""
        return make_response(self._page(error), status)

    def _page(self, error: str = "", notice: str = "") -> str:
        worker = request.form.get("worker", "")[:40]
        return render_template("sign_in.html", error=error, notice=notice, worker=worker)


def _inside(target: str) -> str:
    """Return a path of these pages, or nothing for an address that leads elsewhere."""
    parts = urlsplit(target)
    harmless = (
        not parts.scheme and not parts.netloc and target.startswith("/") and "\\" not in target
    )
    return target if harmless and not target.startswith("//") and target.isprintable() else ""
