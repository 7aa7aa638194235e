"""What stands around every screen: devices, progress, and what is wrong with the station itself."""

from __future__ import annotations

from devices.reasons import DISABLED
from devices.supervised import Offline
from devices.supervised import State as DeviceState
from kiosk.flow import stages as s
from kiosk.flow.crew_signing import signer
from kiosk.flow.crew_stages import Gathering, SigningMember
from kiosk.flow.door import Door
from kiosk.flow.state import State
from kiosk.model.content import Part
from kiosk.station.snapshot import Snapshot
from ui.texts import Texts
from ui.touch.screens.picture import Dot, Frame, Lamp, Progress

_QUIET = ("card_reader", "camera", "lights")
"""These three have their dot always; the others show only when they fail."""


def frame(snapshot: Snapshot, door: Door, texts: Texts) -> Frame:
    """Draw the frame of a snapshot."""
    state = snapshot.state
    preparing = snapshot.preparing
    return Frame(
        lamps=tuple(
            Lamp(kind, texts.say(f"offline.{kind}") if _fails(device) else "")
            for kind, device in snapshot.devices.items()
            if kind in _QUIET or _fails(device)
        ),
        progress=Progress(_dots(state, door), _who(state, texts)),
        abnormal=state.check is not None and state.check.outcome is None,
        trouble=snapshot.trouble,
        clock_ok=snapshot.clock_ok,
        content_trouble=texts.say("frame.old_content") if snapshot.content_trouble else "",
        level=_level(state, door, texts),
        stale=texts.say("frame.stale") if is_stale(state, door) else "",
        preparing=texts.say("frame.preparing", done=preparing[0], total=preparing[1])
        if preparing
        else "",
    )


def _level(state: State, door: Door, texts: Texts) -> str:
    drilling = isinstance(state.stage, s.Calling | s.Called) and door.drill.levels
    return texts.say(f"level.{state.check.level}") if drilling and state.check else ""


def is_stale(state: State, door: Door) -> bool:
    """Return whether the content of the check at hand is past its review date."""
    check = state.check
    if check is None or check.outcome is not None or check.post not in door.posts:
        return False
    return state.today is not None and door.pack_of(check.post).stale(state.today)


def _who(state: State, texts: Texts) -> str:
    crew = state.check.crew if state.check else None
    if crew is not None and isinstance(state.stage, SigningMember):
        return state.people[signer(crew, state.stage).worker].name
    if crew is not None:
        return texts.say("crew.who", crew=crew.title, count=len(crew.members))
    return state.worker.name if state.worker else ""


def _fails(device: DeviceState) -> bool:
    """Return whether a device is broken; one that was switched off on purpose is not."""
    return isinstance(device, Offline) and device.reason != DISABLED


def _dots(state: State, door: Door) -> tuple[Dot, ...]:
    check = state.check
    gathers = isinstance(state.stage, Gathering)
    if check is None or not check.post or check.outcome is not None or gathers:
        return ()
    steps = door.steps(check.post, check.works or ())
    done = (
        ("ask", check.knows),
        *(("step", due.id in check.steps) for due in steps),
        *(("part", part in check.confirmed) for part in Part),
    )
    now = next((index for index, (_, is_done) in enumerate(done) if not is_done), len(done))
    return tuple(
        Dot(kind, "done" if is_done else "now" if index == now else "todo")
        for index, (kind, is_done) in enumerate(done)
    )
