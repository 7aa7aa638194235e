"""`kiosk verify`: say whether anything was changed, lost or damaged since it was recorded."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from kiosk.journal.errors import MissingJournalError
from kiosk.journal.log import Head
from kiosk.journal.verify import Report, Witnesses, verify
from kiosk.processes.telling import tell
from kiosk.records.station.facts import HeadSigned
from sync.identity import KEY_FILE, head_is_genuine, open_identity
from sync.progress import read_receipts


def verify_data(station: str, data: Path) -> int:
    """Verify a data folder and print what was found; status 0 when all is as it was recorded, else
    1.
    """
    if not (data / "journal.db").exists():
        tell(f"{data}：没有日志 journal.db")
        return 1
    try:
        report = verify(data, station, witnesses=witnesses(station, data))
    except MissingJournalError:
        tell(f"{data}：日志还没有建好，或者是旧版本的，请启动一次 kiosk station，它会接着做完")
        return 1
    except PermissionError as error:
        tell(f"{error.filename}：无权读取，请以站点用户运行")
        return 1
    tell("\n".join(_told(report)))
    return int(report.bad is not None)


def witnesses(station: str, data: Path) -> Witnesses:
    """Return who has seen the journal of a data folder: the station's key, and the county's
    receipts.
    """
    return Witnesses(
        _signed_by(station, data),
        lambda: [Head(held.seq, held.hash) for held in read_receipts(data)],
    )


def _signed_by(station: str, data: Path) -> Callable[[HeadSigned], bool]:
    if not (
        data / KEY_FILE
    ).exists():  # a station that never made a key has signed nothing; asking must not make one
        return lambda _head: False
    key = open_identity(data, station).public_key
    return lambda head: head_is_genuine(head, key)


def _told(report: Report) -> list[str]:
    found = (
        f"记录 {report.entries} 条，照片 {report.photos} 张，链头 {report.head.seq} "
        f"{report.head.hash}"
    )
    seen = f"站点签名到第 {report.signed} 条，县级系统确认到第 {report.confirmed} 条"
    if report.bad is None:
        return [found, seen, "完好：没有改动，没有缺失"]
    where = f"第 {report.bad.seq} 条" if report.bad.seq else "日志"
    return [found, seen, f"{where}有问题：{report.bad.why}"]
