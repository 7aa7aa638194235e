"""Photos outside the loop: taken in a thread of their own, awaited by the touches that asked for
them.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor

from devices.camera import Camera
from kiosk.flow.effects import AnyPhoto
from kiosk.flow.inputs import AnyInput, PhotoArrived, PhotoFailed
from kiosk.flow.proposal_stages import TakingScene
from kiosk.flow.stages import AnyStage, Taking
from kiosk.journal.ids import uuid7
from kiosk.station.photographer import Photographer
from kiosk.station.snapshot import Snapshot


class Shooting:
    """Has photos taken and hands them to the loop; keeps one that the disk refused, to hand it in
    again.
    """

    def __init__(
        self, photographer: Photographer, later: Callable[[Callable[[], AnyInput]], None]
    ) -> None:
        """`later` has the loop take an input, made when its turn comes."""
        self._photographer = photographer
        self._later = later
        # One: photos come in the order in which they were asked for.
        self._cameraman = ThreadPoolExecutor(1, "photo")
        self._awaiting: list[Future[Snapshot]] = []
        self._refused: tuple[AnyStage, AnyInput] | None = None

    def take(self, camera: Camera, wanted: Sequence[AnyPhoto]) -> None:
        """Begin to take these photos."""
        for effect in wanted:
            photo = self._cameraman.submit(
                self._photographer.take, camera, effect, time.monotonic, uuid7()
            )
            # `result` raises in the loop what went wrong on the way: a fault must not vanish in a
            # thread.
            photo.add_done_callback(lambda done: self._later(done.result))

    def answer(
        self, touched: Future[Snapshot], shown: Snapshot, wanted: Sequence[AnyPhoto]
    ) -> None:
        """Answer a touch at once, or when the photos it asked for are recorded."""
        self._awaiting.append(touched) if wanted else touched.set_result(shown)

    def settle(self, shown: Snapshot) -> None:
        """Answer all who wait for a photo, unless one is being taken."""
        if not isinstance(shown.state.stage, Taking | TakingScene):
            self.give_up(shown)

    def give_up(self, shown: Snapshot) -> None:
        """Answer all who wait for a photo."""
        for waiting in self._awaiting:
            waiting.set_result(shown)
        self._awaiting.clear()

    def keep(self, stage: AnyStage, event: AnyInput) -> None:
        """Keep a photo that could not be recorded.

        It is there already, or is known to be missed: it is handed in again later.
        """
        if isinstance(event, PhotoArrived | PhotoFailed):
            self._refused = (stage, event)

    def kept(self, stage: AnyStage) -> AnyInput | None:
        """Return the photo that could not be recorded in this very stage."""
        # `is`: a later visit can reach a stage that looks the same.
        return self._refused[1] if self._refused and self._refused[0] is stage else None

    def close(self) -> None:
        """Take no more."""
        # Not waiting: a photo may take seconds, and the lamps are switched off only after this.
        self._cameraman.shutdown(wait=False, cancel_futures=True)
