"""`kiosk verify`: say whether anything was changed, lost or damaged since it was recorded."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console

from kiosk.journal.verify import verify


def verify_data(station: str, data: Path) -> int:
    """Verify a data folder and print what was found; status 0 when all is as it was recorded, else 1."""
    console = Console(highlight=False)
    if not (data / "journal.db").exists():
        console.print(f"{data}：没有日志 journal.db")
        return 1
    report = verify(data, station)
    console.print(
        f"记录 {report.entries} 条，照片 {report.photos} 张，链头 {report.head.seq} {report.head.hash}"
    )
    if report.bad is None:
        console.print("完好：没有改动，没有缺失")
        return 0
    console.print(f"第 {report.bad.seq} 条有问题：{report.bad.why}")
    return 1
