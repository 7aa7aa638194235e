"""Refusing a request: the codes of the protocol with their HTTP statuses."""

from __future__ import annotations

from kiosk.model.outside import as_line
from sync.county.errors import CountyError
from sync.protocol import Code, Held, Problem
from sync.sentences import say

_STATUS = {
    Code.MALFORMED: 400,
    Code.UNKNOWN_STATION: 401,
    Code.BAD_SIGNATURE: 401,
    Code.CLOCK_OFF: 401,
    Code.NOT_FOUND: 404,
    Code.UNKNOWN_PHOTO: 404,
    Code.GAP: 409,
    Code.FORK: 409,
    Code.TOO_LARGE: 413,
    Code.CONTENT_DIGEST: 422,
    Code.PHOTO_DIGEST: 422,
    Code.BAD_ENTRY: 422,
    Code.UNAVAILABLE: 503,
}


class RefusedError(CountyError):
    """A request is refused: with this code, in this sentence; `held` says where the sender is to go
    on.
    """

    def __init__(self, code: Code, held: Held | None = None, **facts: object) -> None:
        self.problem = Problem(code.value, as_line(say(code.value, **facts)), held)
        self.status = _STATUS[code]
        super().__init__(self.problem.say)
