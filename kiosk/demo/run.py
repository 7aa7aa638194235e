"""`kiosk demo`: a station, the supervisor's pages and a county on this machine, with sample people
and simulated hands.
"""

from __future__ import annotations

import contextlib
import os
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from msgspec.structs import replace
from rich.console import Console

from kiosk.demo.hardware import DemoHardware
from kiosk.demo.services import Ports, ports_from, service
from kiosk.demo.tty import ReaderTty
from kiosk.demo.walk import Walk
from kiosk.journal.storage import make_folder
from kiosk.packs import load_roster
from kiosk.paths import Place
from kiosk.processes.county import enrol_station, new_password
from kiosk.processes.ending import end_on_faults, stop_on_signals
from kiosk.processes.progress import speech_bar
from kiosk.processes.review import access_of
from kiosk.processes.roster import hand_over
from kiosk.processes.station import running
from kiosk.processes.telling import tell
from kiosk.settings import Settings, load
from kiosk.station.loop import Station
from sync.identity import open_identity


def run(config: Path, data: Path | None, port: int, walk: bool) -> int:
    """Run the demo until Ctrl-C, or with `walk` until one check has gone all the way; return the
    exit status.
    """
    began_s = time.monotonic()
    with contextlib.ExitStack() as stack:
        folder = data or Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="banqian-")))
        return Demo(config, folder.absolute(), ports_from(0 if walk else port), began_s).run(walk)


def voice_cache() -> Path:
    """Return a folder that outlives a demo's data: its sentences take minutes to render."""
    return Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "banqian" / "voice"


class Demo:
    """One run of the demo; what the walk needs of it is public."""

    def __init__(self, config: Path, data: Path, ports: Ports, began_s: float) -> None:
        self.config = config
        self.county_config = config.with_name("county.toml")
        self.place = Place(config.parent, data)
        self.county_data = data / "county"
        self.ports = ports
        self.began_s = began_s
        self.today = date.today()
        settings = load(config)
        self.settings: Settings = replace(
            settings,
            county=replace(settings.county, url=f"http://127.0.0.1:{ports.county}"),
            voice={**settings.voice, "cache_dir": str(voice_cache())},
        )
        self.roster = load_roster(self.place.content("sample/people.toml"))
        self.console = Console(highlight=False)
        self._status = 0

    def run(self, walk: bool) -> int:
        """Start everything, run the station's loop here, and stop everything."""
        make_folder(self.place.data)
        end_on_faults()
        reader = ReaderTty(self.place.data / "reader")
        try:
            with (
                self._county() as password,
                running(
                    self.settings,
                    self.place,
                    self.ports.touch,
                    lambda ready: self._hands(ready, reader),
                ) as (
                    ready,
                    _,
                ),
            ):
                stop_on_signals(ready.stop)
                host = threading.Thread(
                    target=self._host, args=(ready, reader, password, walk), name="host"
                )
                host.start()
                ready.run()
                host.join()
        finally:
            reader.unplug()
        return self._status

    def _hands(self, ready: Station, reader: ReaderTty) -> DemoHardware:
        pins = {name: int(str(self.settings.buttons[name])) for name in ("confirm", "abnormal")}
        return DemoHardware(self.roster, ready.door.posts, self.today, reader, ready.devices, pins)

    def _host(self, ready: Station, reader: ReaderTty, county_password: str, walk: bool) -> None:
        """Register the sample people, open the supervisor's pages, print where everything is; and
        walk, if asked.
        """
        try:
            self._people_come(ready)
            with self._review() as review_password:
                if walk:
                    self._status = Walk(self, ready, self._hands(ready, reader)).run()
                else:
                    self._welcome(review_password, county_password)
                    self._show_speech(ready)
                    ready.stopping.wait()
        finally:
            ready.stop()

    def _people_come(self, ready: Station) -> None:
        if ready.snapshot().tally.expected == 0:
            hand_over(self.roster, self.place.commands)

    @contextlib.contextmanager
    def _county(self) -> Iterator[str]:
        """Run the county, with this station enrolled, and yield the password of its pages."""
        password = new_password(self.county_data)
        own = open_identity(self.place.data, self.settings.station.id)
        enrol_station(
            self.county_config,
            self.county_data,
            own.station,
            self.settings.station.enterprise,
            own.public_key,
        )
        arguments = ["county", "--config", str(self.county_config), "--data", str(self.county_data)]
        with service(arguments, self.ports.county):
            yield password

    @contextlib.contextmanager
    def _review(self) -> Iterator[str]:
        """Run the supervisor's pages and yield the password made for this run."""
        access = access_of(self.place)
        passwords = {
            worker.id: access.create_first(worker.id)
            for worker in self.roster.workers
            if worker.role != "worker"
        }
        arguments = ["review", "--config", str(self.config), "--data", str(self.place.data)]
        with service(arguments, self.ports.review):
            yield passwords[self._supervisor()]

    def _supervisor(self) -> str:
        return next(worker.id for worker in self.roster.workers if worker.role.may_release)

    def _show_speech(self, ready: Station) -> None:
        """Show on a terminal how far the first start's rendering has come; checks go on
        meanwhile.
        """
        if (
            not self.console.is_terminal
            or ready.speech is None
            or ready.speech.ready == ready.speech.total
        ):
            return
        with speech_bar(self.console) as bar:
            task, version = bar.add_task("", total=None), -1
            while (speech := ready.speech) and not ready.stopping.is_set():
                bar.update(task, completed=speech.ready, total=speech.total)
                if speech.ready == speech.total:
                    return
                snapshot = ready.after(version, 1.0)
                version = snapshot.version if snapshot else version

    def _welcome(self, review_password: str, county_password: str) -> None:
        touch, review, county = (
            f"http://127.0.0.1:{port}/"
            for port in (self.ports.touch, self.ports.review, self.ports.county)
        )
        kiosk = f"{sys.executable} -m kiosk"
        tell(
            f"\n工人触摸屏  {touch}  右边的抽屉里有样例工卡，点一张就是刷卡"
            f"\n应急页面    {self.place.emergency_page.as_uri()}  班前站停了也能打开"
            f"\n安全员网页  {review}  工号 {self._supervisor()}  密码 {review_password}"
            f"\n县级系统    {county}  密码 {county_password}（用户名任意）"
            f"\n刷卡        {kiosk} tap {self.roster.workers[0].id} --url {touch}"
            f"\n上报        {kiosk} sync --config {self.config} --data {self.place.data} "
            f"--county {county}"
            "\n按 Ctrl-C 结束\n"
        )
