"""Signed requests: HTTP Message Signatures (RFC 9421) in one fixed profile, for both sides.

Covered are `@method`, `@target-uri` and `content-digest`, always all three, always in this order;
the parameters are `created`, `keyid` (the station's id), `alg="ed25519"`, `nonce` and `tag`. A
verifier checks what the sender *chose* to cover, so the county insists on this list. A request
caught and sent again does no harm: every one can be repeated.
"""

from __future__ import annotations

import secrets
from datetime import UTC, datetime, timedelta

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from http_message_signatures import (
    HTTPMessageSigner,
    HTTPMessageVerifier,
    InvalidSignature,
    MappingKeyResolver,
    VerifyResult,
)
from http_message_signatures.algorithms import ED25519

from sync.errors import ContentDigestError, SignatureError
from sync.identity import Identity

TAG = "banqian-sync/1"
_COVERED = ("@method", "@target-uri", "content-digest")


class Request(msgspec.Struct):
    """A request as signatures see it; `url` is absolute."""

    method: str
    url: str
    headers: dict[str, str]


class _AnyAge(HTTPMessageVerifier):
    """Leaves the judgement of `created` to the caller, who has a clock."""

    max_clock_skew = timedelta(days=36500)


def signed_headers(
    method: str, url: str, body: bytes, identity: Identity, created: datetime
) -> dict[str, str]:
    """Return the header fields that prove that this station sends this request."""
    request = Request(method, url, {})
    keys = MappingKeyResolver(public_keys={}, private_keys={identity.station: identity.private_key})
    HTTPMessageSigner(signature_algorithm=ED25519, key_resolver=keys).sign(
        request,
        key_id=identity.station,
        created=created,
        nonce=secrets.token_urlsafe(12),
        label="banqian",
        tag=TAG,
        covered_component_ids=_COVERED,
        body=body,
    )
    return request.headers


def check_signature(request: Request, body: bytes, station: str, public_key: str) -> datetime:
    """Check that the station with this key (hex) signed this request, and return the time at which
    it says it did.

    Raise SignatureError, or ContentDigestError when the signature is genuine and the body is
    another.
    """
    key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(public_key))
    verifier = _AnyAge(
        signature_algorithm=ED25519,
        key_resolver=MappingKeyResolver(public_keys={station: key}, private_keys={}),
    )
    try:
        results = verifier.verify(request, max_age=None, expect_tag=TAG)
    except InvalidSignature as error:
        raise SignatureError(str(error)) from error
    created = _check_profile(results)
    try:
        verifier.verify_body(request, results, body)
    except InvalidSignature as error:
        raise ContentDigestError(str(error)) from error
    return created


def _check_profile(results: list[VerifyResult]) -> datetime:
    expected = [f'"{name}"' for name in (*_COVERED, "@signature-params")]
    if len(results) != 1 or list(results[0].covered_components) != expected:
        raise SignatureError(
            "the signature must cover @method, @target-uri and content-digest, nothing else"
        )
    return datetime.fromtimestamp(int(results[0].parameters["created"]), UTC)
