"""What a hostile or broken county says reaches people as bounded, plain text: on the terminal, in
sync.db, in the doctor's table.
"""

from __future__ import annotations

import time
from pathlib import Path

import msgspec
import pytest

from kiosk.cli import doctor
from kiosk.journal.log import Journal
from kiosk.paths import Place
from kiosk.processes.sync import sync_now
from kiosk.records import facts as f
from kiosk.settings import Settings
from sync.identity import open_identity
from sync.outcomes import End
from sync.progress import read_standing
from sync.protocol import Held, Problem, State, Wanted
from tests.fakes.facts import still
from tests.fakes.impostor import Impostor
from tests.fakes.running import settings
from tests.fakes.source import FakeSource
from tests.sync.stage import STATION, Station

SEEN = r"坏了 [/x] [link=http://evil]点[/link] \x1b]8;;x\x1b\ \u202e \n完成"
SAYS = {
    "markup": ("坏了 [/x] [link=http://evil]点[/link] \x1b]8;;x\x1b\\ \u202e \n完成", SEEN),
    "length": ("长" * 300_000, "长" * 200 + "长"),
}
QUICK_S = 5.0


def at(port: int) -> Settings:
    return settings(
        county={"url": f"http://127.0.0.1:{port}", "timeout_s": 5.0},
        station={"id": STATION, "name": "东门 [/y]\x1b[2J", "enterprise": "示例厂"},
    )


@pytest.fixture
def data(tmp_path: Path) -> Path:
    with Journal.open(tmp_path, STATION, still) as journal:
        journal.append([f.StationStarted("0.1.0")])
    open_identity(tmp_path, STATION)
    return tmp_path


@pytest.mark.parametrize("status", [403, 422, 503])
@pytest.mark.parametrize(("says", "seen"), SAYS.values(), ids=SAYS)
def test_a_refusal_is_printed_and_kept_as_one_plain_line(
    data: Path, capsys: pytest.CaptureFixture[str], status: int, says: str, seen: str
) -> None:
    body = msgspec.json.encode(Problem("malformed", says))
    began_s = time.process_time()
    with Impostor(status, body) as county:
        assert sync_now(at(county.port), Place(Path("config"), data), window_s=0) in (1, 75)
        kept = read_standing(data, f"http://127.0.0.1:{county.port}").trouble
    assert time.process_time() - began_s < QUICK_S
    told = capsys.readouterr().err
    assert seen in told
    assert seen in kept
    assert len(kept) < 500
    assert "\x1b]" not in told
    assert "\u202e" not in told


@pytest.mark.parametrize("field", ["name", "alarm", "received_at", "station"])
@pytest.mark.parametrize(("says", "seen"), SAYS.values(), ids=SAYS)
def test_a_state_is_a_line_in_the_doctors_table(
    data: Path, capsys: pytest.CaptureFixture[str], field: str, says: str, seen: str
) -> None:
    state = State(STATION, "东门", Held(1, "ab" * 32), "", 0, 0, "", "报警")
    body = msgspec.json.encode(msgspec.structs.replace(state, **{field: says}))
    began_s = time.process_time()
    with Impostor(200, body) as county:
        doctor.examine(at(county.port), Place(Path("config"), data))
    assert time.process_time() - began_s < QUICK_S
    told = capsys.readouterr().out
    table = "".join(told.split())
    assert r"东门[/y]\x1b[2J" in table, "the station's own name is text, too"
    assert "\x1b" not in told
    assert "\u202e" not in told
    if field == "alarm":
        assert "[/x]" in table or "长长长" in table


def test_a_county_that_wants_photos_for_ever(station: Station, source: FakeSource) -> None:
    source.check()
    digests = tuple(f"{number:064x}" for number in range(1, 500))
    county = msgspec.json.encode(Held(*source.head(), 5))
    body = county[:-1] + b"," + msgspec.json.encode(Wanted(digests))[1:]
    with Impostor(200, body) as impostor:
        outcome = station.drain(impostor.port)
    assert (outcome.end, outcome.photo_troubles) == (End.TRY_AGAIN, ())
    assert "前后不一" in outcome.why


def test_a_digest_with_a_break_behind_it_is_none(station: Station, source: FakeSource) -> None:
    held = msgspec.json.encode({"seq": 0, "hash": "ab" * 32 + "\n"})
    with Impostor(200, held) as impostor:
        assert "不是县级系统发来的" in station.drain(impostor.port).why
