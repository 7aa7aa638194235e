"""The station's line to the county: signed requests over one kept-alive HTTP/1.1 connection."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

import httpx2
import msgspec

from sync.errors import AnswerTooLargeError, CountyUrlError
from sync.identity import Identity
from sync.protocol import Answer, GiveUp, Message, Reclock, Trouble, TryAgain, understand
from sync.sentences import say
from sync.signing import signed_headers
from sync.times import utc_now

MAX_ANSWER_KB = 1024
"""The largest answer of the protocol, a page of wanted photos, has 34 kB."""


class LinkSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where the county is and how long to wait for it."""

    url: str
    """Such as `https://county.example`, without a path."""
    connect_s: float = 10.0
    write_s: float = 30.0
    """For one piece of a body to leave; a slow uplink may take many."""
    answer_s: float = 60.0


class Link:
    """Sends requests and says what the answers mean.

    Use it as a context manager; not shared between threads.

    Raises CountyUrlError for an invalid address.
    """

    def __init__(
        self, settings: LinkSettings, identity: Identity, now: Callable[[], datetime] = utc_now
    ) -> None:
        self.station = identity.station
        self.url = _origin(settings.url)
        self._identity = identity
        self._now = now
        self._offset = timedelta(0)
        self._client = httpx2.Client(
            http2=False,
            # A packed answer could unpack to any size.
            headers={"Accept-Encoding": "identity"},
            trust_env=False,
            follow_redirects=False,
            timeout=httpx2.Timeout(
                settings.answer_s, connect=settings.connect_s, write=settings.write_s
            ),
            limits=httpx2.Limits(max_connections=1, max_keepalive_connections=1),
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._client.close()

    def ask(
        self,
        method: str,
        path: str,
        expected: type[Message],
        body: bytes = b"",
        content_type: str = "",
    ) -> Message | Trouble:
        """Send one request about this station and return what the answer means.

        When the county says that the clocks differ, the offset is learned and the request sent once
        more.
        """
        meaning = self._ask_once(method, path, expected, body, content_type)
        if not isinstance(meaning, Reclock):
            return meaning
        self._offset = meaning.date - self._now()
        meaning = self._ask_once(method, path, expected, body, content_type)
        return GiveUp(say("clock_twice")) if isinstance(meaning, Reclock) else meaning

    def _ask_once(
        self, method: str, path: str, expected: type[Message], body: bytes, content_type: str
    ) -> Message | Trouble:
        url = f"{self.url}/v1/stations/{self.station}/{path}"
        try:
            try:
                answer = self._send(method, url, body, content_type)
            except (httpx2.NetworkError, httpx2.RemoteProtocolError):
                # A kept-alive connection may have died unnoticed: one new connection at once.
                answer = self._send(method, url, body, content_type)
        except httpx2.TransportError as error:
            return TryAgain(say("no_connection", why=_why(error)))
        except AnswerTooLargeError:
            return TryAgain(say("answer_too_large", limit_kb=MAX_ANSWER_KB))
        return understand(answer, expected)

    def _send(self, method: str, url: str, body: bytes, content_type: str) -> Answer:
        headers = signed_headers(method, url, body, self._identity, self._now() + self._offset)
        if content_type:
            headers["Content-Type"] = content_type
        with self._client.stream(method, url, content=body, headers=headers) as response:
            return _answer(response)


def _origin(url: str) -> str:
    """Write an address as the client will send it, so that the county sees what was signed."""
    try:
        urlsplit(url)  # more exact about brackets than the client
        parsed = httpx2.URL(url)
    except (ValueError, httpx2.InvalidURL) as error:
        raise CountyUrlError(f"county url {url!r}: {error}") from error
    if parsed.scheme not in ("http", "https") or not parsed.host or parsed.raw_path != b"/":
        raise CountyUrlError(
            f"county url {url!r}: write it as https://county.example, without a path"
        )
    return str(parsed).rstrip("/")


def _answer(response: httpx2.Response) -> Answer:
    return Answer(
        response.status_code,
        _body(response),
        response.headers.get("Date", ""),
        response.headers.get("Retry-After", ""),
    )


def _body(response: httpx2.Response) -> bytes:
    """Read a body as it comes, packed or not.

    Raise AnswerTooLargeError as soon as it is larger than any answer can be.
    """
    body = bytearray()
    for piece in response.iter_raw():
        body += piece
        if len(body) > MAX_ANSWER_KB << 10:
            raise AnswerTooLargeError(f"{response.url}: an answer of more than {MAX_ANSWER_KB} kB")
    return bytes(body)


def _why(error: httpx2.HTTPError) -> str:
    match error:
        case httpx2.ConnectTimeout():
            return say("connect_timeout")
        case httpx2.TimeoutException():
            return say("answer_timeout")
        case httpx2.ConnectError():
            return say("connect_failed")
        case _:
            return say("cut")
