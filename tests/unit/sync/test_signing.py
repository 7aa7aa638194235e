"""Signed requests: one fixed profile, and nothing less."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from sync.errors import ContentDigestError, SignatureError
from sync.identity import Identity, open_identity
from sync.signing import Request, check_signature, signed_headers

URL = "https://county.example/v1/stations/station-01/head?after="
CREATED = datetime(2001, 2, 3, 4, 5, 6, tzinfo=UTC)


@pytest.fixture
def identity(tmp_path: Path) -> Identity:
    return open_identity(tmp_path, "station-01")


def check(
    identity: Identity, headers: dict[str, str], body: bytes = b"body", **other: str
) -> datetime:
    request = Request(other.get("method", "POST"), other.get("url", URL), headers)
    return check_signature(request, body, other.get("station", "station-01"), identity.public_key)


def test_a_signature_tells_when_it_was_made_however_long_ago(identity: Identity) -> None:
    assert check(identity, signed_headers("POST", URL, b"body", identity, CREATED)) == CREATED


def test_the_profile(identity: Identity) -> None:
    headers = signed_headers("POST", URL, b"body", identity, CREATED)
    covered, *parameters = headers["Signature-Input"].split(";")
    assert covered == 'banqian=("@method" "@target-uri" "content-digest")'
    assert parameters[:3] == ["created=981173106", 'keyid="station-01"', 'alg="ed25519"']
    assert parameters[4] == 'tag="banqian-sync/1"'
    assert parameters[3].startswith("nonce=")
    again = signed_headers("POST", URL, b"body", identity, CREATED)
    assert again["Signature-Input"] != headers["Signature-Input"], "a nonce is used once"


def test_every_part_is_covered(identity: Identity, tmp_path: Path) -> None:
    headers = signed_headers("POST", URL, b"body", identity, CREATED)
    for changed in ({"method": "PUT"}, {"url": URL + "x"}, {"station": "station-02"}):
        with pytest.raises(SignatureError):
            check(identity, headers, b"body", **changed)
    with pytest.raises(ContentDigestError):
        check(identity, headers, b"another body")
    (tmp_path / "other").mkdir()
    with pytest.raises(SignatureError):
        check(open_identity(tmp_path / "other", "station-01"), headers)


def test_a_sender_may_not_choose_what_to_cover(identity: Identity) -> None:
    """The library signs what it is told; the county must insist on all three, in this order, with
    this tag.
    """
    from http_message_signatures import HTTPMessageSigner, MappingKeyResolver
    from http_message_signatures.algorithms import ED25519

    keys = MappingKeyResolver(public_keys={}, private_keys={"station-01": identity.private_key})
    signer = HTTPMessageSigner(signature_algorithm=ED25519, key_resolver=keys)

    def signed(covered: tuple[str, ...], tag: str = "banqian-sync/1") -> dict[str, str]:
        request = Request("POST", URL, {})
        signer.sign(
            request,
            key_id="station-01",
            created=CREATED,
            tag=tag,
            covered_component_ids=covered,
            body=b"body",
        )
        return request.headers

    everything = ("@method", "@target-uri", "content-digest")
    assert check(identity, signed(everything)) == CREATED
    for fewer in (("@method",), ("@target-uri",), everything[::-1], (*everything, "@authority")):
        with pytest.raises(SignatureError):
            check(identity, signed(fewer))
    with pytest.raises(SignatureError):
        check(identity, signed(everything, tag="another protocol"))
