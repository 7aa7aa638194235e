"""`kiosk render`: rendering all speech ahead, with a bar; interrupted, the next run (or the station) goes on where it was."""

from __future__ import annotations

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn


def speech_bar(console: Console) -> Progress:
    """Give the bar that shows how far speech is rendered."""
    columns = (
        TextColumn("语音合成"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("句，还要"),
        TimeRemainingColumn(),
    )
    return Progress(*columns, console=console)
