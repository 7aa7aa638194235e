"""Commands: what needs the loop is carried out in it, between inputs; what takes long is done
outside it.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from typing import Protocol

from kiosk.commands.protocol import Command, Declined, Recorded, Reply
from kiosk.flow.door import Door
from kiosk.flow.inputs import AnyInput
from kiosk.records.content.commands import KeepPicture, PublishPack, WithdrawPack
from kiosk.records.content.handlers import Publishing
from kiosk.records.paper.commands import KeepPaperPhoto
from kiosk.records.people.commands import AskCard, AwaitCard, StopAwaitingCard
from kiosk.records.reviews.commands import ReviewCheck
from kiosk.records.station.commands import AskHealth, Health, SignHead
from kiosk.station.card_enrolment import Enrolment
from kiosk.station.content_reload import Renewal
from kiosk.station.devices import Devices
from kiosk.station.handlers import CarryingOut
from kiosk.station.render_plan import Speech
from kiosk.station.snapshot import Snapshot
from kiosk.station.speech import Speaking


class Loop(Protocol):
    """The station as commands see it."""

    door: Door
    devices: Devices
    speech: Speech | None
    when_changed: Callable[[], None]

    def snapshot(self) -> Snapshot:
        """Return the present snapshot."""
        ...

    def handle(self, event: AnyInput) -> None:
        """Take an input; only within the loop."""
        ...

    def in_loop(self, carry_out: Callable[[], Reply]) -> Reply:
        """Carry something out between inputs, and return what came of it."""
        ...


class Obeying:
    """Carries out commands on a station; may be called from any thread."""

    def __init__(
        self,
        loop: Loop,
        carry_out: CarryingOut,
        publishing: Publishing,
        renewal: Renewal,
        speaking: Speaking,
        enrolment: Enrolment,
    ) -> None:
        self._loop = loop
        self._carry_out = carry_out
        self._publishing = publishing
        self._renewal = renewal
        self._speaking = speaking
        self._enrolment = enrolment

    def __call__(self, command: Command) -> Reply:
        """Carry out one command and return the reply."""
        match command:
            case AskHealth():
                return self._health()
            case KeepPicture():
                return self._publishing.keep(command)
            case KeepPaperPhoto():  # nothing is recorded: outside the loop
                return self._carry_out(command)
            case PublishPack():
                return self._publish(command)
            case WithdrawPack():
                return self._renewing(partial(self._publishing.withdraw, command))
            case AskCard():
                return self._enrolment.look(command, self._loop.snapshot().state, time.monotonic())
            case AwaitCard() | StopAwaitingCard():
                return self._loop.in_loop(partial(self._await_card, command))
        return self._change(command)

    def _change(self, command: Command) -> Reply:
        ready = self._speaking.beforehand(command)
        if isinstance(ready, Reply):
            return ready
        reply = self._loop.in_loop(partial(self._carry_out, ready))
        if isinstance(reply, Recorded) and not isinstance(command, ReviewCheck | SignHead):
            self._speaking.renew()
            self._loop.when_changed()
        return reply

    def _health(self) -> Health:
        shown, speech = self._loop.snapshot(), self._loop.speech
        rendered = (speech.ready, speech.total) if speech else None
        return Health(
            self._loop.devices.states(),
            shown.trouble,
            self._renewal.state(self._loop.door),
            rendered,
        )

    def _await_card(self, command: AwaitCard | StopAwaitingCard) -> Reply:
        reader, now_s = self._loop.devices.card_reader.state, time.monotonic()
        reply, event = self._enrolment.obey(command, self._loop.snapshot().state, reader, now_s)
        if event is not None:
            self._loop.handle(event)
        return reply

    def _publish(self, command: PublishPack) -> Reply:
        """Prepare a version outside the loop and record it inside; the door takes it up once it can
        be heard.
        """
        prepared = self._publishing.prepare(command)
        if isinstance(prepared, Declined):
            return prepared
        return self._renewing(partial(self._publishing.record, prepared))

    def _renewing(self, carry_out: Callable[[], Reply]) -> Reply:
        """Change in the loop which packs are in use; the door follows when nobody is at it."""
        reply = self._loop.in_loop(carry_out)
        if isinstance(reply, Recorded):
            self._renewal.changed.set()
        return reply
