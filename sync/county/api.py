"""The stations' side of the county: the protocol over HTTP."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable
from datetime import datetime
from email.utils import format_datetime
from urllib.parse import quote

import msgspec
from flask import Blueprint, Response, request
from werkzeug.exceptions import RequestEntityTooLarge

from kiosk.model.outside import as_line
from sync.county.errors import StoreUnavailableError
from sync.county.gate import Gate
from sync.county.judging import Fork, Fresh, Gap, Unfit
from sync.county.objects import Objects, photo_key
from sync.county.refusal import RefusedError
from sync.county.store import Store
from sync.protocol import DIGEST, MAX_WANTED, NOT_JSON, Batch, Code, State, Stored, Wanted
from sync.sentences import say
from sync.signing import Request
from sync.times import stamp

log = logging.getLogger(__name__)


class Api:
    """Answers stations. The gate has admitted every request before a method sees it."""

    def __init__(
        self, store: Store, objects: Objects, public_url: str, now: Callable[[], datetime]
    ) -> None:
        self._store = store
        self._objects = objects
        self._public_url = public_url.rstrip("/")
        self._now = now
        self._gate = Gate(store, now)

    def blueprint(self) -> Blueprint:
        """Return the routes."""
        api = Blueprint("api", __name__, url_prefix="/v1/stations/<station>")
        api.before_request(self.admit)
        api.after_request(self._dated)
        api.add_url_rule("/head", view_func=self.head)
        api.add_url_rule("/entries", view_func=self.entries, methods=["POST"])
        api.add_url_rule("/wanted", view_func=self.wanted)
        api.add_url_rule("/photos/<digest>", view_func=self.photo, methods=["PUT"])
        api.add_url_rule("/state", view_func=self.state)
        api.register_error_handler(RefusedError, _refused)
        api.register_error_handler(StoreUnavailableError, _unavailable)
        api.register_error_handler(RequestEntityTooLarge, _too_large)
        return api

    def admit(self) -> None:
        """Refuse what no enrolled station signed."""
        base = self._public_url or request.host_url.rstrip("/")
        query = f"?{request.query_string.decode('latin-1')}" if request.query_string else ""
        signed = Request(
            request.method, f"{base}{quote(request.path)}{query}", dict(request.headers)
        )
        self._gate.admit((request.view_args or {})["station"], signed, request.get_data())

    def head(self, station: str) -> Response:
        """Return what is held."""
        return json_answer(self._store.held(station))

    def entries(self, station: str) -> Response:
        """Take a batch of entries, all of it or nothing."""
        batch = _batch(request.get_data())
        verdict, held = self._store.take(station, batch.entries, stamp(self._now()))
        match verdict:
            case Fresh():
                return json_answer(held)
            case Gap(seq):
                raise RefusedError(Code.GAP, held, seq=seq, have=held.seq)
            case Fork(seq):
                raise RefusedError(Code.FORK, held, seq=seq)
            case Unfit(seq, why):
                raise RefusedError(Code.BAD_ENTRY, held, seq=seq, why=why)

    def wanted(self, station: str) -> Response:
        """Return the digests of photos that are wanted and not held, a page after `?after=`."""
        after = request.args.get("after", "")
        if after and DIGEST.fullmatch(after) is None:
            raise RefusedError(Code.MALFORMED, why="after")
        return json_answer(Wanted(tuple(self._store.wanted(station, after, MAX_WANTED))))

    def photo(self, station: str, digest: str) -> Response:
        """Store a photo that an entry names."""
        row = self._store.photo(station, digest) if DIGEST.fullmatch(digest) else None
        if row is None:
            raise RefusedError(Code.UNKNOWN_PHOTO, digest=digest)
        photo = request.get_data()
        if hashlib.sha256(photo).hexdigest() != digest:
            raise RefusedError(Code.PHOTO_DIGEST, digest=digest)
        if row.held_at is not None:
            return json_answer(Stored(digest))
        self._objects.put(photo_key(station, digest), photo)
        self._store.hold_photo(station, digest, stamp(self._now()))
        return json_answer(Stored(digest), 201)

    def state(self, station: str) -> Response:
        """Return all that is known of the station."""
        row = self._store.station(station)
        assert row is not None, "the gate admitted it"
        photos_held, _ = self._store.photo_counts(station)
        return json_answer(
            State(
                station,
                row.name,
                self._store.held(station),
                row.received_at,
                photos_held,
                row.signed_seq,
                row.signed_at,
                row.alarm,
            )
        )

    def _dated(self, response: Response) -> Response:
        """Add the county's time, which a station with a wrong clock signs with after a refusal."""
        response.headers["Date"] = format_datetime(self._now(), usegmt=True)
        return response


def json_answer(message: msgspec.Struct, status: int = 200) -> Response:
    """Answer with a message of the protocol."""
    return Response(msgspec.json.encode(message), status, mimetype="application/json")


def _batch(body: bytes) -> Batch:
    """Read a batch whose numbers a database can hold. Raise RefusedError."""
    try:
        batch = msgspec.json.decode(body, type=Batch)
    except RecursionError as error:
        raise RefusedError(Code.MALFORMED, why=say("json_too_deep")) from error
    except NOT_JSON as error:
        raise RefusedError(Code.MALFORMED, why=error) from error
    if not all(1 <= entry.seq < 2**63 for entry in batch.entries):
        raise RefusedError(Code.MALFORMED, why=say("entry_form", field="seq"))
    return batch


def _refused(error: RefusedError) -> Response:
    log.warning(
        "%s %s refused: %s (%s)",
        request.method,
        as_line(request.path),
        error,
        error.problem.error,
    )
    return json_answer(error.problem, error.status)


def _unavailable(error: StoreUnavailableError) -> Response:
    log.error("%s %s failed: %s", request.method, as_line(request.path), error)
    return _refused(RefusedError(Code.UNAVAILABLE))


def _too_large(_error: RequestEntityTooLarge) -> Response:
    return _refused(RefusedError(Code.TOO_LARGE, limit_mb=(request.max_content_length or 0) >> 20))
