"""The pictures of the door in the README and the handbook, taken of the product's own screens:
`make screenshots`. They are looked at before they are committed.
"""

from __future__ import annotations

from contextlib import closing
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

import devices
from tests.fakes.chromium import a_browser
from tests.fakes.pages import USUAL, Screens, at, put
from tests.fakes.screen import a_screen
from tests.fakes.stages import the_door
from tests.fakes.station import FakeStation

DOCS = Path(__file__).parents[1] / "docs"
SMALL = (800, 480)

PICTURES = {
    "screenshots/waiting": ("waiting", USUAL),
    "screenshots/calling": ("calling-ready", USUAL),
    "screenshots/answering": ("answering", USUAL),
    "screenshots/passed": ("passed", USUAL),
    "screenshots/refused": ("refused-expired", USUAL),
    "screenshots/emergency": ("emergency-card", USUAL),
    "手册/图/door-选作业": ("choosing-works-hot", USUAL),
    "手册/图/door-作业票号": ("permit-number", USUAL),
    "手册/图/door-有效期": ("permit-half-day", USUAL),
    "手册/图/door-作业不能做": ("refused-work", USUAL),
    "手册/图/door-预演": ("calling-rehearsal", USUAL),
    "手册/图/door-提示": ("calling-hint", USUAL),
    "手册/图/door-考核": ("calling-exam", USUAL),
    "手册/图/door-对照": ("called", USUAL),
    "手册/图/door-不用查": ("not-asked", USUAL),
    "手册/图/door-内容过期": ("asking-stale", USUAL),
    "手册/图/door-应急": ("emergency", USUAL),
    "手册/图/door-应急卡": ("emergency-card", USUAL),
    "手册/图/人员-door": ("waiting", USUAL),
    "手册/图/班组-选择": ("offering-crew", USUAL),
    "手册/图/班组-刷卡": ("gathering", USUAL),
    "手册/图/班组-签到": ("signing-off", USUAL),
    "手册/图/班组-通过": ("crew-passed", USUAL),
    "手册/图/假想-合格": ("on-record-passed", SMALL),
    "手册/图/假想-类型": ("proposing-type", SMALL),
    "手册/图/假想-怎么了": ("proposing-what", SMALL),
    "手册/图/假想-提交": ("telling", SMALL),
    "手册/图/假想-已采用": ("proposal-adopted", SMALL),
}
"""Which screen, at which size, each picture below `docs` shows."""


def a_photo(folder: Path) -> Path:
    """Take a photo with the camera of the demo."""
    with closing(devices.open("camera", {"driver": "simulated"})) as camera:
        now = f"{datetime.now(ZoneInfo('Asia/Shanghai')):%Y-%m-%d %H:%M:%S}"
        photo = camera.photo(20, f"{now} 一号车间东门 A001 电焊工 工作准备")
    path = folder / "photo.jpg"
    path.write_bytes(photo.jpeg)
    return path


def main() -> None:
    """Take all pictures."""
    with TemporaryDirectory(prefix="banqian-") as folder, a_browser() as browser:
        station = FakeStation(the_door(), a_photo(Path(folder)))
        with a_screen(station) as port:
            screens = Screens(browser, port)
            for name, (screen, size) in PICTURES.items():
                put(station, screen)
                page = at(screens.open(size), station)
                page.wait_for_function("[...document.images].every((image) => image.complete)")
                page.screenshot(path=DOCS / f"{name}.png")
                screens.close()


if __name__ == "__main__":
    main()
