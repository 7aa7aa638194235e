"""The recorded reasons of a failed check as sentences, such as 工具装备不符合：损坏."""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.flow.door import Door
from kiosk.model.content import Part, Reason, fitting
from ui.texts import Texts


def sentence_of(reason: str, door: Door, texts: Texts) -> str:
    """Put `part:<part>:<reason>`, `abnormal:<at>:<reason>` or `stop_work:<reason>` into words;
    empty for any other.
    """
    kind, *_, last = reason.split(":")
    match kind:
        case "part":
            part = texts.say(f"part.{reason.split(':')[1]}")
            return texts.say("closed.part", part=part, reason=_text(door.reasons.not_ok, last))
        case "abnormal":
            return texts.say("closed.abnormal", reason=_text(door.reasons.abnormal, last))
        case "stop_work":
            return texts.say("closed.stop_work", reason=_text(door.reasons.stop_work, last))
    return ""


def _text(known: tuple[Reason, ...], reason_id: str) -> str:
    """Return the words of a reason; one that is no longer on the list keeps its identifier, rather
    than none.
    """
    return next((reason.text for reason in known if reason.id == reason_id), reason_id)


def sentences(door: Door, texts: Texts) -> Iterator[str]:
    """Yield every sentence that today's lists can make."""
    codes = (
        *(
            f"part:{part}:{reason.id}"
            for part in Part
            for reason in fitting(door.reasons.not_ok, part)
        ),
        *(f"abnormal::{reason.id}" for reason in door.reasons.abnormal),
        *(f"stop_work:{reason.id}" for reason in door.reasons.stop_work),
    )
    yield from (sentence_of(code, door, texts) for code in codes)
