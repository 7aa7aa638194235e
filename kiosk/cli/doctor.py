"""`kiosk doctor`: one table of every device, disk, clock, audio and county — what is right, what is
wrong, and what to do.
"""

from __future__ import annotations

import enum
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import Protocol

import msgspec
from rich.console import Console
from rich.table import Table
from rich.text import Text

import devices
from devices import DeviceError
from devices.reasons import DISABLED
from devices.supervised import Offline, Online
from kiosk.commands.protocol import StationDownError, send
from kiosk.forms.fonts import glyphs
from kiosk.journal.clock import CLOCKS
from kiosk.journal.errors import JournalError, MissingJournalError
from kiosk.model.glyphs import Glyphs
from kiosk.model.outside import as_line, as_text
from kiosk.packs import PackError
from kiosk.paths import Place
from kiosk.processes.content_in_use import load_door, load_own, stopgaps, strangers
from kiosk.processes.texts import gaps
from kiosk.records.reader import Reading
from kiosk.records.station.commands import AskHealth, Health
from kiosk.settings import Device, Settings
from kiosk.station.health import free_mb, sound_cards, storage_trouble, under_voltage
from sync.errors import CountyUrlError, IdentityError
from sync.identity import KEY_FILE, open_identity
from sync.link import Link, LinkSettings
from sync.protocol import GiveUp, State, Trouble, TryAgain
from sync.uploader import ask_state

_PATIENCE_S = 8.0
_MOST_CELL = 2000
_WIDE = 400


class Grade(enum.StrEnum):
    """How bad it is."""

    GOOD = "好"
    CARE = "注意"
    BAD = "故障"


class Finding(msgspec.Struct, frozen=True):
    """One line of the table."""

    what: str
    grade: Grade
    found: str
    do: str = ""


def examine(settings: Settings, place: Place) -> int:
    """Examine everything and print the table; status 1 when anything is bad."""
    table = Table(
        "项目",
        "结果",
        "情况",
        "怎么办",
        title=Text(as_line(f"{settings.station.name}（{settings.station.id}）")),
    )
    findings = list(_findings(settings, place))
    for finding in findings:
        table.add_row(
            *(
                Text(as_text(text, _MOST_CELL))
                for text in (finding.what, str(finding.grade), finding.found, finding.do)
            )
        )
    # Where nobody looks at a terminal, as in a file that is sent on, no path or key is broken.
    Console(width=None if sys.stdout.isatty() else _WIDE).print(table)
    return int(any(finding.grade is Grade.BAD for finding in findings))


def _findings(settings: Settings, place: Place) -> Iterator[Finding]:
    yield content(settings, place)
    yield from not_offered(settings, place)
    yield from stood_in_for(settings, place)
    yield from wording(settings, place)
    yield storage(place)
    yield journal(place)
    yield clock(settings.clock.trust)
    yield supply(under_voltage())
    yield from device_findings(settings, place)
    yield from speech(running_health(place.commands))
    yield sound(sound_cards())
    yield fonts(glyphs())
    yield county(settings, place)


def content(settings: Settings, place: Place) -> Finding:
    """Return whether the content can be used."""
    try:
        door = load_door(settings, place)
    except PackError as error:
        return Finding("内容包", Grade.BAD, str(error), "按提示改正文件")
    if troubles := load_own(settings, place).troubles:
        return Finding(
            "内容包", Grade.BAD, "；".join(troubles), "在安全员网页的“内容”里重新发布，或从备份恢复"
        )
    stale = [pack.title for pack in door.packs if pack.posts and pack.stale(date.today())]
    if stale:
        return Finding(
            "内容包",
            Grade.CARE,
            f"过了复审日期：{'、'.join(stale)}",
            "核对内容，发布新版本并填新的复审日期",
        )
    return Finding("内容包", Grade.GOOD, f"{len(door.posts)} 个岗位，{len(door.works)} 种危险作业")


def not_offered(settings: Settings, place: Place) -> Iterator[Finding]:
    """Yield the ids of posts and works in the settings that no pack has."""
    try:
        found = strangers(settings, place)
    except PackError:
        return  # `content` names it
    for each in found:
        yield Finding(
            "岗位和作业", Grade.CARE, str(each), f"改正 [content] {each.key}，再重启班前站"
        )


