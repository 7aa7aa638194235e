"""What the browser is sent for a snapshot: HTML to show and clips to play.

Built once a version, for the first who asks.
"""

from __future__ import annotations

import threading
from collections.abc import Callable

import msgspec

from devices.voice import Clip
from kiosk.station.snapshot import Snapshot, StationPort
from ui.texts import Texts
from ui.touch.screens import Screen, screen
from ui.touch.screens.picture import Utterance

_HANZI_S = 0.28
_LEAST_S = 0.8

Draw = Callable[[Screen, int], str]
"""Draws a screen of a turn as the kiosk's inner HTML."""


def silent_s(text: str) -> float:
    """Return the seconds for which a sentence without a clip is shown as the one being said."""
    return _LEAST_S + _HANZI_S * len(text)


class Spoken(msgspec.Struct, frozen=True, omit_defaults=True):
    """A sentence for the browser: without `url` it is shown for as long as it would take to say."""

    duration_s: float
    url: str = ""
    beat: str = ""
    line: int = -1


class Payload(msgspec.Struct, frozen=True):
    """One event of the stream, and the answer to a touch.

    `touch` tells a client without a browser where the door stands.
    """

    version: int
    turn: int
    template: str
    signal: str
    scene: str
    tone: str
    cue: str
    speech: tuple[Spoken, ...]
    html: str


class Payloads:
    """Makes payloads as JSON and remembers the last one, and every clip it has found.

    May be used from any thread.
    """

    def __init__(self, station: StationPort, texts: Texts, draw: Draw) -> None:
        self._station = station
        self._texts = texts
        self._draw = draw
        self._making = threading.Lock()
        self._last: tuple[Snapshot | None, bytes] = (None, b"")
        self._clips: dict[str, Clip] = {}

    def of(self, snapshot: Snapshot) -> bytes:
        """Return the payload of a snapshot."""
        known, made = self._last
        if known is snapshot:
            return made
        with self._making:
            known, made = self._last
            if known is not snapshot:
                made = msgspec.json.encode(self._make(snapshot))
                self._last = (snapshot, made)
        return made

    def _make(self, snapshot: Snapshot) -> Payload:
        shown = screen(snapshot, self._station.door, self._texts)
        return Payload(
            version=snapshot.version,
            turn=snapshot.state.turn,
            template=shown.template,
            signal=shown.signal,
            scene=shown.scene,
            tone=shown.tone,
            cue=shown.cue,
            speech=tuple(self._spoken(utterance) for utterance in shown.speech),
            html=self._draw(shown, snapshot.state.turn),
        )

    def _spoken(self, utterance: Utterance) -> Spoken:
        clip = self._clip(utterance.text)
        if clip is None:
            return Spoken(silent_s(utterance.text), "", utterance.beat, utterance.line)
        return Spoken(clip.duration_s, f"/voice/{clip.key}.wav", utterance.beat, utterance.line)

    def _clip(self, text: str) -> Clip | None:
        """Look for a clip on the disk only until it is found: it never changes."""
        if text not in self._clips and (found := self._station.clip(text)):
            self._clips[text] = found
        return self._clips.get(text)
