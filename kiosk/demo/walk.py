"""`kiosk demo --walk`: one worker's whole check without a human, from the bytes on the reader's
wire to the county's copy.

It sees the touch screen as a browser does, over HTTP, knows the content, and prints one line a
stage. It ends with status 0 only when the county holds every entry and photo and its chain
verifies.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from kiosk.demo.hardware import DemoHardware
from kiosk.demo.screen import Shown, TouchScreen
from kiosk.flow.touches import AnyTouch, Choose, Confirm, Go, Point, Sign
from kiosk.journal.log import Head
from kiosk.model.eligibility import eligible_posts
from kiosk.model.outcome import Answer
from kiosk.model.people import Worker
from kiosk.processes.county import county_settings
from kiosk.processes.sync import silent_bar, synced
from kiosk.processes.telling import tell
from kiosk.records.reader import Reading
from kiosk.station.loop import Station
from sync.county.objects import open_objects
from sync.county.store import Store
from sync.county.verifying import Report, verify_station
from ui.texts import load_texts

if TYPE_CHECKING:
    from kiosk.demo.run import Demo

_PATIENCE_S = 60.0
_LOOK_S = 0.5
_VOICE_S = 600.0
_LAMP_S = 3.0
_SIGNATURE = tuple(
    tuple(number for i in range(16) for number in (x + 20 * i, 120 + 10 * (i % 8), 25 * i))
    for x in (120, 520)
)


class Walk:
    """One walk through the door."""

    def __init__(self, demo: Demo, ready: Station, hands: DemoHardware) -> None:
        self._demo = demo
        self._ready = ready
        self._hands = hands
        self._began_s = demo.began_s
        self._texts = load_texts(demo.place.config / demo.settings.content.texts)
        self._screen = TouchScreen(f"http://127.0.0.1:{demo.ports.touch}")

    def run(self) -> int:
        """Walk, and return the exit status."""
        try:
            self._arrive()
            self._go_through()
            return self._sync_and_compare()
        except TimeoutError as error:
            tell(f"走查中断：{error}")
            return 1
        finally:
            self._screen.close()

    def _line(self, what: str, happened: str) -> None:
        """Print a stage, what happened, and how long it took since the last line."""
        now_s = time.monotonic()
        tell(f"{what:\u3000<8}{(now_s - self._began_s) * 1000:>8.0f} 毫秒  {happened}")
        self._began_s = now_s

    def _arrive(self) -> None:
        self._seen(lambda shown: shown.template == "waiting")
        self._line("启动", "触摸屏、安全员网页、县级系统都已应答")
        worker = self._worker()
        self._wait_for_voice(worker)
        self._hands.tap(worker.id)
        shown = self._seen(lambda shown: shown.template != "waiting")
        self._line("刷卡", f"工号 {worker.id} 的卡号写到读卡器串口，屏幕变为 {shown.scene}")

    def _seen(self, fits: Callable[[Shown], bool]) -> Shown:
        """Wait until a screen that fits is shown.

        Raise TimeoutError, also when the demo is stopped meanwhile.
        """
        ends_s = time.monotonic() + _PATIENCE_S
        while True:
            self._refuse_when_stopping()
            try:
                return self._screen.wait(fits, _LOOK_S)
            except TimeoutError:
                if time.monotonic() > ends_s:
                    raise

    def _touch(self, touch: AnyTouch) -> Shown:
        self._refuse_when_stopping()
        return self._screen.touch(touch)

    def _refuse_when_stopping(self) -> None:
        if self._ready.stopping.is_set():
            raise TimeoutError("the demo was stopped")

    def _wait_for_voice(self, worker: Worker) -> None:
        """Wait until this worker's check can be heard."""
        version, ends_s = -1, time.monotonic() + _VOICE_S
        while (
            (speech := self._ready.speech)
            and not speech.suffices(worker, self._ready.door.posts)
            and time.monotonic() < ends_s
        ):
            self._refuse_when_stopping()
            snapshot = self._ready.after(version, 1.0)
            version = snapshot.version if snapshot else version
        ready, total = (speech.ready, speech.total) if speech else (0, 0)
        self._line("语音", f"{total} 句提示已合成 {ready} 句，这次检查的都能听到")

    def _worker(self) -> Worker:
        """Choose a sample worker with exactly one post, no reason to be refused, and no check in
        this shift.
        """
        posts, today = self._ready.door.posts, self._demo.today
        with Reading.open(self._demo.place.data) as reading:
            been = {row.worker for row in reading.checks(limit=200) if row.closed_at}
        for worker in self._demo.roster.workers:
            if (
                worker.is_active
                and worker.id not in been
                and len(eligible_posts(worker, posts, today)) == 1
            ):
                return worker
        raise TimeoutError("every sample worker has been here already: name another --data")

    def _go_through(self) -> None:
        shown = self._screen.shown()
        while not shown.scene.startswith("closed:"):
            shown = self._next(shown)
        self._line("亮灯", f"屏幕 {shown.signal}，灯 {self._green()}")

    def _next(self, shown: Shown) -> Shown:
        kind, *rest = shown.scene.split("#")[0].split(":")
        match kind:
            case "choosing_works":
                after = self._touch(Go())
                self._line("今日作业", "没有危险作业")
            case "asking":
                after = self._touch(Choose(self._answer(rest[0], rest[1])))
                self._line("应知应会", f"{rest[1]} 答对")
            case "calling":
                after = self._called(rest[0], rest[1])
            case "confirming":
                after = self._confirmed(rest[1])
            case "signing":
                after = self._touch(Sign(_SIGNATURE))
                self._line("签名", "承诺已签，记录已入库")
            case _:
                after = self._seen(lambda other: other.version > shown.version)
        return after

    def _answer(self, post: str, question: str) -> int:
        return next(
            known.answer for known in self._ready.door.posts[post].questions if known.id == question
        )

    def _called(self, post: str, place: str) -> Shown:
        step = self._ready.door.step_at(post, place)
        door = self._ready.door
        self._ready.stopping.wait(door.timings.dwell_of(step, door.drill.begins_at))
        after = self._touch(Point(step.target.x, step.target.y) if step.target else Go())
        self._line("手指口述", step.call)
        return after

    def _confirmed(self, part: str) -> Shown:
        title = self._texts.say(f"part.{part}")
        self._seen(lambda shown: shown.phase == "answering")
        self._line("拍照", f"{title}的照片已存盘")
        after = self._touch(Confirm(Answer.OK))
        self._line("确认", f"{title} 符合")
        return after

    def _green(self) -> str:
        """Wait for green, and name all that is lit. Raise TimeoutError."""
        ends_s = time.monotonic() + _LAMP_S
        while not (lamps := self._hands.lamps())["green"]:
            if time.monotonic() > ends_s:
                raise TimeoutError("the check has passed, and the lamp does not turn green")
            threading.Event().wait(0.01)
        return "、".join(name for name, lit in lamps.items() if lit)

    def _sync_and_compare(self) -> int:
        outcome = synced(
            self._demo.settings, self._demo.place, silent_bar(), 0.0, threading.Event()
        )
        self._line(
            "上报", f"{outcome.entries_sent} 条记录、{outcome.photos_sent} 个照片文件 {outcome.why}"
        )
        with Reading.open(self._demo.place.data) as reading:
            head, photos = reading.head(), len(reading.photos_of(0, reading.head().seq))
        report = self._county_report()
        self._line(
            "县级核对", f"{report.entries} 条、{report.photos_held} 个照片文件，链头 {report.hash}"
        )
        return self._compared(head, photos, report)

    def _county_report(self) -> Report:
        settings = county_settings(self._demo.county_config, self._demo.county_data)
        store = Store.open(settings.database)
        try:
            return verify_station(
                store, open_objects(settings.objects), self._demo.settings.station.id
            )
        finally:
            store.close()

    def _compared(self, head: Head, photos: int, report: Report) -> int:
        complete = (report.entries, report.hash, report.photos_held) == (
            head.seq,
            head.hash,
            photos,
        )
        if complete and report.sound and photos > 0:
            tell("县级系统与本站一致：一条不少，一张不少，链条完好")
            return 0
        tell(f"不一致：本站 {head.seq} 条、{photos} 张，链头 {head.hash} {report.fault}")
        return 1
