"""The bodies and headers of answers, the same for every page."""

from __future__ import annotations

import msgspec
from flask import Response

CONTENT_SECURITY_POLICY = (
    "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
    "object-src 'none'"
)
FOR_EVER = "private, max-age=31536000, immutable"


def json_response(body: object, status: int = 200) -> Response:
    """Answer with JSON; bytes are taken as JSON already encoded."""
    encoded = body if isinstance(body, bytes) else msgspec.json.encode(body)
    return Response(encoded, status, mimetype="application/json")


def with_headers(response: Response) -> Response:
    """Allow nothing but the station's own pages, and keep no state in any cache, unless the view
    said otherwise.
    """
    headers = response.headers
    headers.setdefault("Content-Security-Policy", CONTENT_SECURITY_POLICY)
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Referrer-Policy"] = "no-referrer"
    headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
    headers.setdefault("Cache-Control", "no-store")
    return response
