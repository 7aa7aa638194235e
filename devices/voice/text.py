"""From a written sentence to the pinyin that espeak-ng reads right.

Given Hanzi, espeak-ng picks one reading a character and gets one in twenty wrong, in key words at
that (班长, 重新, 冲压). So it is given pinyin with tone digits. Everything here is pure.

pypinyin costs 58 MB and a fifth of a second to load: it is imported where it is used, which the
station never reaches. The station runs this module as a child, once for many sentences: JSON
`{"texts": [...], "readings": {...}}` in, for each text `[[character, sound], ...]` out.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Iterable
from typing import NamedTuple

import msgspec

from devices.voice import Readings, Sounded
from devices.voice.numerals import in_words

VERSION = 3
"""Part of every clip's key: raise it when a sentence comes out differently, and its old clip is
rendered again.
"""

_ROMAN = str.maketrans({chr(0x2160 + n): str(n + 1) for n in range(12)})
_DOTS = str.maketrans(dict.fromkeys("⋅•∙・･‧", "·"))
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "零一二三四五六七八九负")
_SUPERSCRIPT = re.compile("(?<=[0-9])⁻?[⁰¹²³⁴⁵⁶⁷⁸⁹]+")
_HANZI = "㐀-䶿一-鿿〇"
_TOKEN = re.compile(
    rf"([{_HANZI}]+)|([A-Za-z]+)|([^\S\n]+|[“”‘’\"'「」『』《》〈〉·*_])|([.。!?;\n])|(.)",
    re.DOTALL,
)
_READABLE = re.compile(rf"[{_HANZI}A-Za-z]")
_STOPS = {"!": "!", "?": "?"}
_BREATHS = (",", ".", "!", "?")
_LETTERS = {
    "A": "ei1",
    "B": "bi4",
    "C": "sei1",
    "D": "di4",
    "E": "yi4",
    "F": "ai2 fu5",
    "G": "ji4",
    "H": "ei2 chi5",
    "I": "ai4",
    "J": "zhei4",
    "K": "kei4",
    "L": "ai2 lou5",
    "M": "ai2 mu5",
    "N": "en1",
    "O": "ou1",
    "P": "pi4",
    "Q": "kiu1",
    "R": "er2",
    "S": "ai2 si5",
    "T": "ti4",
    "U": "you4",
    "V": "wei1",
    "W": "da2 bu5 liu5",
    "X": "ai2 ke5 si5",
    "Y": "wai4",
    "Z": "zei4",
}
"""How a letter is called in Chinese, near enough, in pinyin."""
_NUMERAL = "零〇一二三四五六七八九"
# 一 keeps its tone in ordinals, codes and at a word's end: 第一, 统一, 一号, 一点五, 二零一一.
_YI_KEPT = re.compile(
    rf"(?<=[第初统唯单专万之逐如划合不期周十百千亿点{_NUMERAL}])一|一(?=[{_NUMERAL}十月日号级班楼]|点[{_NUMERAL}]|$)"
)


class Batch(msgspec.Struct, frozen=True):
    """What the child is asked: sentences, and the readings of words to prefer."""

    texts: list[str]
    readings: dict[str, list[str]]


class Syllable(NamedTuple):
    """A character and how it sounds; `settled` when a dictionary of ours says so, and tone sandhi
    must not touch it.
    """

    hanzi: str
    sound: str
    settled: bool


def normalise(text: str) -> str:
    """Bring texts that sound the same to one form: NFKC, single blanks, no invisible characters."""
    # Before NFKC makes one comma of two: “1,200 米” is one number, “1，200 米” are two.
    text = re.sub(r"(?<![\d.])\d{1,3}(?:,\d{3})+(?!\d)", _ungrouped, text)
    text = re.sub(r"(?<=\d)(?=[¼½¾⅐-⅞])", "又", text)
    text = _SUPERSCRIPT.sub(lambda m: f"的{m[0].translate(_RAISED)}次方", text)
    text = unicodedata.normalize("NFKC", text.translate(_ROMAN)).translate(_DOTS)
    text = "".join(char for char in text if char == "\n" or unicodedata.category(char)[0] != "C")
    return re.sub(r"[^\S\n]*\n\s*", "\n", re.sub(r"[^\S\n]+", " ", text)).strip()


def _ungrouped(found: re.Match[str]) -> str:
    """Write 1,200 as one figure; 119,120 are two numbers to dial."""
    dialled = all(part in ("110", "119", "120", "122") for part in found[0].split(","))
    return found[0] if dialled else found[0].replace(",", "")


def is_readable(text: str) -> bool:
    """Return whether there is anything in a text to be spoken; marks alone have no sound."""
    return bool(_READABLE.search(text) or _READABLE.search(in_words(normalise(text))))


def pinyin(text: str, readings: Readings) -> str:
    """Return what the pinyin voice is to read: toned syllables, single Latin letters, and
    punctuation where one breathes.
    """
    return joined(sounded(text, readings))


def joined(sounds: Iterable[Sounded]) -> str:
    """Write sounds as the pinyin voice is to read them."""
    return "".join(
        sound.sound if sound.sound in _BREATHS else f" {_as_the_voice_reads(sound.sound)}"
        for sound in sounds
    ).strip()


def _as_the_voice_reads(sound: str) -> str:
    """Return a sound in letters that no espeak-ng takes for English.

    1.52 (Debian 13) does so with -iong and with Latin letters; 1.51 gives the same phonemes.
    """
    return _LETTERS.get(sound) or re.sub(r"^([jqx])iong(?=[1-5])", r"\1ong", sound)


def sounded(text: str, readings: Readings) -> list[Sounded]:
    """Return each character that is spoken with its sound, and the marks where one breathes."""
    spoken: list[Sounded] = []
    for hanzi, latin, silent, stop, pause in _TOKEN.findall(in_words(normalise(text))):
        if hanzi:
            spoken += map(Sounded, hanzi, _sandhi(_syllables(hanzi, readings)))
        elif latin:
            spoken += (Sounded(letter, letter) for letter in latin.upper())
        elif spoken and not silent and spoken[-1].sound not in _BREATHS:
            spoken.append(Sounded(stop or pause, _STOPS.get(stop, ".") if stop else ","))
    return spoken


def _syllables(hanzi: str, readings: Readings) -> list[Syllable]:
    """Read a run of Hanzi: our words as they stand, the rest by pypinyin.

    Our words are cut out first instead of being loaded into pypinyin, whose dictionary is one for
    the whole process.
    """
    found: list[Syllable] = []
    words = "|".join(map(re.escape, sorted(readings, key=len, reverse=True)))
    for piece in re.split(f"({words})", hanzi) if words else [hanzi]:
        settled = piece in readings
        sounds = readings[piece] if settled else _looked_up(piece)
        found += [Syllable(char, sound, settled) for char, sound in zip(piece, sounds, strict=True)]
    return found


def _looked_up(hanzi: str) -> list[str]:
    from pypinyin import Style, lazy_pinyin

    def unknown(chars: str) -> list[str]:
        return list(chars)  # one a character, so that characters and sounds stay in step

    return lazy_pinyin(hanzi, style=Style.TONE3, errors=unknown, neutral_tone_with_five=True)  # type: ignore[arg-type]


def _sandhi(said: list[Syllable]) -> list[str]:
    """Turn the tones of 不 and 一 by what follows; espeak-ng itself turns the third tone."""
    hanzi = "".join(syllable.hanzi for syllable in said)
    kept = {found.start() for found in _YI_KEPT.finditer(hanzi)}
    sounds = [syllable.sound for syllable in said]
    for at, (char, sound, settled) in enumerate(said):
        follows = said[at + 1].sound if at + 1 < len(said) else ""
        if char == "不" and sound == "bu4" and not settled:
            sounds[at] = "bu2" if follows.endswith("4") else "bu4"
        elif char == "一" and not settled:
            doubled = 0 < at < len(said) - 1 and hanzi[at - 1] == hanzi[at + 1]  # 看一看
            turned = "yi2" if follows.endswith("4") else "yi4"
            sounds[at] = "yi5" if doubled else "yi1" if at in kept else turned
    return sounds


def main() -> None:
    """Answer the batch on standard input."""
    batch = msgspec.json.decode(sys.stdin.buffer.read(), type=Batch)
    sys.stdout.buffer.write(
        msgspec.json.encode([sounded(text, batch.readings) for text in batch.texts])
    )


if __name__ == "__main__":
    main()
