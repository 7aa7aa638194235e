"""A USB reader that pretends to be a keyboard, read at the Linux input layer.

The device is grabbed, so that its digits reach nobody else: typed into the screen's page they would
be input that nobody checked.
"""

from __future__ import annotations

import fcntl
import os
import struct
from collections.abc import Generator, Iterator
from contextlib import ExitStack
from functools import partial
from pathlib import Path

import msgspec

from devices import DeviceOfflineError
from devices.card_reader import CardReader, Emit, Event
from devices.card_reader.framing.line import Lines
from devices.card_reader.keys import KeyDecoder, choose
from devices.card_reader.numbers import Form
from devices.card_reader.reading import SupervisedReader
from devices.card_reader.wire import chunks
from devices.reasons import why
from devices.supervised import Link, Watcher

# linux/input.h: struct input_event (two longs of time, type, code, value) and three ioctl numbers.
EVENT = struct.Struct("@llHHi")
_EVIOCGRAB = 0x40044590
# KEY_MAX is 0x2ff: 768 bits.
_KEY_BYTES = 96
_EVIOCGBIT_EV_KEY = 0x80000000 | _KEY_BYTES << 16 | 0x4521
_HALF_TYPED_S = 0.3


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Options of the driver.

    `device`: the node below /dev/input/by-id; its name may have a "*" where a reader has several
    nodes: of these the one that types numbers is taken. `form`: which number the reader types, see
    ``card_reader.numbers``.
    """

    device: str
    form: Form


def open(settings: Settings, *, emit: Emit, watch: Watcher | None = None) -> CardReader:
    """Open the reader; returns at once."""
    return SupervisedReader(partial(_session, settings), emit, watch)


def _session(settings: Settings, link: Link) -> Generator[Event]:
    with ExitStack() as opened:
        path, fd = _opened(settings.device, opened)
        link.online(path)
        yield from read_cards(fd, link, settings.form)


def read_cards(fd: int, link: Link, form: str) -> Iterator[Event]:
    """Read input events from `fd` until closed, and yield the cards that they type."""
    keys, lines, rest = KeyDecoder(), Lines(form), b""
    for data in chunks(fd, link, _HALF_TYPED_S):
        # evdev never splits an event, but another source of bytes may.
        whole = len(rest + data) // EVENT.size * EVENT.size
        records, rest = (rest + data)[:whole], (rest + data)[whole:]
        for *_, kind, code, value in EVENT.iter_unpack(records):
            yield from lines.feed(keys.feed(kind, code, value).encode())
        if not data:
            yield from lines.idle()


def _opened(pattern: str, opened: ExitStack) -> tuple[str, int]:
    """Open the node that types numbers and grab it; `opened` closes it, and those that were only
    looked at.
    """
    try:
        nodes = {path: _node(path, opened) for path in _matches(pattern)}
        path = choose({path: _key_bits(fd) for path, fd in nodes.items()})
        if path is not None:
            fcntl.ioctl(nodes[path], _EVIOCGRAB, 1)
            return path, nodes[path]
    except OSError as error:
        raise DeviceOfflineError(f"读卡器 {pattern} {why(error)}") from error
    if nodes:
        raise DeviceOfflineError(f"读卡器 {pattern} 不会输入数字，请换用它的 event-kbd 节点")
    raise DeviceOfflineError(f"读卡器 {pattern} 没有找到，请检查插头和设置中的路径")


def _matches(pattern: str) -> list[str]:
    return [str(path) for path in Path(pattern).parent.glob(Path(pattern).name)]


def _node(path: str, opened: ExitStack) -> int:
    fd = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    opened.callback(os.close, fd)
    return fd


def _key_bits(fd: int) -> bytes:
    bits = bytearray(_KEY_BYTES)
    fcntl.ioctl(fd, _EVIOCGBIT_EV_KEY, bits)
    return bytes(bits)
