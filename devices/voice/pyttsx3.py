"""Speech by pyttsx3 and espeak-ng, with the pinyin voice.

Neither is ever loaded into this process.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from importlib.metadata import version
from pathlib import Path
from typing import Annotated

import msgspec

from devices import DeviceOfflineError
from devices.supervised import BackOff, Link, State, Supervised, Watcher
from devices.voice import Clip, Progress, Readings, Said, Sounded, Voice, unwatched
from devices.voice.cache import Cache, key, silence, wav
from devices.voice.children import Children
from devices.voice.synthesis import Manner, Spoken, sounds_of, speak, speak_all, try_out
from devices.voice.text import VERSION, joined, normalise
from devices.voice.words import occurring, readings

BACK_OFF = BackOff(first_s=1, most_s=60)  # what is missing is a package or a setting: no hurry

_PATIENCE = 3
"""This many sentences in a row that cannot be spoken mean that the engine is away."""
_NO_WORD = DeviceOfflineError("没有可以读出的文字")


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """How it speaks. `rate` is in words a minute: 170 gives 3.3 characters a second.

    `lead_in_s` is the silence before each sentence, while an HDMI screen wakes its loudspeaker.
    `dictionary` holds the site's own readings, such as `{"乙炔": ["yi3", "que1"]}`.
    """

    cache_dir: str
    voice: str = "sit/cmn-latn-pinyin"  # `cmn` and `zh` speak English letters on Debian 12
    rate: Annotated[int, msgspec.Meta(ge=80, le=450)] = 170
    volume: Annotated[float, msgspec.Meta(ge=0, le=1)] = 1.0  # above 1 it clips
    lead_in_s: Annotated[float, msgspec.Meta(ge=0, le=5)] = 0.5
    timeout_s: Annotated[float, msgspec.Meta(gt=0, le=120)] = 15.0
    dictionary: dict[str, list[str]] = {}


class Pyttsx3Voice:
    """Renders in a child process; a thread tries the engine out until it works."""

    def __init__(self, settings: Settings, watch: Watcher | None) -> None:
        self._settings = settings
        self._manner = Manner(settings.voice, settings.rate, settings.volume, settings.timeout_s)
        self._site: Readings = {}
        self._readings = self._joined({})
        self._cache = Cache(Path(settings.cache_dir))
        self._engine = self._cache.engine
        self._tried = False
        self._trying = threading.Lock()
        self._doubt = threading.Event()
        self._rendering = threading.Lock()
        self._children = Children()
        self._supervised = Supervised("voice", self._session, BACK_OFF, watch, self._wake)

    @property
    def state(self) -> State:
        """Return whether sentences can be rendered."""
        return self._supervised.state

    def clip(self, text: str) -> Clip | None:
        """Return the rendered clip; also while the engine is missing, from what an earlier run
        rendered.
        """
        return self._cache.find(self._key(normalise(text))) if self._engine else None

    def render(self, texts: Iterable[str], progress: Progress = unwatched) -> None:
        """Render what is missing. Raise DeviceOfflineError."""
        wanted = {normalise(text): text for text in texts}
        with self._rendering:
            self._render(wanted, progress)

    def say(self, text: str, trying: Readings) -> Said:
        """Speak a sentence now.

        Raise DeviceOfflineError, and SettingsError for an invalid reading.
        """
        site = {**self._site, **trying}
        (sounds,) = self._sounds([text], self._joined(site))
        if not sounds:
            raise _unreadable(text, _NO_WORD)
        try:
            spoken = speak(self._children, joined(sounds), self._manner)
        except DeviceOfflineError as error:
            raise _unreadable(text, error) from error
        return Said(wav(silence(self._settings.lead_in_s) + spoken.pcm), sounds)

    def reread(self, site: Readings) -> None:
        """Take other readings of the site's words. Raise SettingsError."""
        self._readings = self._joined(site)
        self._site = dict(site)

    def forget(self, texts: Iterable[str], unneeded_for_s: float) -> None:
        """Delete the clips that none of these sentences needs any more.

        Raise DeviceOfflineError.
        """
        if self._engine:  # without it nobody knows which clips are whose
            self._cache.forget({self._key(normalise(text)) for text in texts}, unneeded_for_s)

    def close(self) -> None:
        """Kill the children and end the thread."""
        self._supervised.close()

    def _render(self, wanted: Mapping[str, str], progress: Progress) -> None:
        missing = self._missing(wanted)
        if missing:
            self._try_out()
            missing = self._missing(wanted)  # another version of the engine makes other clips
        ready = len(wanted) - len(missing)
        progress(ready, len(wanted))
        faults: list[DeviceOfflineError] = []
        for outcome in self._rendered(missing, wanted):
            if outcome is None:
                ready += 1
                progress(ready, len(wanted))
            else:
                faults.append(outcome)
        if faults:
            self._tried = False
            self._doubt.set()
            raise faults[0]

    def _session(self, link: Link) -> None:
        while not link.stopping:
            self._doubt.clear()
            self._try_out()
            link.online(f"{self._settings.voice}，{self._engine}")
            if not link.stopping:
                self._doubt.wait()

    def _joined(self, site: Readings) -> dict[str, list[str]]:
        return readings({**self._settings.dictionary, **site})

    def _wake(self) -> None:
        self._children.close()
        self._doubt.set()

    def _try_out(self) -> None:
        with self._trying:
            if not self._tried:
                spoken_by = try_out(self._children, self._manner)
                self._engine = f"espeak-ng {spoken_by}, pypinyin {version('pypinyin')}"
                self._cache.remember_engine(self._engine)
                self._tried = True

    def _missing(self, texts: Iterable[str]) -> list[str]:
        return [text for text in texts if self.clip(text) is None]

    def _sounds(self, texts: list[str], readings: Readings) -> list[tuple[Sounded, ...]]:
        return sounds_of(self._children, texts, readings, self._settings.timeout_s) if texts else []

    def _rendered(
        self, texts: list[str], written: Mapping[str, str]
    ) -> Iterator[DeviceOfflineError | None]:
        """Render one sentence after another; what cannot be read is reported and passed over, but
        not for ever.
        """
        in_a_row = 0
        sounds = [joined(said) for said in self._sounds(texts, self._readings)]
        yield from (
            _unreadable(written[text], _NO_WORD)
            for text, said in zip(texts, sounds, strict=True)
            if not said
        )
        readable = [(text, said) for text, said in zip(texts, sounds, strict=True) if said]
        with closing(
            speak_all(self._children, [said for _, said in readable], self._manner)
        ) as outcomes:
            for (text, _), outcome in zip(readable, outcomes, strict=True):
                if isinstance(outcome, Spoken):
                    in_a_row = 0
                    pcm = silence(self._settings.lead_in_s) + outcome.pcm
                    self._cache.fill(self._key(text), pcm)
                    yield None
                else:
                    in_a_row += 1
                    yield _unreadable(written[text], outcome)
                if in_a_row == _PATIENCE:
                    return

    def _key(self, text: str) -> str:
        made_by = (self._engine, VERSION, occurring(text, self._readings))
        manner = (
            self._settings.voice,
            self._settings.rate,
            self._settings.volume,
            self._settings.lead_in_s,
        )
        return key(text, *made_by, *manner)


def _unreadable(written: str, why: DeviceOfflineError) -> DeviceOfflineError:
    return DeviceOfflineError(f"无法读出“{written}”：{why}")


def open(settings: Settings, watch: Watcher | None = None) -> Voice:
    """Start trying the engine out. Raise SettingsError for a word whose reading is no pinyin."""
    return Pyttsx3Voice(settings, watch)
