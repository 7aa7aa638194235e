"""A reader on a serial port: UART, RS-232 or a USB adapter.

The port should be a symlink that follows the plug, from a udev rule or /dev/serial/by-id: it is
opened again after every disconnection, and a replugged adapter may come back as another ttyUSB.
"""

from __future__ import annotations

import termios
from collections.abc import Generator
from contextlib import closing
from functools import partial
from typing import Annotated, Literal, assert_never

import msgspec
from serial import Serial

from devices import DeviceOfflineError
from devices.card_reader import CardReader, Emit, Event
from devices.card_reader.framing import Framing
from devices.card_reader.framing.em18 import Em18
from devices.card_reader.framing.em4100 import Checksum
from devices.card_reader.framing.line import Lines, UnterminatedLines
from devices.card_reader.framing.merg import Merg
from devices.card_reader.framing.stx_etx import StxEtx
from devices.card_reader.numbers import Form
from devices.card_reader.reading import SupervisedReader
from devices.card_reader.wire import chunks
from devices.reasons import why
from devices.supervised import Link, Watcher

Baud = Literal[1200, 2400, 4800, 9600, 19200, 38400, 57600, 115200]
# Some fifty characters' time at 9600 baud: no reader pauses that long within a frame.
_BURST_GAP_S = 0.05


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Options of the driver.

    `framing`: "stx_etx" for RDM6300, 7941E, ID-12LA, ID-20LA; "em18"; "merg"; "line" for readers
    that send text. `checksum`: what the first three check, "sum" for some clones. `form`: which
    number a text is, see ``card_reader.numbers``; "auto" takes only what can be read in one way.
    `idle_flush_ms`: for "line" readers that send no end of line, the silence that ends a number, 30
    to 50; 0 where they do ("em18": 0 means 50).
    """

    port: str
    baud: Baud = 9600
    framing: Literal["stx_etx", "em18", "merg", "line"] = "stx_etx"
    checksum: Checksum = "xor"
    form: Form | Literal["auto"] = "auto"
    idle_flush_ms: Annotated[int, msgspec.Meta(ge=0, le=1000)] = 0

    def __post_init__(self) -> None:
        if self.framing != "line" and self.form not in ("auto", "10H"):
            raise ValueError(
                f'form {self.form!r} needs framing = "line"; {self.framing!r} always gives "10H"'
            )
        if self.framing in ("stx_etx", "merg") and self.idle_flush_ms:
            raise ValueError(
                f'idle_flush_ms is for "line" and "em18"; {self.framing!r} marks where a card ends'
            )


def open(settings: Settings, *, emit: Emit, watch: Watcher | None = None) -> CardReader:
    """Open the reader; returns at once."""
    return SupervisedReader(partial(_session, settings), emit, watch)


def _session(settings: Settings, link: Link) -> Generator[Event]:
    with closing(_opened(settings)) as port:
        link.online(settings.port)
        framing = _framing(settings)
        gap_s = settings.idle_flush_ms / 1000 or _BURST_GAP_S
        for data in chunks(port.fileno(), link, gap_s):
            yield from framing.feed(data) if data else framing.idle()


def _opened(settings: Settings) -> Serial:
    try:
        # Exclusive: another process on the port would take some of the bytes.
        return Serial(settings.port, settings.baud, timeout=0, exclusive=True)
    except OSError as error:
        # pyserial gives no number when the port cannot be configured, which is when it is no serial
        # port.
        reason = why(error) if error.errno else "不是串口，请检查设置中的路径"
        raise DeviceOfflineError(f"读卡器端口 {settings.port} {reason}") from error
    except termios.error as error:  # not an OSError: the port vanished while it was being flushed
        raise DeviceOfflineError(f"读卡器端口 {settings.port} 打开时断开") from error


def _framing(settings: Settings) -> Framing:
    match settings.framing:
        case "stx_etx":
            return StxEtx(settings.checksum)
        case "em18":
            return Em18(settings.checksum)
        case "merg":
            return Merg(settings.checksum)
        case "line":
            return (
                UnterminatedLines(settings.form) if settings.idle_flush_ms else Lines(settings.form)
            )
        case _:
            assert_never(settings.framing)
