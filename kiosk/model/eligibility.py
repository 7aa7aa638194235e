"""Who may stand at which post today.

An uncertified special-operation worker is itself a major hidden danger
(工贸企业重大事故隐患判定标准 第三条(二)), so this is asked before anything else.
"""

from __future__ import annotations

import enum
from collections.abc import Mapping
from datetime import date

import msgspec

from kiosk.model.content import Post, Work
from kiosk.model.people import Certificate, Worker


class Ground(enum.StrEnum):
    """Why a person is refused at the door."""

    UNKNOWN_CARD = "unknown_card"
    BLOCKED = "blocked"
    LEFT = "left"
    ENDED = "ended"
    NO_POST = "no_post"
    CERTIFICATE_MISSING = "certificate_missing"
    CERTIFICATE_EXPIRED = "certificate_expired"


class Refusal(msgspec.Struct, frozen=True):
    """One reason, with what it is about (the certificate's kind) where it is about something."""

    ground: Ground
    about: str = ""

    @property
    def code(self) -> str:
        """Return it as it is recorded: `ground` or `ground:about`."""
        return f"{self.ground}:{self.about}".rstrip(":")


def eligible_posts(worker: Worker, posts: Mapping[str, Post], today: date) -> tuple[str, ...]:
    """Return the worker's posts that have content and for which every certificate is valid
    today.
    """
    return tuple(
        post_id
        for post_id in worker.posts
        if post_id in posts and not missing(worker, posts[post_id].certificates, today)
    )


def refusals(worker: Worker | None, posts: Mapping[str, Post], today: date) -> tuple[Refusal, ...]:
    """Return why this worker cannot begin a check at all; empty when at least one post is open to
    them.
    """
    if worker is None:
        return (Refusal(Ground.UNKNOWN_CARD),)
    if worker.blocked:
        return (Refusal(Ground.BLOCKED, worker.blocked),)
    if worker.has_left:
        return (Refusal(Ground.LEFT),)
    if worker.has_ended(today):
        return (Refusal(Ground.ENDED),)
    known = [posts[post_id] for post_id in worker.posts if post_id in posts]
    if not known:
        return (Refusal(Ground.NO_POST),)
    if eligible_posts(worker, posts, today):
        return ()
    return missing(worker, known[0].certificates, today)


def work_refusals(worker: Worker, work: Work, today: date) -> tuple[Refusal, ...]:
    """Return which certificates this worker lacks for a hazardous work."""
    return missing(worker, work.certificates, today)


def missing(worker: Worker, needed: tuple[str, ...], today: date) -> tuple[Refusal, ...]:
    """Return which of the needed certificates are missing or expired; one is valid through its last
    day.
    """
    grounds = ((kind, _ground(worker.certificates, kind, today)) for kind in needed)
    return tuple(Refusal(ground, kind) for kind, ground in grounds if ground is not None)


def _ground(held: tuple[Certificate, ...], kind: str, today: date) -> Ground | None:
    of_kind = [certificate for certificate in held if certificate.kind == kind]
    if not of_kind:
        return Ground.CERTIFICATE_MISSING
    valid = any(certificate.expires_on >= today for certificate in of_kind)
    return None if valid else Ground.CERTIFICATE_EXPIRED