def stood_in_for(settings: Settings, place: Place) -> Iterator[Finding]:
    """Yield what content the site has not, as after an update: the product's own is used."""
    try:
        found = stopgaps(settings.content, place)
    except PackError:
        return  # `content` names it
    for each in found:
        what = f"{each.file} 里没有 {each.key}" if each.key else f"没有 {each.file}"
        yield Finding(
            "内容文件",
            Grade.CARE,
            f"{what}，用的是产品自带的",
            f"从 {each.shipped} 复制过来，再改成自己的",
        )


def wording(settings: Settings, place: Place) -> Iterator[Finding]:
    """Yield where the site's texts are of no use: the product's own words are shown there."""
    for gap in gaps(settings.content, place):
        where = f"{gap.file} 的 {gap.key}" if gap.key else f"{gap.file}"
        yield Finding("文字", Grade.CARE, f"{where}：{gap.what}", gap.do)


def storage(place: Place) -> Finding:
    """Return whether there is room to record."""
    if not place.data.is_dir():
        return Finding(
            "存储", Grade.CARE, f"还没有数据文件夹 {place.data}", "启动一次 kiosk station"
        )
    trouble = storage_trouble(place.data)
    if trouble:
        return Finding("存储", Grade.BAD, trouble, "换卡或清出空间")
    return Finding("存储", Grade.GOOD, f"剩余 {free_mb(place.data)} 兆")


def journal(place: Place) -> Finding:
    """Return how far the journal is; `kiosk verify` checks all of it."""
    if not (place.data / "journal.db").exists():
        return Finding("日志", Grade.CARE, "还没有记录", "启动一次 kiosk station")
    try:
        with Reading.open(place.data) as reading:
            head = reading.head()
    except MissingJournalError:
        return Finding("日志", Grade.CARE, "还没有建好，或者是旧版本的", "启动一次 kiosk station")
    except JournalError as error:
        return Finding("日志", Grade.BAD, str(error), "运行 kiosk verify，找安全员")
    return Finding("日志", Grade.GOOD, f"{head.seq} 条，链头 {head.hash[:12]}")


def clock(trust: str) -> Finding:
    """Return whether the wall clock can be believed; `trust` is what the settings say of it."""
    if trust == "always":
        found = "设置为总是相信，只用于演示和测试"
        return Finding("时钟", Grade.CARE, found, '班前站上把 [clock] trust 改成 "ntp"')
    if CLOCKS[trust].is_right():
        return Finding("时钟", Grade.GOOD, "已校准")
    return Finding("时钟", Grade.CARE, "未校准，记录会注明", "接上网络对时，或加装时钟模块")


def supply(low: bool | None) -> Finding:
    """Return whether the Pi gets enough voltage: the first question of any support call."""
    if low is None:
        return Finding("供电", Grade.GOOD, "本机没有电压检测")
    if low:
        return Finding("供电", Grade.BAD, "电压过低", "换5伏3安以上的电源，灯和继电器单独供电")
    return Finding("供电", Grade.GOOD, "电压正常")


def sound(cards: tuple[str, ...]) -> Finding:
    """Return whether a sound can come out."""
    if not cards:
        return Finding("声音", Grade.BAD, "没有声卡", "接上USB音箱或打开HDMI声音")
    return Finding("声音", Grade.GOOD, "；".join(cards))


def fonts(known: Glyphs) -> Finding:
    """Return whether forms can be printed, and rare names shown."""
    if known.absent:
        packages = " ".join(known.absent)
        return Finding("字体", Grade.BAD, f"缺少软件包 {packages}", f"apt install {packages}")
    return Finding("字体", Grade.GOOD, "表格和生僻字的字体都在")


def speech(health: Health | None) -> Iterator[Finding]:
    """Yield how far the running station has come with rendering its sentences."""
    if health is not None and health.speech is not None:
        ready, total = health.speech
        grade = Grade.GOOD if ready == total else Grade.CARE
        yield Finding(
            "语音合成",
            grade,
            f"{total} 句中已有 {ready} 句",
            "" if ready == total else "正在后台合成，不影响检查",
        )


def county(settings: Settings, place: Place) -> Finding:
    """Return whether the county answers, knows this station by its key, and has anything against
    it. Makes no key.
    """
    if not settings.county.url:
        return Finding("县级系统", Grade.CARE, "没有设置地址", "填写 [county] url")
    patience_s = settings.county.timeout_s
    options = LinkSettings(settings.county.url, connect_s=patience_s, answer_s=patience_s)
    try:
        if not (place.data / KEY_FILE).exists():
            return Finding(
                "县级系统", Grade.CARE, "本站还没有密钥", "运行 kiosk identity，把公钥交县里登记"
            )
        with Link(options, open_identity(place.data, settings.station.id)) as link:
            return _county_says(ask_state(link))
    except CountyUrlError as error:
        return Finding("县级系统", Grade.BAD, str(error), "改正 [county] url")
    except (IdentityError, OSError) as error:
        return Finding(
            "县级系统", Grade.BAD, f"本站的密钥不能用：{error}", "用 banqian 用户运行，或恢复备份"
        )


