"""What a request gets that cannot be served: one sentence in the language of who sees it."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Flask, Response
from werkzeug.exceptions import HTTPException

from ui.texts import Texts
from ui.touch.answers import json_response

_SENTENCES = {
    404: "error.not_found",
    405: "error.not_found",
    413: "error.too_large",
    400: "error.bad_touch",
}


def refusal(sentence: str, status: int, headers: Mapping[str, str] | None = None) -> Response:
    """Answer with a sentence."""
    response = json_response({"error": sentence}, status)
    response.headers.update(headers or {})
    return response


def add_refusals(app: Flask, texts: Texts) -> None:
    """Turn every error of HTTP, and a fault of the program (500), into a sentence."""

    @app.errorhandler(HTTPException)
    def refused(error: HTTPException) -> Response:
        status = error.code or 500
        return refusal(texts.say(_SENTENCES.get(status, "error.broken")), status)
