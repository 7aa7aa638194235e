"""One card, many numbers: the forms in which readers print a chip, and how one follows from
another.

An EM4100 chip holds 40 bits, a customer byte and a 32-bit id; a Mifare chip a 32-bit UID. Readers
print all or part of that as hex or decimal, so a look-up must try every form that the one read
implies. The names are those of Chinese reader manuals (8H→10D and so on, tabulated at
i-keys.de/de/Chip-Codes); "-R" is 反码, the id with its bytes reversed. 8D and 3D.5D keep only 24
bits: two cards may share them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Literal, NoReturn, get_args

import msgspec

from devices import DeviceError

Form = Literal["10H", "13D", "8H", "10D", "8D", "3D.5D", "5D.5D", "8H-R", "10D-R"]
FORMS: tuple[str, ...] = get_args(Form)


class CardNumberError(DeviceError, ValueError):
    """A text is no card number of the form asked for; the message is for the person who typed or
    imported it.
    """


class Card(msgspec.Struct, frozen=True):
    """A card as one reader prints it: `form` is one of FORMS, `number` the canonical text in that
    form.

    Canonical is upper-case hex or zero-padded decimals, with a comma between two fields
    ("111,27706"). Raises CardNumberError for anything else; `parse` accepts looser text.
    """

    form: str
    number: str

    def __post_init__(self) -> None:
        canonical = _canonical(self.form, self.number)
        if canonical != self.number:
            raise CardNumberError(f"卡号应写作 {canonical}，收到的是 {self.number!r}")


class _Notation(msgspec.Struct, frozen=True):
    """How a number of this many bits is written: `shape` has a group a field, which `read` makes a
    number.
    """

    bits: int
    looks: str
    shape: re.Pattern[str]
    read: Callable[[re.Match[str]], int]
    write: Callable[[int], str]


def _hex(octets: int) -> _Notation:
    return _Notation(
        bits=octets * 8,
        looks=f"{octets * 2} 位十六进制数",
        shape=re.compile(rf"[0-9A-F]{{2}}(?:[ :-]?[0-9A-F]{{2}}){{{octets - 1}}}"),
        read=lambda match: int(re.sub("[ :-]", "", match[0]), 16),
        write=f"{{:0{octets * 2}X}}".format,
    )


def _decimal(digits: int, bits: int) -> _Notation:
    return _Notation(
        bits=bits,
        looks=f"{digits} 位数字",
        shape=re.compile(rf"[0-9]{{{digits}}}"),
        read=lambda match: int(match[0]),
        write=f"{{:0{digits}d}}".format,
    )


def _two_fields(digits: int, bits: int) -> _Notation:
    return _Notation(
        bits=bits,
        looks=f"{digits} 位数字、逗号、5 位数字",
        shape=re.compile(rf"([0-9]{{{digits}}})[,.: -]?([0-9]{{5}})"),
        read=lambda match: int(match[1]) << 16 | _at_most_16_bits(int(match[2])),
        write=lambda number: f"{number >> 16:0{digits}d},{number & 0xFFFF:05d}",
    )


def _at_most_16_bits(number: int) -> int:
    if number > 0xFFFF:
        raise OverflowError(number)
    return number


def _reversed(plain: _Notation) -> _Notation:
    def swap(number: int) -> int:
        return int.from_bytes(number.to_bytes(plain.bits // 8, "little"), "big")

    return msgspec.structs.replace(
        plain,
        read=lambda match: swap(plain.read(match)),
        write=lambda number: plain.write(swap(number)),
    )


_NOTATIONS: dict[str, _Notation] = {
    "10H": _hex(5),
    "13D": _decimal(13, bits=40),
    "8H": _hex(4),
    "10D": _decimal(10, bits=32),
    "8D": _decimal(8, bits=24),
    "3D.5D": _two_fields(3, bits=24),
    "5D.5D": _two_fields(5, bits=32),
    "8H-R": _reversed(_hex(4)),
    "10D-R": _reversed(_decimal(10, bits=32)),
}


def parse(form: str, text: str) -> Card:
    """Read `text` as a card number in `form`: upper or lower case, a comma or another mark between
    fields.

    Digits are never filled up: on the wire a short number is half a number. Raise CardNumberError.
    """
    return Card(form, _canonical(form, text))


def projections(card: Card) -> tuple[Card, ...]:
    """Return the card itself, then every other form that follows from it, in the order of FORMS."""
    return (card, *_others(card))


def _others(card: Card) -> Iterator[Card]:
    known_bits = _NOTATIONS[card.form].bits
    number = _read(card.form, card.number)
    for form, notation in _NOTATIONS.items():
        # Only to fewer bits: what 8D left out cannot be known.
        if form != card.form and notation.bits <= known_bits:
            yield Card(form, notation.write(number & ((1 << notation.bits) - 1)))


def _canonical(form: str, text: str) -> str:
    number = _read(form, text)
    return _NOTATIONS[form].write(number)


def _read(form: str, text: str) -> int:
    notation = _NOTATIONS.get(form)
    if notation is None:
        raise CardNumberError(f"没有 {form!r} 这种卡号格式，可用：{'、'.join(FORMS)}")
    match = notation.shape.fullmatch(text.strip().upper())
    if match is None:
        _refuse(form, notation, text)
    try:
        number = notation.read(match)
    except OverflowError:
        _refuse(form, notation, text)
    # Ten decimal digits reach beyond 32 bits.
    if number >> notation.bits:
        _refuse(form, notation, text)
    return number


def _refuse(form: str, notation: _Notation, text: str) -> NoReturn:
    raise CardNumberError(
        f"{form} 卡号应为 {notation.looks}，不超过 {notation.bits} 位二进制，收到的是 {text!r}"
    )