def _county_says(answer: State | Trouble) -> Finding:
    match answer:
        case State(alarm=""):
            held = answer.held
            found = f"已收 {held.seq} 条记录，缺 {held.photos_missing} 个照片文件"
            return Finding("县级系统", Grade.GOOD, found)
        case State():
            return Finding(
                "县级系统",
                Grade.BAD,
                f"县里报警：{answer.alarm}",
                "运行 kiosk verify，报告县里和安全员",
            )
        case TryAgain():
            return Finding(
                "县级系统", Grade.BAD, answer.why, "检查网络和 [county] url；记录都在本机，不会丢"
            )
        case GiveUp():
            return Finding(
                "县级系统", Grade.BAD, answer.why, "用 kiosk identity 与县里核对编号、公钥和指纹"
            )
    return Finding("县级系统", Grade.BAD, "答复看不懂", "检查 [county] url")


_NAMES = {
    "card_reader": "读卡器",
    "camera": "摄像头",
    "voice": "语音",
    "lights": "信号灯",
    "buttons": "按钮",
}


def device_findings(
    settings: Settings, place: Place, patience_s: float = _PATIENCE_S
) -> Iterator[Finding]:
    """Yield the state of each device: as the running station sees it, else by opening all and
    waiting for them together, at most `patience_s`.
    """
    options = {kind: place.located(getattr(settings, kind)) for kind in _NAMES}
    seen = running_station(place.commands)
    if seen is None:
        yield from _by_opening(options, patience_s)
        return
    for kind, told in options.items():
        state = seen.get(kind, Offline("运行中的系统没有报告", 0.0))
        yield _as_seen(_NAMES[kind], told, state)


def running_station(commands: Path) -> Mapping[str, Online | Offline] | None:
    """Return the state of the running station's devices; None when none runs."""
    health = running_health(commands)
    return health.devices if health else None


def running_health(commands: Path) -> Health | None:
    """Return the health of the running station; None when none runs."""
    try:
        reply = send(commands, AskHealth(), timeout_s=5)
    except StationDownError:
        return None
    return reply if isinstance(reply, Health) else None


def _as_seen(name: str, options: Device, state: Online | Offline) -> Finding:
    driver = str(options.get("driver"))
    if driver == "disabled":
        return Finding(name, Grade.CARE, "已在设置中停用")
    if isinstance(state, Online):
        return Finding(name, Grade.GOOD, f"{driver} {state.detail}".strip())
    return Finding(name, Grade.BAD, f"{driver}：{state.reason}", "检查接线和设置")


def _by_opening(options: Mapping[str, Device], patience_s: float) -> Iterator[Finding]:
    with ExitStack() as stack:
        opened = {kind: _opened(kind, told, stack) for kind, told in options.items()}
        _wait_online(
            [each for each in opened.values() if not isinstance(each, DeviceError)], patience_s
        )
        for kind, device in opened.items():
            if isinstance(device, DeviceError):
                yield Finding(_NAMES[kind], Grade.BAD, str(device), "改正设置")
            else:
                yield _as_seen(_NAMES[kind], options[kind], device.state)


class _Opened(Protocol):
    state: Online | Offline


def _opened(kind: str, options: Device, stack: ExitStack) -> _Opened | DeviceError:
    try:
        device = devices.open(kind, options, **_PORTS.get(kind, {}))
    except DeviceError as error:
        return error
    stack.callback(device.close)
    return device  # type: ignore[no-any-return]


def _ignore(_event: object) -> None:
    pass


_PORTS: dict[str, dict[str, Callable[[object], None]]] = {
    "card_reader": {"emit": _ignore},
    "buttons": {"emit": _ignore},
}


def _wait_online(awaited: Sequence[_Opened], patience_s: float) -> None:
    """Wait until each is online or was disabled on purpose, at most `patience_s`."""
    ends_s = time.monotonic() + patience_s
    pause = threading.Event()
    while not all(map(_is_settled, awaited)) and time.monotonic() < ends_s:
        pause.wait(0.1)


def _is_settled(device: _Opened) -> bool:
    state = device.state
    return isinstance(state, Online) or state.reason == DISABLED
