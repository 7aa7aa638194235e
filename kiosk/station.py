"""The station: the one loop through which everything at the door goes.

Inputs come from devices, touches, commands and the clock, one at a time. Each is put to `kiosk.flow.advance`; its facts are
committed first, and only then does the new state hold, is the lamp switched and the screen published. What cannot be
committed did not happen: the state stays, and the screen says why.
"""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from pathlib import Path

import msgspec

from devices.buttons import ButtonPressed
from devices.card_reader import Card, CardSeen, FrameRejected
from devices.lights import Signal
from devices.voice import Clip
from kiosk.arrivals import Arrivals
from kiosk.carrying_out import CarryingOut
from kiosk.carrying_out.enrolling import Enrolment
from kiosk.carrying_out.publishing import Publishing
from kiosk.commands import AskHealth, Command, Declined, Health, Recorded, Reply, ReviewCheck, SignHead
from kiosk.commands.packs import KeepPicture, PublishPack
from kiosk.commands.people import AskCard, AwaitCard, StopAwaitingCard
from kiosk.devices_in_use import Devices
from kiosk.flow import inputs as i
from kiosk.flow import touches as t
from kiosk.flow.advance import advance, due_s
from kiosk.flow.crew_stages import CrewEnded
from kiosk.flow.door import Door
from kiosk.flow.effects import AnyPhoto, Record
from kiosk.flow.proposal_stages import TakingScene
from kiosk.flow.signal import signal
from kiosk.flow.stages import AnyStage, Closed, Enrolling, Refused, Released, Taking
from kiosk.flow.state import State
from kiosk.health import StorageWatch
from kiosk.journal.errors import StorageError
from kiosk.journal.ids import uuid7
from kiosk.journal.log import Journal
from kiosk.journal.photos import Photos
from kiosk.model.facts import AnyFact, CheckClosed, CheckReleased
from kiosk.photographer import Photographer
from kiosk.renewal import Renewal
from kiosk.snapshot import Snapshot, Tally
from kiosk.speech.chapters import Speech
from kiosk.speech.speaking import Speaking
from kiosk.watchdog import Heart

