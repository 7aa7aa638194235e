"""Who is signed in: the cookie, its lifetime, and the guard before every page."""

from __future__ import annotations

from datetime import timedelta
from typing import cast
from urllib.parse import urlsplit

import msgspec
from flask import Flask, Response, abort, redirect, request, session, url_for
from flask.sessions import SecureCookieSessionInterface
from flask_login import LoginManager, current_user, login_user, logout_user
from flask_wtf import CSRFProtect
from werkzeug.wrappers import Response as AnyResponse

from kiosk.commands.permissions import may_review
from kiosk.model.people import Worker
from ui.review import kept_comment as drafts
from ui.review.access.signed_in import Session
from ui.review.access.store import Access, Admitted
from ui.review.journal import workers
from ui.review.kept_comment import draft_of
from ui.review.settings import ReviewSettings

_OPEN = frozenset({"static", "sign_in.form", "sign_in.enter"})
_QUIET = frozenset(
    {
        "static",
        "days.live",
        "checks.photo",
        "people_cards.live",
        "content.state",
        "content.touch",
        "content.picture",
        "content.screen",
    }
)
"""What a page asks for by itself is no sign of a person."""
_SEEN_STEP_S = 60.0


class Reviewer(msgspec.Struct, frozen=True):
    """Somebody who is signed in, as Flask-Login wants to see it."""

    session: Session
    is_authenticated: bool = True
    is_active: bool = True
    is_anonymous: bool = False

    @property
    def worker(self) -> str:
        """Give the worker's id."""
        return self.session.worker

    def get_id(self) -> str:
        """Give what the cookie carries."""
        return self.session.id


class _Cookies(SecureCookieSessionInterface):
    """Marks the cookie Secure exactly where the browser speaks TLS, as nginx says."""

    def get_cookie_secure(self, app: Flask) -> bool:  # noqa: ARG002 - Flask's signature
        return request.is_secure


class Sessions:
    """Sign-in, sign-out and the guard of one application."""

    def __init__(self, app: Flask, access: Access, settings: ReviewSettings) -> None:
        self._access = access
        self._settings = settings
        app.secret_key = access.cookie_key
        app.session_interface = _Cookies()
        app.config.update(
            SESSION_COOKIE_NAME="banqian_review",
            SESSION_COOKIE_HTTPONLY=True,
            SESSION_COOKIE_SAMESITE="Lax",
            SESSION_REFRESH_EACH_REQUEST=False,
            PERMANENT_SESSION_LIFETIME=timedelta(seconds=settings.session_s),
            WTF_CSRF_TIME_LIMIT=None,  # as long as the session
        )
        app.before_request(_refuse_other_sites)
        CSRFProtect(app)
        app.before_request(self._guard)
        login = LoginManager(app, add_context_processor=False)
        login.user_loader(self._load)

    def begin(self, admitted: Admitted) -> None:
        """Sign somebody in, in a session that has nothing of the one before."""
        kept = {key: session[key] for key in ("draft",) if key in session}
        self.end()
        session.update(kept)
        session.permanent = True
        begun = self._access.session(self._access.begin(admitted))
        if begun is not None:  # the password was not changed in this moment
            login_user(Reviewer(begun))

    def end(self) -> None:
        """Sign out: no copy of the cookie opens anything from now on."""
        if current_user.is_authenticated:
            self._access.end(who().session.id)
        logout_user()
        session.clear()

    def _load(self, session_id: str) -> Reviewer | None:
        found = self._access.session(session_id)
        return (
            Reviewer(found)
            if found and self._lasts(found) and may_review(workers().get(found.worker))
            else None
        )

    def _lasts(self, found: Session) -> bool:
        """Tell whether the session is neither too old nor idle; a clock set back ends it, too."""
        now_s = self._access.now_s()
        return (
            0 <= now_s - found.since_s <= self._settings.session_s
            and 0 <= now_s - found.seen_s <= self._settings.idle_lock_s
        )

    def _guard(self) -> AnyResponse | None:
        if request.endpoint is None or request.endpoint in _OPEN:
            return None
        if not current_user.is_authenticated:
            return ask()
        now_s = self._access.now_s()
        if request.endpoint not in _QUIET and now_s - who().session.seen_s > _SEEN_STEP_S:
            self._access.see(who().session.id)
        return None


def who() -> Reviewer:
    """Give who is signed in; only behind the guard."""
    return cast(Reviewer, current_user)


def ask() -> AnyResponse:
    """Lead to the sign-in page, and keep what was typed; what a page asks for by itself gets a bare 401."""
    if request.endpoint in _QUIET:
        return Response(status=401)
    back = request.full_path.rstrip("?") if request.method == "GET" else ""
    if request.endpoint == "checks.review":
        check_id = (request.view_args or {})["check_id"]
        drafts.keep(check_id, draft_of(request.form))
        back = url_for("checks.check", check_id=check_id)
    return redirect(url_for("sign_in.form", next=back or None), 303)


def own() -> Worker | None:
    """Return what is known of who is signed in; only behind the guard."""
    return workers().get(who().worker)


def _refuse_other_sites() -> None:
    """Refuse forms that another site sends here, before they can touch the session (`Origin`, RFC 6454)."""
    origin = request.headers.get("Origin")
    if request.method == "POST" and origin is not None and urlsplit(origin).netloc != request.host:
        abort(400)
