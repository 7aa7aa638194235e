"""What an enrolled station, or anybody at the pages, can send to break the county: numbers, bytes
and nesting without measure.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime

import httpx2
import msgspec
import pytest

from kiosk.journal.entries import Entry, digest
from sync.county.server import CountyServer
from sync.identity import Identity
from sync.protocol import Batch, Problem
from sync.signing import signed_headers
from tests.fakes.source import FakeSource
from tests.sync.stage import PASSWORD, STATION, Station, raw

ENTRIES = f"/v1/stations/{STATION}/entries"
HUGE = "1" + "0" * 30
DEEP = "[" * 100_000 + "]" * 100_000


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        (b"id-1", b"\xff\xfe", "utf-8"),
        (b'"seq":1,', f'"seq":{HUGE},'.encode(), "seq"),
        (b'"seq":1,', f'"seq":-{HUGE},'.encode(), "seq"),
        (b'"seq":1,', b'"seq":0,', "seq"),
        (b'"seq":1,', f'"seq":{"9" * 5000},'.encode(), "seq"),
        (b'"seq":1,', f'"x":{DEEP},"seq":1,'.encode(), "嵌套太深"),
    ],
    ids=["not UTF-8", "huge", "hugely negative", "zero", "endless", "deep"],
)
def test_a_batch_without_measure_is_refused_in_a_sentence(
    county: CountyServer, identity: Identity, source: FakeSource, old: bytes, new: bytes, why: str
) -> None:
    source.check()
    body = msgspec.json.encode(Batch(tuple(source.journal[:1]))).replace(old, new, 1)
    answer = raw(county, "POST", ENTRIES, body, identity)
    said = msgspec.json.decode(answer.content, type=Problem)
    assert (answer.status_code, said.error) == (400, "malformed")
    assert why in said.say
    assert len(said.say) < 200
    assert county.store.held(STATION).seq == 0


def with_body(entry: Entry, body: str) -> Entry:
    """Return an entry that its station sealed over this body."""
    changed = msgspec.structs.replace(entry, body=body, hash="")
    return msgspec.structs.replace(changed, hash=digest(changed))


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        ("5400", f"5{HUGE[1:]}", "step-1"),
        ("5400", "5" + "0" * 400, "step-1"),
        ("5400", f'54,"x":{DEEP}', "日志里的 3 条记录"),
    ],
    ids=["large", "huge", "deep"],
)
def test_a_sealed_fact_without_measure_breaks_no_page(
    county: CountyServer, station: Station, source: FakeSource, old: str, new: str, shown: str
) -> None:
    check = source.check()
    last = source.journal[3]
    source.journal[3:] = [with_body(last, last.body.replace(old, new))]
    station.drain(county.port)
    assert county.store.held(STATION).seq == 4
    url = f"http://127.0.0.1:{county.port}/stations/{STATION}/checks/{check}"
    page = httpx2.get(url, auth=("", PASSWORD), trust_env=False, verify=False)
    assert page.status_code == 200
    assert shown in page.text


@pytest.mark.parametrize("before", [HUGE, f"-{HUGE}", "-1", "0", "9" * 5000, "x", ""])
def test_a_page_of_checks_before_any_number(
    county: CountyServer, station: Station, source: FakeSource, before: str
) -> None:
    source.check()
    station.drain(county.port)
    url = f"http://127.0.0.1:{county.port}/stations/{STATION}?before={before}"
    page = httpx2.get(url, auth=("", PASSWORD), trust_env=False, verify=False)
    assert page.status_code == 200
    assert ("w-zhang-san" in page.text) == (not before.startswith("-") and before != "0")


@pytest.mark.parametrize(
    "path", ["/stations/a%00b", f"/stations/{STATION}/checks/a%00b", "/stations/%ED%A0%80"]
)
def test_ids_that_no_database_can_look_for_are_not_there(county: CountyServer, path: str) -> None:
    page = httpx2.get(
        f"http://127.0.0.1:{county.port}{path}", auth=("", PASSWORD), trust_env=False, verify=False
    )
    assert (page.status_code, "没有这一页" in page.text) == (404, True)


def test_a_station_id_that_is_none_is_not_enrolled(
    county: CountyServer, identity: Identity
) -> None:
    for station in ("a%00b", "x" * 5000):
        answer = raw(county, "GET", f"/v1/stations/{station}/head", b"", identity)
        assert answer.status_code == 401
        assert msgspec.json.decode(answer.content, type=Problem).error == "unknown_station"


@pytest.mark.parametrize(
    "fields",
    [
        {"Signature-Input": "banqian=()", "Signature": "banqian=::"},
        {"Signature-Input": "banqian=5", "Signature": "banqian=5"},
        {"Signature-Input": "banqian=(1 2)", "Signature": "banqian=:AA==:"},
        {"Signature-Input": "((((", "Signature": "\u00ff"},
        {"created": "99999999999999"},
        {"created": "-99999999999999"},
        {"keyid": '"x"'},
    ],
    ids=str,
)
def test_a_signature_of_any_form_is_refused(
    county: CountyServer, identity: Identity, fields: dict[str, str]
) -> None:
    url = f"http://127.0.0.1:{county.port}/v1/stations/{STATION}/head"
    headers = signed_headers("GET", url, b"", identity, datetime.now(UTC))
    for name, value in fields.items():
        if name in headers:
            headers[name] = value
        else:
            headers["Signature-Input"] = re.sub(
                rf"{name}=[^;]+", f"{name}={value}", headers["Signature-Input"]
            )
    answer = httpx2.get(
        url,
        headers={key.encode(): value.encode("latin-1") for key, value in headers.items()},
        trust_env=False,
        verify=False,
    )
    assert (answer.status_code, msgspec.json.decode(answer.content, type=Problem).error) == (
        401,
        "bad_signature",
    )
