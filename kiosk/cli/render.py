"""`kiosk render`: rendering all speech ahead, with a bar; interrupted, the next run (or the
station) goes on where it was.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from rich.console import Console
from rich.progress import Progress

import devices
from devices import DeviceOfflineError
from devices.voice import Readings, Voice
from kiosk.journal.errors import MissingJournalError
from kiosk.model.people import Worker
from kiosk.paths import Place
from kiosk.processes.content_in_use import load_door
from kiosk.processes.progress import speech_bar
from kiosk.processes.telling import tell
from kiosk.records.reader import Reading
from kiosk.settings import Settings
from kiosk.station.render_plan import chapters
from ui.texts import load_texts
from ui.touch.screens import every_sentence


def render_all(settings: Settings, place: Place) -> int:
    """Render every sentence of the door's content and words; return the exit status."""
    voice = cast(Voice, devices.open("voice", place.located(settings.voice)))
    try:
        with speech_bar(Console()) as bar:
            voice.reread(_readings(place))
            _render(voice, _sentences(settings, place), bar)
    except DeviceOfflineError as error:
        tell(f"没有合成完：{error}")
        return 1
    except KeyboardInterrupt:
        tell("已中断。合成好的都已保存，再运行一次会接着做")
        return 130
    finally:
        voice.close()
    return 0


def _render(voice: Voice, sentences: Sequence[str], bar: Progress) -> None:
    task = bar.add_task("", total=len(sentences))
    voice.render(sentences, lambda ready, wanted: bar.update(task, completed=ready, total=wanted))


def _sentences(settings: Settings, place: Place) -> tuple[str, ...]:
    texts = load_texts(place.config / settings.content.texts)
    planned = chapters(
        load_door(settings, place), _people(place), lambda door: every_sentence(door, texts)
    )
    return tuple(sentence for chapter in planned for sentence in chapter.sentences)


def _readings(place: Place) -> Readings:
    """Return the factory's own readings of words."""
    try:
        with Reading.open(place.data) as reading:
            return {row.word: row.sounds for row in reading.readings()}
    except MissingJournalError:
        return {}


def _people(place: Place) -> Sequence[Worker]:
    """Return the people of a journal; there is none before the station's first start."""
    try:
        with Reading.open(place.data) as reading:
            return tuple(reading.workers().values())
    except MissingJournalError:
        return ()
