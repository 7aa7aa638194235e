"""What is wrong with the contents of a command, in a sentence for the sender; empty when nothing
is.
"""

from __future__ import annotations

import unicodedata

FILLERS = frozenset("\u115f\u1160\u3164\uffa0")
"""Letters by name that show nothing (Unicode: Hangul fillers)."""


def has_words(text: str) -> bool:
    """Return whether there is anything to read: a letter or a digit, not only spaces, signs and
    characters without width.
    """
    return any(unicodedata.category(char)[0] in "LN" and char not in FILLERS for char in text)
