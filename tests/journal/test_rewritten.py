"""`kiosk verify` finds a journal that was rewritten with every hash right, by those who saw the old
one.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

import pytest
from msgspec.structs import replace

from kiosk.cli.verify import verify_data, witnesses
from kiosk.journal.blobs import PHOTOS, Photos
from kiosk.journal.database import DATABASE
from kiosk.journal.entries import Entry, digest, genesis
from kiosk.journal.log import Journal
from kiosk.journal.verify import Bad, Report, verify
from kiosk.records import facts as f
from sync.errors import ProgressError
from sync.identity import KEY_FILE, open_identity
from sync.progress import Progress
from sync.protocol import Held
from tests.fakes.facts import PHOTO, STATION, THUMBNAIL, passed_check, still

COUNTY = "https://county.example"


def report_of(data: Path) -> Report:
    return verify(data, STATION, witnesses=witnesses(STATION, data))


def bad_of(data: Path) -> Bad | None:
    return report_of(data).bad


@pytest.fixture
def signed(tmp_path: Path) -> Path:
    """A data folder with a check, a head that the station signed, and a check after it."""
    photos = Photos.open(tmp_path / PHOTOS)
    for data in (PHOTO, THUMBNAIL):
        photos.store(data)
    with Journal.open(tmp_path, STATION, still) as journal:
        journal.append([f.StationStarted("0.1.0"), *passed_check("check-1")])
        sign(journal, tmp_path)
        journal.append(list(passed_check("check-2")))
    return tmp_path


def sign(journal: Journal, data: Path) -> None:
    identity = open_identity(data, STATION)
    journal.append([identity.sign_head(journal.head.seq, journal.head.hash)])


def confirm(data: Path, seq: int) -> None:
    """Confirm as the county what it was sent."""
    with closing(sqlite3.connect(data / DATABASE)) as connection:
        (stored,) = connection.execute("SELECT hash FROM entry WHERE seq = ?", (seq,)).fetchone()
    with Progress.open(data, COUNTY) as progress:
        progress.confirmed(Held(seq, stored), now_s=100.0)


def entries_of(data: Path) -> list[Entry]:
    with Journal.open(data, STATION, still) as journal:
        return journal.entries(limit=1000)


def rewrite(data: Path, entries: Iterable[Entry]) -> None:
    """Put these entries in the place of all, with every number, hash and table made right."""
    with closing(sqlite3.connect(data / DATABASE, isolation_level=None)) as connection:
        triggers = connection.execute(
            "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'"
        ).fetchall()
        for name, _ in triggers:
            connection.execute(f"DROP TRIGGER {name}")
        connection.execute("DELETE FROM entry")
        prev = genesis(STATION)
        for seq, entry in enumerate(entries, start=1):
            unhashed = replace(entry, seq=seq, prev=prev)
            sealed = replace(unhashed, hash=digest(unhashed))
            row = [getattr(sealed, name) for name in Entry.__struct_fields__]
            connection.execute(f"INSERT INTO entry VALUES ({', '.join('?' * len(row))})", row)
            prev = sealed.hash
        for _, sql in triggers:
            connection.execute(sql)
    with Journal.open(data, STATION, still) as journal:
        journal.rebuild()


def forged(entries: Iterable[Entry], seq: int) -> list[Entry]:
    """Return the entries with another worker in that one."""
    return [
        replace(entry, body=entry.body.replace('"1001"', '"1002"')) if entry.seq == seq else entry
        for entry in entries
    ]


def test_a_signed_and_confirmed_journal_is_fine(
    signed: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    confirm(signed, 30)
    report = report_of(signed)
    head = next(entry for entry in entries_of(signed) if entry.kind == "head.signed")
    assert (report.bad, report.signed, report.confirmed) == (None, head.seq - 1, 30)
    assert verify_data(STATION, signed) == 0
    assert f"站点签名到第 {head.seq - 1} 条，县级系统确认到第 30 条" in capsys.readouterr().out


def test_what_was_rewritten_before_a_signed_head_is_found(signed: Path) -> None:
    entries = entries_of(signed)
    head = next(entry for entry in entries if entry.kind == "head.signed")
    rewrite(signed, forged(entries, 2))
    assert bad_of(signed) == Bad(
        head.seq, f"signs entry {head.seq - 1} as it is not: what lies before was rewritten"
    )


@pytest.mark.parametrize("signer", ["another key", "no key"])
def test_a_rewritten_head_that_another_key_signed_is_found(
    signed: Path, tmp_path_factory: pytest.TempPathFactory, signer: str
) -> None:
    entries = entries_of(signed)
    at = next(entry.seq for entry in entries if entry.kind == "head.signed")
    rewrite(signed, forged(entries, 2)[: at - 1])
    with Journal.open(signed, STATION, still) as journal:
        sign(journal, tmp_path_factory.mktemp("attacker"))
    if signer == "no key":
        (signed / KEY_FILE).unlink()
    assert bad_of(signed) == Bad(at, f"signs entry {at - 1}, but not with this station's key")
    assert (signed / KEY_FILE).exists() == (signer == "another key")


def test_a_head_that_names_the_future_is_found(signed: Path) -> None:
    identity = open_identity(signed, STATION)
    with Journal.open(signed, STATION, still) as journal:
        (entry,) = journal.append([identity.sign_head(journal.head.seq + 1, journal.head.hash)])
    bad = bad_of(signed)
    assert bad is not None
    assert bad.seq == entry.seq


def test_what_was_rewritten_after_the_signed_head_is_found_by_the_receipt(signed: Path) -> None:
    entries = entries_of(signed)
    at = next(entry.seq for entry in entries if entry.kind == "head.signed")
    confirm(signed, at + 3)
    rewrite(signed, forged(entries, at + 1))
    bad = bad_of(signed)
    assert bad is not None
    assert (bad.seq, "is not the one that the county confirmed" in bad.why) == (at + 3, True)


def test_confirmed_entries_that_were_cut_off_are_found(signed: Path) -> None:
    entries = entries_of(signed)
    confirm(signed, len(entries))
    rewrite(signed, entries[:-2])
    assert bad_of(signed) == Bad(len(entries), "was confirmed by the county and is missing")


def test_a_station_that_never_signed_or_synced_is_fine(recorded: Path) -> None:
    with Journal.open(recorded, STATION, still) as journal:
        entries = journal.entries()
    rewrite(recorded, (entry for entry in entries if entry.kind != "head.signed"))
    assert bad_of(recorded) is None
    made = {path.name for path in recorded.iterdir()}
    assert made.isdisjoint({KEY_FILE, "sync.db", "sync.lock"})


def test_receipts_that_cannot_be_read_are_named(signed: Path) -> None:
    confirm(signed, 3)
    (signed / "sync.db").write_bytes(b"no database" * 100)
    with pytest.raises(ProgressError, match=r"sync\.db 读不出"):
        report_of(signed)


def test_verifying_goes_on_beside_a_running_sync(signed: Path) -> None:
    confirm(signed, 3)
    with Progress.open(signed, COUNTY):
        assert report_of(signed).confirmed == 3
