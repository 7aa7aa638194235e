"""The station: the one loop through which everything at the door goes.

Inputs come from devices, touches, commands and the clock, one at a time. Each is put to
`kiosk.flow.advance`; its facts are committed first, and only then does the new state hold, is the
lamp switched and the screen published. What cannot be committed did not happen: the state stays,
and the screen says why.
"""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from functools import partial
from pathlib import Path

from devices.buttons import ButtonPressed
from devices.card_reader import Card, CardSeen, FrameRejected
from devices.voice import Clip
from kiosk.commands.protocol import Command, Reply
from kiosk.flow import inputs as i
from kiosk.flow import touches as t
from kiosk.flow.advance import advance, due_s
from kiosk.flow.door import Door
from kiosk.flow.effects import AnyPhoto, Record
from kiosk.flow.stages import Enrolling
from kiosk.flow.state import State
from kiosk.journal.blobs import Photos
from kiosk.journal.errors import StorageError
from kiosk.journal.ids import uuid7
from kiosk.journal.log import Journal
from kiosk.records.checks.facts import CheckClosed, CheckReleased
from kiosk.records.facts import AnyFact
from kiosk.station.card_enrolment import Enrolment
from kiosk.station.card_lookup import Arrivals
from kiosk.station.content_reload import Renewal
from kiosk.station.devices import Devices
from kiosk.station.dispatcher import Obeying
from kiosk.station.health import StorageWatch
from kiosk.station.lamp import Lighting
from kiosk.station.photo_queue import Shooting
from kiosk.station.photographer import Photographer
from kiosk.station.render_plan import Speech
from kiosk.station.snapshot import Snapshot, Tally
from kiosk.station.snapshot_store import Showing
from kiosk.station.speech import Speaking
from kiosk.station.watchdog import Heart

_TICK_S = 1.0
"""The longest the loop sleeps: green has to be refreshed, and the day changes at midnight."""


