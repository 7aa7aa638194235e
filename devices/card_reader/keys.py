"""What a keyboard-wedge reader types, from the key events of the Linux input layer.

A reader of this kind pretends to be a US keyboard. Some do not only send digits and Enter: they
hold Alt and type a character's number on the keypad, or send Ctrl+J for the end of the line. Codes
are those of ``linux/input-event-codes.h``.
"""

from __future__ import annotations

from collections.abc import Mapping

EV_KEY = 1
_RELEASED, _PRESSED = 0, 1
_ALT = {56, 100}
_CTRL = {29, 97}
_SHIFT = {42, 54}
_SILENT = {*_ALT, *_CTRL, *_SHIFT, 58, 69, 70, 125, 126}  # and the locks and the logo keys
_KEYPAD = {71: "7", 72: "8", 73: "9", 75: "4", 76: "5", 77: "6", 79: "1", 80: "2", 81: "3", 82: "0"}
_PLAIN = {
    **dict(zip(range(2, 12), "1234567890", strict=True)),
    **dict(zip(range(16, 26), "qwertyuiop", strict=True)),
    **dict(zip(range(30, 39), "asdfghjkl", strict=True)),
    **dict(zip(range(44, 51), "zxcvbnm", strict=True)),
    **_KEYPAD,
    **{28: "\r", 96: "\r", 12: "-", 39: ";", 51: ",", 52: ".", 57: " ", 74: "-", 83: "."},
}
_SHIFTED = {39: ":"}
_STRANGE = "?"  # a key that no card number has: the line must be refused, not read without it
_NUMBER_KEYS = (*range(2, 12), 28)


class KeyDecoder:
    """Turns key events into characters; knows which modifiers are down."""

    def __init__(self) -> None:
        self._down: set[int] = set()
        self._alt_code = ""

    def feed(self, type: int, code: int, value: int) -> str:
        """Take one event and return what it typed: mostly one character or none."""
        # 2 is auto-repeat: a reader that hangs for a moment would double a digit.
        if type != EV_KEY or value not in (_RELEASED, _PRESSED):
            return ""
        if value == _RELEASED:
            self._down.discard(code)
            return self._alt_released() if code in _ALT else ""
        self._down.add(code)
        return "" if code in _SILENT else self._typed(code)

    def _typed(self, code: int) -> str:
        if self._down & _ALT and code in _KEYPAD:
            self._alt_code = (self._alt_code + _KEYPAD[code])[:4]
            return ""
        if self._down & _CTRL and (letter := _PLAIN.get(code, "")).isalpha():
            # As ASCII defines Ctrl: Ctrl+J is LF, Ctrl+M is CR.
            return chr(ord(letter) & 0x1F)
        if self._down & _SHIFT:
            letter = _PLAIN.get(code, "")
            return _SHIFTED.get(code) or (
                letter if letter.isalpha() or letter in "\r " else _STRANGE
            )
        return _PLAIN.get(code, _STRANGE)

    def _alt_released(self) -> str:
        number, self._alt_code = self._alt_code, ""
        if not number:
            return ""
        return chr(int(number)) if int(number) < 128 else _STRANGE


def types_numbers(key_bits: bytes) -> bool:
    """Return from a device's capability bits (EVIOCGBIT of EV_KEY) whether it has the keys 1 to 0
    and Enter.
    """
    return all(
        code // 8 < len(key_bits) and key_bits[code // 8] >> code % 8 & 1 for code in _NUMBER_KEYS
    )


def choose(capabilities: Mapping[str, bytes]) -> str | None:
    """Return the one of a reader's event nodes, by path, that types numbers: some readers are also
    a mouse.
    """
    return next((path for path in sorted(capabilities) if types_numbers(capabilities[path])), None)
