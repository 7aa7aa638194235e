"""New content whose sentences cannot all be spoken: tried again, less and less often, and never for
ever.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from devices import DeviceOfflineError
from devices.supervised import Offline, Online, State
from devices.voice import Progress, unwatched
from kiosk.commands.protocol import Recorded
from kiosk.processes.station import renew_content
from kiosk.records.content.commands import ContentState, PublishPack
from kiosk.records.station.commands import AskHealth, Health
from tests.fakes.packs import SPOT_DIGEST, a_copy, a_shipped_door, with_call
from tests.fakes.running import Running, a_running_station
from tests.fakes.waiting import until
from ui.texts import load_texts

TEXTS = load_texts(Path("config/texts/zh.toml"))
NEW_CALL = "防护罩关好，确认！"


class Hoarse:
    """A voice that cannot speak one sentence, until it is `cured`; `state` says whether it is there
    at all.
    """

    def __init__(self, state: State) -> None:
        self.state = state
        self.cured = False

    def render(self, texts: Iterable[str], progress: Progress = unwatched) -> None:
        wanted = list(texts)
        progress(len(wanted) - 1, len(wanted))
        if NEW_CALL in wanted and not self.cured:
            raise DeviceOfflineError(f"无法读出“{NEW_CALL}”")
        progress(len(wanted), len(wanted))

    def clip(self, _text: str) -> None:
        return None

    def close(self) -> None: ...


def renewed(running: Running, voice: Hoarse, after: Callable[[list[float]], bool]) -> list[float]:
    """Publish, and run the station's reload; return the pauses it made.

    `after` says whether to go on after this many.
    """
    station = running.station
    station.devices.voice.close()
    station.devices.voice = voice  # type: ignore[assignment]
    manuscript = with_call(a_copy(station.door.packs[0]), NEW_CALL)
    assert isinstance(
        station.command(PublishPack("S001", manuscript, {"spot.svg": SPOT_DIGEST})), Recorded
    )
    pauses: list[float] = []

    def paused(wait_s: float) -> bool:
        pauses.append(wait_s)
        return after(pauses)

    renew_content(station, TEXTS, paused)
    return pauses


def content(running: Running) -> ContentState:
    health = running.station.command(AskHealth())
    assert isinstance(health, Health)
    return health.content


def test_a_sentence_that_a_working_voice_cannot_speak_does_not_keep_the_rest_from_the_door(
    tmp_path: Path,
) -> None:
    (tmp_path / "shipped").mkdir()
    with a_running_station(tmp_path / "data", a_shipped_door(tmp_path / "shipped")) as running:
        pauses = renewed(running, Hoarse(Online(0.0)), lambda _pauses: True)
        assert pauses == [0, 5, 10]
        until(lambda: running.station.door.posts["press"].drill.steps[0].call == NEW_CALL)
        state = content(running)
        assert state.coming == {}
        assert state.held_up == ""
        assert NEW_CALL in state.unheard


def test_while_the_voice_is_away_the_old_content_stays_and_the_pauses_grow(tmp_path: Path) -> None:
    (tmp_path / "shipped").mkdir()
    door = a_shipped_door(tmp_path / "shipped")
    with a_running_station(tmp_path / "data", door) as running:
        voice = Hoarse(Offline("没有 espeak-ng", 0.0))
        pauses = renewed(running, voice, lambda pauses: len(pauses) < 12)
        assert pauses[:4] == [0, 5, 10, 20]
        assert pauses[-1] == 600
        state = content(running)
        assert state.coming == {"own-1": "1.0"}
        assert NEW_CALL in state.held_up
        assert running.station.door.posts["press"] == door.posts["press"]
        voice.cured = True
        renew_content(running.station, TEXTS, lambda _wait_s: True)
        until(lambda: content(running).in_use == {"own-1": "1.0", "sample": "1.0"})
        assert content(running).held_up == ""
