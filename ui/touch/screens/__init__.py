"""What is shown and said, as a pure function of the station's snapshot; so it can never disagree
with what is recorded.
"""

from __future__ import annotations

from msgspec.structs import replace

from kiosk.flow import proposal_stages as p
from kiosk.flow import stages as s
from kiosk.flow.door import Door
from kiosk.station.snapshot import Snapshot
from ui.texts import Texts
from ui.touch.screens import (
    arriving,
    aside,
    choosing,
    closing,
    confirming,
    crew,
    drill,
    emergency,
    notices,
    permit,
    proposing,
    reasons,
)
from ui.touch.screens.picture import Screen
from ui.touch.screens.surrounding import frame

__all__ = ["Screen", "every_sentence", "screen"]


def screen(snapshot: Snapshot, door: Door, texts: Texts) -> Screen:
    """Draw the screen of a snapshot."""
    state = snapshot.state
    if isinstance(state.side, s.EmergencyShown):  # nothing lies over an emergency card
        shown = emergency.emergency(state.side, snapshot, door, texts)
    else:
        under = (
            aside.aside(state.side, snapshot, door, texts)
            if state.side
            else _staged(snapshot, door, texts)
        )
        shown = notices.noticed(under, state, door, texts)
    return replace(shown, frame=frame(snapshot, door, texts), cue=shown.cue or shown.scene)


def _staged(snapshot: Snapshot, door: Door, texts: Texts) -> Screen:
    match snapshot.state.stage:
        case s.Waiting():
            return arriving.waiting(snapshot, door, texts)
        case s.Refused() as stage:
            return arriving.refused(stage, snapshot, door, texts)
        case s.Enrolling() as stage:
            return arriving.enrolling(stage, snapshot, door, texts)
        case s.Enrolled() as stage:
            return arriving.enrolled(stage, snapshot, texts)
        case s.OnRecord() as stage:
            return arriving.on_record(stage, snapshot, door, texts)
        case s.NotAsked() as stage:
            return arriving.not_asked(stage, snapshot, door, texts)
        case s.ChoosingPost() as stage:
            return choosing.choosing_post(stage, snapshot, door, texts)
        case s.ChoosingWorks() as stage:
            return choosing.choosing_works(stage, snapshot, door, texts)
        case s.ShowingPermit() as stage:
            return permit.showing_permit(stage, snapshot, door, texts)
        case s.RefusedWork() as stage:
            return permit.refused_work(stage, snapshot, door, texts)
        case s.Asking() as stage:
            return choosing.asking(stage, snapshot, door, texts)
        case s.Calling() as stage:
            return drill.calling(stage, snapshot, door, texts)
        case s.Called() as stage:
            return drill.called(stage, snapshot, door, texts)
        case s.Listening() | s.Counting() | s.Taking() | s.Answering() as stage:
            return confirming.confirming(stage, snapshot, door, texts)
        case s.Reasoning() as stage:
            return confirming.reasoning(stage, snapshot, door, texts)
        case s.Signing() as stage:
            return closing.signing(stage, snapshot, door, texts)
        case s.Closed() as stage:
            return closing.closed(stage, snapshot, door, texts)
        case s.Releasing() as stage:
            return closing.releasing(stage, snapshot, door, texts)
        case s.Released() as stage:
            return closing.released(stage, snapshot, door, texts)
        case (
            p.Naming()
            | p.Proposing()
            | p.Posing()
            | p.TakingScene()
            | p.Telling()
            | p.Proposed()
            | p.Dropped() as stage
        ):
            return proposing.of_proposal(stage, snapshot, door, texts)
        case _ as of_crew:
            return crew.of_crew(of_crew, snapshot, door, texts)


def every_sentence(door: Door, texts: Texts) -> tuple[str, ...]:
    """Return every sentence that any screen of this door can speak, each once: what has to be
    rendered ahead.
    """
    sources = (
        arriving.sentences(door, texts),
        choosing.sentences(door, texts),
        permit.sentences(door, texts),
        drill.sentences(door, texts),
        confirming.sentences(door, texts),
        reasons.sentences(door, texts),
        closing.sentences(door, texts),
        crew.sentences(texts),
        aside.sentences(door, texts),
        emergency.sentences(door, texts),
        notices.sentences(texts),
        proposing.sentences(door, texts),
    )
    return tuple(dict.fromkeys(sentence for source in sources for sentence in source))
