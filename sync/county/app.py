"""The county as one Flask application: the stations' API and the pages for people."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from flask import Flask, Response, request
from werkzeug.exceptions import HTTPException

from kiosk.model.outside import MOST_TEXT, as_line
from sync.county.access import Access
from sync.county.api import Api, json_answer
from sync.county.objects import Objects
from sync.county.pages import Pages, problem_page
from sync.county.settings import CountySettings
from sync.county.store import Store
from sync.county.wording import Wording
from sync.protocol import Code, Problem
from sync.sentences import say
from sync.times import utc_now


def create_app(
    store: Store,
    objects: Objects,
    settings: CountySettings,
    words: Wording,
    now: Callable[[], datetime] = utc_now,
) -> Flask:
    """Build the application.

    `words` word what stations sent; `now` is the county's clock. Raise SettingsError for an invalid
    password hash.
    """
    app = Flask(__name__)
    app.config["MAX_CONTENT_LENGTH"] = settings.body_limit_mb << 20
    app.jinja_env.finalize = _as_shown
    app.register_blueprint(Api(store, objects, settings.public_url, now).blueprint())
    access = Access(settings.password_hash)
    app.register_blueprint(Pages(store, objects, access, words, now).blueprint())
    app.register_error_handler(HTTPException, _anything_else)
    return app


def _as_shown(value: object) -> object:
    """Return what a page shows of a value: a station's text cannot turn the direction of reading or
    fill the page.
    """
    return as_line(value, MOST_TEXT) if type(value) is str else value


def _anything_else(error: HTTPException) -> Response:
    """Answer what no route answers, and faults of the program, in the form that the asker reads."""
    status = error.code or 500
    code = Code.UNAVAILABLE if status >= 500 else Code.NOT_FOUND
    if request.path.startswith("/v1/"):
        return json_answer(Problem(code.value, say(code.value)), status)
    return problem_page(say("page_broken" if status >= 500 else "page_not_found"), status)