class Station:
    """Runs the door. Its public methods may be called from any thread; `run` is the loop itself."""

    def __init__(
        self,
        name: str,
        door: Door,
        journal: Journal,
        photos: Photos,
        tally: Callable[[], Tally],
        clock_ok: Callable[[], bool],
        storage: StorageWatch,
        recount_s: float,
    ) -> None:
        self.name = name
        self.door = door
        self.heart = Heart()
        self._journal = journal
        self._photos = photos
        self._tally = tally
        self._recount_s = recount_s
        self._recount_due_s = 0.0
        self._clock_ok = clock_ok
        self._storage = storage
        self._inbox: queue.SimpleQueue[Callable[[], None]] = queue.SimpleQueue()
        self.stopping = threading.Event()
        """Ends `run`, within a tick if something else than `stop` sets it."""
        self.when_changed: Callable[[], None] = lambda: None
        """Called when people, words or content may have changed, and other sentences may be needed
        first.
        """
        self._lighting = Lighting()
        self.speech: Speech | None = None
        self._showing = Showing(Snapshot(0, State(), time.monotonic(), {}, tally()))

    def equip(
        self,
        devices: Devices,
        arrivals: Arrivals,
        photographer: Photographer,
        renewal: Renewal,
        obeying: Obeying,
        speaking: Speaking,
        enrolment: Enrolment,
    ) -> None:
        """Hand the station what it works with, before anybody asks."""
        self.devices = devices
        self._arrivals = arrivals
        self._shooting = Shooting(photographer, self._take)
        self.renewal = renewal
        self.speaking = speaking
        self._enrolment = enrolment
        self._obeying = obeying

    # What the touch screen sees (kiosk.snapshot.StationPort)

    def snapshot(self) -> Snapshot:
        """Return the present snapshot."""
        return self._showing.current

    def after(self, version: int, timeout_s: float) -> Snapshot | None:
        """Wait for a snapshot newer than `version`; None when there was none in time."""
        return self._showing.after(version, timeout_s)

    def touch(self, touch: t.AnyTouch, turn: int) -> Snapshot:
        """Hand in a touch and return the snapshot after it; when it asks for a photo, after the
        photo is recorded.
        """
        answered: Future[Snapshot] = Future()
        self._put(lambda at_s, id_: i.Touched(at_s, id_, touch, turn), answered)
        return answered.result(timeout=self.door.timings.photo_s + 20)

    def clip(self, text: str) -> Clip | None:
        """Return the rendered speech of a sentence, when there is one."""
        return self.speaking.clip(text)

    def preview(self) -> bytes | None:
        """Return what the camera sees now, as a small JPEG."""
        return self.devices.camera.preview()

    def photo(self, digest: str) -> Path | None:
        """Return the file of a photo or thumbnail by its digest."""
        return self._photos.path(digest)

    # What devices and commands hand in

    def card(self, event: CardSeen | FrameRejected) -> None:
        """Take what the card reader saw."""
        match event:
            case CardSeen(card):
                self._inbox.put(partial(self._presented, card))
            case FrameRejected():
                self._put(i.CardMisread)

    def button(self, event: ButtonPressed) -> None:
        """Take a press of a physical button."""
        self._put(lambda at_s, id_: i.Pressed(at_s, id_, event.name))

    def device_changed(self, _state: object = None) -> None:
        """Take note that a device came or went."""
        self._inbox.put(self._publish)

    def speech_prepared(self, speech: Speech | None) -> None:
        """Take note of how far the rendering of speech has come; no check begins before all of it
        can be heard.

        None: nothing can be rendered, and a broken voice is no reason to keep the door shut.
        """
        self.speech = speech
        self._inbox.put(self._publish)

    def command(self, command: Command) -> Reply:
        """Carry out a command and return the reply."""
        return self._obeying(command)

    def in_loop(self, carry_out: Callable[[], Reply]) -> Reply:
        """Carry something out between inputs, and return what came of it."""
        answered: Future[Reply] = Future()
        self._inbox.put(partial(self._obey, carry_out, answered))
        return answered.result(timeout=30)

    # The loop

    def begin(self, state: State) -> None:
        """Set the state to begin with: nobody here, or the check that was open when the power
        went.
        """
        self._showing.amend(state=state)

    def run(self) -> None:
        """Take inputs until `stop`.

        An error that is not an outcome ends the process: systemd starts it again.
        """
        self._publish()
        while not self.stopping.is_set():
            self.heart.beat()
            # Without it green goes out by itself: a stuck loop must not leave it lit.
            self.devices.lights.refresh()
            try:
                job = self._inbox.get(timeout=self._patience_s())
            except queue.Empty:
                self._time_passed()
            else:
                job()
            self._renew()

    def stop(self) -> None:
        """End `run` after the present input."""
        self.stopping.set()
        # Wakes the loop, which may be waiting for an input.
        self._inbox.put(lambda: None)

    def close(self) -> None:
        """Release everything; called once `run` has ended."""
        self._shooting.close()
        devices = self.devices
        # The lights first: the others may take seconds, and nothing may stay lit meanwhile.
        for device in (
            devices.lights,
            devices.card_reader,
            devices.buttons,
            devices.camera,
            devices.voice,
        ):
            device.close()

    def _presented(self, card: Card) -> None:
        """Take a card as what it is presented for: to be registered, or to arrive."""
        at_s, id_ = time.monotonic(), uuid7()
        if isinstance(self._state.stage, Enrolling):
            self.handle(i.EnrolmentEnded(at_s, id_, self._enrolment.take(card)))
        else:
            self.handle(self._arrival(self._arrivals.read(card, at_s, id_)))

    def _arrival(self, event: i.CardRead) -> i.AnyInput:
        """Return what a card means: of a check that cannot be heard yet only that it cannot."""
        speech, state = self.speech, self._state
        if (
            speech is None
            or state.check is not None
            or speech.suffices(event.worker, self.door.posts)
        ):
            return event
        return i.CardTooEarly(event.at_s, event.id)

    def _take(self, make: Callable[[], i.AnyInput]) -> None:
        self._inbox.put(lambda: self.handle(make()))

    def _put(
        self, make: Callable[[float, str], i.AnyInput], answered: Future[Snapshot] | None = None
    ) -> None:
        self._inbox.put(lambda: self.handle(make(time.monotonic(), uuid7()), answered))

    def _patience_s(self) -> float:
        due = due_s(self.door, self._state)
        if due is None:
            return _TICK_S
        # What is due waits while the disk refuses; else the loop would turn without a pause.
        return min(_TICK_S, max(0.0, max(due, self._storage.not_before_s) - time.monotonic()))

    def _time_passed(self) -> None:
        now_s = time.monotonic()
        if self._storage.look(now_s):
            self._publish()
        self._recount(now_s)
        due = due_s(self.door, self._state)
        if now_s < self._storage.not_before_s:
            return
        # Before what is due: the stage would end as if there were no photo.
        if refused := self._shooting.kept(self._state.stage):
            self.handle(refused)
        elif due is not None and now_s >= due:
            self.handle(i.TimePassed(now_s, uuid7()))

    def _recount(self, now_s: float) -> None:
        """Count again now and then: a shift ends, and a contractor's last day is over, without
        anybody doing anything.
        """
        if now_s < self._recount_due_s:
            return
        self._recount_due_s = now_s + self._recount_s
        if (tally := self._tally()) != self._showing.current.tally:
            self._publish(tally=tally)

    @property
    def _state(self) -> State:
        return self._showing.current.state

    def handle(self, event: i.AnyInput, answered: Future[Snapshot] | None = None) -> None:
        """Put an input to the flow, and do what comes of it; only within the loop.

        `answered` is called with what is shown then.
        """
        state, effects = advance(self.door, self._state, event)
        facts = [fact for effect in effects if isinstance(effect, Record) for fact in effect.facts]
        wanted = [effect for effect in effects if isinstance(effect, AnyPhoto)]
        # On the disk before anybody sees it: what is shown or lit cannot be taken back.
        if not self._commit(facts):
            self._refused(event)
        elif state is not self._state:
            self._publish(state=state)
            self._shooting.take(self.devices.camera, wanted)
        if answered is not None:
            self._shooting.answer(answered, self._showing.current, wanted)
        self._shooting.settle(self._showing.current)

    def _commit(self, facts: Sequence[AnyFact]) -> bool:
        """Append the facts, all or none; what could not be recorded did not happen."""
        if not facts:
            return True
        try:
            self._journal.append(facts)
        except StorageError as error:
            self._storage.refused(str(error), time.monotonic())
            return False
        self._storage.recorded()
        if any(isinstance(fact, CheckClosed | CheckReleased) for fact in facts):
            self._showing.amend(tally=self._tally())
        return True

    def _refused(self, event: i.AnyInput) -> None:
        """Show that the disk refused."""
        self._shooting.keep(self._state.stage, event)
        self._publish()
        self._shooting.give_up(self._showing.current)

    def _publish(self, **changes: object) -> None:
        self._showing.publish(
            now_s=time.monotonic(),
            devices=self.devices.states(),
            trouble=self._storage.reason,
            clock_ok=self._clock_ok(),
            content_trouble=self.renewal.troubles[0] if self.renewal.troubles else "",
            preparing=self.speech.awaited if self.speech else None,
            **changes,
        )
        # Last: green stands only for what is on the disk and on the screen already.
        self._lighting.show(self.devices.lights, self._state, self._storage.reason)

    def _obey(self, carry_out: Callable[[], Reply], answered: Future[Reply]) -> None:
        reply = carry_out()
        self._publish(tally=self._tally())
        answered.set_result(reply)

    def _renew(self) -> None:
        door = self.renewal.take(self._state)
        if door is not None:
            self.door = door
            self.when_changed()
            self._publish()
