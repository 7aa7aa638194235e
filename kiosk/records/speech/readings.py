"""Readings as a person types them: taken apart, and refused in a sentence that says what is
wrong.
"""

from __future__ import annotations

from devices.voice.syllables import is_syllable, typed
from devices.voice.words import is_word

MOST_WORD = 12
MOST_SENTENCE = 60
"""Characters. What the door speaks is at most 38; a supervisor may try a longer one."""


def typed_sentence(text: str) -> str:
    """Return a sentence that can be tried out; empty when there is nothing to say or it is too
    long.
    """
    sentence = " ".join(text.split())
    return sentence if len(sentence) <= MOST_SENTENCE else ""


def sounds_of(typed_sounds: str) -> list[str]:
    """Take typed pinyin apart into toned syllables."""
    return typed(typed_sounds)


def objection_to(word: str, typed_sounds: str) -> str:
    """Return a sentence that says why a word cannot be read like this; empty when it can.

    Without sounds the word is read as the product does.
    """
    if not is_word(word) or len(word) > MOST_WORD:
        return f"词要用汉字写，最多 {MOST_WORD} 个字，不带字母、数字和标点"
    sounds = sounds_of(typed_sounds)
    if typed_sounds.strip() and not sounds:
        return "没有看懂拼音，请写成 qia3 liao4 这样"
    for sound in sounds:
        if not is_syllable(sound):
            return f"“{sound}”不是普通话的音节，请写成 qia3 liao4 这样，声调用 1 到 5，轻声是 5"
    if sounds and len(sounds) != len(word):
        return f"“{word}”有 {len(word)} 个字，要写 {len(word)} 个音节，现在是 {len(sounds)} 个"
    return ""