_TICK_S = 1.0
"""The longest the loop sleeps: green has to be refreshed, and the day changes at midnight."""
_RECOUNT_S = 5.0
"""So often today's count is made anew while nothing happens."""


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
    ) -> None:
        self.name = name
        self.door = door
        self.heart = Heart()
        self._journal = journal
        self._photos = photos
        self._tally = tally
        self._recount_due_s = 0.0
        self._clock_ok = clock_ok
        self._storage = storage
        self._inbox: queue.SimpleQueue[Callable[[], None]] = queue.SimpleQueue()
        self._cameraman = ThreadPoolExecutor(1, "photo")
        self.stopping = threading.Event()
        self.when_changed: Callable[[], None] = lambda: None
        """Called when people, words or content may have changed, and other sentences may be needed first."""
        self._changed = threading.Condition()
        self._awaiting_photo: list[Future[Snapshot]] = []
        self._refused_photo: tuple[AnyStage, i.AnyInput] | None = None
        self._lit: tuple[Signal, AnyStage | None] | None = None
        self.speech: Speech | None = None
        self._snapshot = Snapshot(0, State(), time.monotonic(), {}, tally())

    def equip(
        self,
        devices: Devices,
        arrivals: Arrivals,
        photographer: Photographer,
        carry_out: CarryingOut,
        publishing: Publishing,
        renewal: Renewal,
        speaking: Speaking,
        enrolment: Enrolment,
    ) -> None:
        """Hand the station what it works with, before anybody asks."""
        self.devices = devices
        self._arrivals = arrivals
        self._photographer = photographer
        self._carry_out = carry_out
        self._publishing = publishing
        self.renewal = renewal
        self.speaking = speaking
        self._enrolment = enrolment

    # What the touch screen sees (kiosk.snapshot.StationPort)

    def snapshot(self) -> Snapshot:
        """Give the present snapshot."""
        return self._snapshot

    def after(self, version: int, timeout_s: float) -> Snapshot | None:
        """Wait for a snapshot newer than `version`; None when there was none in time."""
        with self._changed:
            newer = self._changed.wait_for(lambda: self._snapshot.version > version, timeout_s)
        return self._snapshot if newer else None

    def touch(self, touch: t.AnyTouch, turn: int) -> Snapshot:
        """Hand in a touch and give the snapshot after it; when it asks for a photo, after the photo is recorded."""
        answered: Future[Snapshot] = Future()
        self._put(lambda at_s, id_: i.Touched(at_s, id_, touch, turn), answered)
        return answered.result(timeout=self.door.timings.photo_s + 20)

    def clip(self, text: str) -> Clip | None:
        """Give the rendered speech of a sentence, when there is one."""
        return self.speaking.clip(text)

    def preview(self) -> bytes | None:
        """Give what the camera sees now, as a small JPEG."""
        return self.devices.camera.preview()

    def photo(self, digest: str) -> Path | None:
        """Give the file of a photo or thumbnail by its digest."""
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
        """Take note of how far the rendering of speech has come; no check begins before all of it can be heard.

        None: nothing can be rendered, and a broken voice is no reason to keep the door shut.
        """
        self.speech = speech
        self._inbox.put(self._publish)

    def command(self, command: Command) -> Reply:
        """Carry out a command in the loop, between inputs."""
        if isinstance(command, AskHealth):
            content = self.renewal.state(self.door)
            rendered = (self.speech.ready, self.speech.total) if self.speech else None
            return Health(dict(self._snapshot.devices), self._snapshot.trouble, content, rendered)
        if isinstance(command, KeepPicture):
            return self._publishing.keep(command)
        if isinstance(command, PublishPack):
            return self._publish_pack(command)
        if isinstance(command, AskCard):
            return self._enrolment.look(command, self._snapshot.state, time.monotonic())
        if isinstance(command, AwaitCard | StopAwaitingCard):
            return self._in_loop(partial(self._await_card, command))
        ready = self.speaking.beforehand(command)
        if isinstance(ready, Reply):
            return ready
        reply = self._in_loop(partial(self._carry_out, ready))
        if isinstance(reply, Recorded) and not isinstance(command, ReviewCheck | SignHead):
            self.speaking.renew()
            self.when_changed()
        return reply

    # The loop

    def begin(self, state: State) -> None:
        """Set the state to begin with: nobody here, or the check that was open when the power went."""
        self._snapshot = msgspec.structs.replace(self._snapshot, state=state)

    def run(self) -> None:
        """Take inputs until `stop`. An error that is not an outcome ends the process: systemd starts it again."""
        self._publish()
        while not self.stopping.is_set():
            self.heart.beat()
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
        self._inbox.put(lambda: None)

    def close(self) -> None:
        """Let go of everything; called once `run` has ended."""
        self._cameraman.shutdown(wait=False, cancel_futures=True)
        devices = self.devices
        for device in (devices.lights, devices.card_reader, devices.buttons, devices.camera, devices.voice):
            device.close()

    def _presented(self, card: Card) -> None:
        """Take a card as what it is presented for: to be registered, or to arrive."""
        at_s, id_ = time.monotonic(), uuid7()
        if isinstance(self._snapshot.state.stage, Enrolling):
            self._handle(i.EnrolmentEnded(at_s, id_, self._enrolment.take(card)))
        else:
            self._handle(self._arrival(self._arrivals.read(card, at_s, id_)))

    def _arrival(self, event: i.CardRead) -> i.AnyInput:
        """A card that would begin a check which cannot be heard yet only learns that."""
        speech, state = self.speech, self._snapshot.state
        if speech is None or state.check is not None or speech.suffices(event.worker, self.door.posts):
            return event
        return i.CardTooEarly(event.at_s, event.id)

    def _put(
        self, make: Callable[[float, str], i.AnyInput], answered: Future[Snapshot] | None = None
    ) -> None:
        self._inbox.put(lambda: self._handle(make(time.monotonic(), uuid7()), answered))

    def _patience_s(self) -> float:
        due = due_s(self.door, self._snapshot.state)
        if due is None:
            return _TICK_S
        return min(_TICK_S, max(0.0, max(due, self._storage.not_before_s) - time.monotonic()))

    def _time_passed(self) -> None:
        now_s = time.monotonic()
        if self._storage.look(now_s):
            self._publish()
        self._recount(now_s)
        due = due_s(self.door, self._snapshot.state)
        if now_s < self._storage.not_before_s:
            return
        if self._refused_photo and self._refused_photo[0] is self._snapshot.state.stage:
            self._handle(self._refused_photo[1])
        elif due is not None and now_s >= due:
            self._handle(i.TimePassed(now_s, uuid7()))

    def _recount(self, now_s: float) -> None:
        """Count again now and then: a shift ends, and a contractor's last day is over, without anybody doing anything."""
        if now_s < self._recount_due_s:
            return
        self._recount_due_s = now_s + _RECOUNT_S
        if (tally := self._tally()) != self._snapshot.tally:
            self._publish(tally=tally)

    def _handle(self, event: i.AnyInput, answered: Future[Snapshot] | None = None) -> None:
        state, effects = advance(self.door, self._snapshot.state, event)
        facts = [fact for effect in effects if isinstance(effect, Record) for fact in effect.facts]
        wanted = [effect for effect in effects if isinstance(effect, AnyPhoto)]
        if not self._commit(facts):
            self._refused(event)
        elif state is not self._snapshot.state:
            self._publish(state=state)
            self._take_photos(wanted)
        if answered is not None:
            self._awaiting_photo.append(answered) if wanted else answered.set_result(self._snapshot)
        if not isinstance(self._snapshot.state.stage, Taking | TakingScene):
            self._answer_waiting()

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
            self._snapshot = msgspec.structs.replace(self._snapshot, tally=self._tally())
        return True

    def _refused(self, event: i.AnyInput) -> None:
        """Say that the disk refused. A photo is there already, or is known to be missed: it is handed in again later."""
        if isinstance(event, i.PhotoArrived | i.PhotoFailed):
            self._refused_photo = (self._snapshot.state.stage, event)
        self._publish()
        self._answer_waiting()

    def _light(self) -> None:
        """Show what the state says; while nothing can be recorded, that, but for an outcome, which is on the disk already."""
        state = self._snapshot.state
        outcome = state.stage if isinstance(state.stage, Refused | Closed | Released | CrewEnded) else None
        due = Signal.fault if self._storage.reason and not outcome else Signal(signal(state))
        if (due, outcome) != self._lit:
            self._lit = (due, outcome)
            self.devices.lights.show(due)

    def _publish(self, **changes: object) -> None:
        with self._changed:
            self._snapshot = msgspec.structs.replace(
                self._snapshot,
                version=self._snapshot.version + 1,
                now_s=time.monotonic(),
                devices={name: getattr(self.devices, name).state for name in Devices.__struct_fields__},
                trouble=self._storage.reason,
                clock_ok=self._clock_ok(),
                content_trouble=self.renewal.troubles[0] if self.renewal.troubles else "",
                preparing=self.speech.awaited if self.speech else None,
                **changes,
            )
            self._changed.notify_all()
        self._light()

    def _take_photos(self, wanted: Sequence[AnyPhoto]) -> None:
        for effect in wanted:
            photo = self._cameraman.submit(
                self._photographer.take, self.devices.camera, effect, time.monotonic, uuid7()
            )
            # `result` raises in the loop what went wrong on the way: a fault must not vanish in a thread.
            photo.add_done_callback(lambda done: self._inbox.put(lambda: self._handle(done.result())))

    def _answer_waiting(self) -> None:
        for waiting in self._awaiting_photo:
            waiting.set_result(self._snapshot)
        self._awaiting_photo.clear()

    def _await_card(self, command: AwaitCard | StopAwaitingCard) -> Reply:
        reader, now_s = self.devices.card_reader.state, time.monotonic()
        reply, event = self._enrolment.obey(command, self._snapshot.state, reader, now_s)
        if event is not None:
            self._handle(event)
        return reply

    def _in_loop(self, carry_out: Callable[[], Reply]) -> Reply:
        answered: Future[Reply] = Future()
        self._inbox.put(partial(self._obey, carry_out, answered))
        return answered.result(timeout=30)

    def _obey(self, carry_out: Callable[[], Reply], answered: Future[Reply]) -> None:
        reply = carry_out()
        self._publish(tally=self._tally())
        answered.set_result(reply)

    def _publish_pack(self, command: PublishPack) -> Reply:
        """Prepare a version beside the loop and record it inside; the door takes it up once it can be heard."""
        prepared = self._publishing.prepare(command)
        if isinstance(prepared, Declined):
            return prepared
        reply = self._in_loop(partial(self._publishing.record, prepared))
        if isinstance(reply, Recorded):
            self.renewal.changed.set()
        return reply

    def _renew(self) -> None:
        door = self.renewal.take(self._snapshot.state)
        if door is not None:
            self.door = door
            self.when_changed()
            self._publish()
