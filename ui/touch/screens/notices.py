"""One sentence about the last input, in the line of messages of the screen it belongs to."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from kiosk.flow.crew_gathering import TOLD
from kiosk.flow.door import Door
from kiosk.flow.state import NEWS, State
from kiosk.flow.touches import Back
from ui.texts import Texts
from ui.touch.screens.picture import Button, News, Screen, Timer, Utterance, spoken, touch
from ui.touch.screens.proposing import decided

SPOKEN = (
    *("misread", "work_refused", "missed", "touch_the_target", "retake_first", "sign_again"),
    *("number_first", "still_there", "crew_too_few", "crew_drawn"),
)
QUIET = ("too_soon", "busy", "preparing", "crew_twice", "crew_late")
"""Shown only: speaking would interrupt what is being read to the worker."""
AHEAD = NEWS
"""Said before what the screen says itself."""


def noticed(shown: Screen, state: State, door: Door, texts: Texts) -> Screen:
    """Put the notice of the state into a screen."""
    if state.warned:
        return _still_there(shown, state, door, texts)
    if not state.notice or state.notice == TOLD:  # whom that concerns, the crew's screen knows
        return shown
    cue = f"{state.notice}:{state.noticed_s}"
    if state.notice in AHEAD:
        return _ahead(shown, cue, state, door, texts)
    sentence = texts.say(f"notice.{state.notice}")
    quiet = replace(shown, notice=sentence, tone="missed", cue=cue)
    if state.notice in QUIET:
        return quiet
    return replace(quiet, scene=f"{shown.scene}#{cue}", speech=spoken(sentence))


def _ahead(shown: Screen, cue: str, state: State, door: Door, texts: Texts) -> Screen:
    """Return the news before what the screen says itself."""
    sentence, speech = decided(state.decided, door, texts) if state.decided else _dropped(texts)
    more = state.decided.reason if state.decided else ""
    return replace(
        shown,
        news=News(sentence, state.noticed_s + door.timings.news_s, more),
        scene=f"{shown.scene}#{cue}",
        speech=(*speech, *shown.speech),
        cue=cue,
    )


def _dropped(texts: Texts) -> tuple[str, tuple[Utterance, ...]]:
    sentence = texts.say("notice.proposal_dropped")
    return sentence, spoken(sentence)


def _still_there(shown: Screen, state: State, door: Door, texts: Texts) -> Screen:
    times = door.timings
    sentence = texts.say("notice.still_there")
    return replace(
        shown,
        scene=f"{shown.scene}##still_there",
        notice=sentence,
        asks=Button(texts.say("frame.still_here"), touch(Back()), "main", "stop"),
        timer=Timer(state.active_s + times.abandon_s, times.abandon_s - times.warn_s),
        speech=spoken(sentence),
        tone="missed",
    )


def sentences(texts: Texts) -> Iterator[str]:
    """Yield every notice that is spoken."""
    yield from (texts.say(f"notice.{key}") for key in (*SPOKEN, "proposal_dropped"))
