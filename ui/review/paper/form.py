"""The form in which a paper form is entered: what a browser sends as a command, and a record as
what stands in the form.
"""

from __future__ import annotations

from typing import Any

import msgspec
from werkzeug.datastructures import MultiDict

from kiosk.model.content import Part
from kiosk.model.outcome import Answer
from kiosk.records.paper.commands import RecordPaperCheck
from kiosk.records.paper.facts import PaperAnswer
from kiosk.records.paper.rows import PaperRow

Typed = MultiDict[str, str]


def command_of(form: Typed, by: str) -> RecordPaperCheck | str:
    """Return the form as a command, or the key of what is wrong with it."""
    answers = [_answer(form, part) for part in Part]
    for part, answer in zip(Part, answers, strict=True):
        if answer is None:
            return "needs_answers"
        if answer.answer is not Answer.OK and not answer.reason:
            return f"needs_reason_{part}"
    if not form.get("worker") or not form.get("post"):
        return "needs_person"
    if not form.get("cause") or not form.get("kept_at", "").strip():
        return "needs_paper"
    if form.get("corrects") and not form.get("why", "").strip():
        return "needs_why"
    try:
        return msgspec.convert(_fields(form, by, answers), RecordPaperCheck)
    except msgspec.ValidationError:
        return "unreadable"


def typed_of(row: PaperRow) -> Typed:
    """Return what stands in the form when a record is to be corrected."""
    names = ("worker", "post", "shift", "signed_by", "cause", "kept_at", "photo", "thumbnail")
    typed: Typed = MultiDict({name: str(getattr(row, name)) for name in names})
    typed["shift_on"] = row.shift_on.isoformat()
    typed["corrects"] = row.id
    typed.setlist("works", list(row.works))
    for answer in row.answers:
        typed[f"answer_{answer.part}"] = str(answer.answer)
        typed[f"reason_{answer.part}_{answer.answer}"] = answer.reason
    return typed


def _fields(form: Typed, by: str, answers: list[PaperAnswer | None]) -> dict[str, Any]:
    plain = ("shift", "cause", "photo", "thumbnail", "corrects")
    return {
        "type": "record_paper_check",
        "by": by,
        "worker": form["worker"],
        "post": form["post"],
        "shift_on": form.get("shift_on", ""),
        "answers": [msgspec.to_builtins(answer) for answer in answers],
        "signed_by": form.get("signed_by") or form["worker"],
        "kept_at": _line(form["kept_at"]),
        "why": _line(form.get("why", "")),
        "works": form.getlist("works"),
        **{name: form.get(name, "") for name in plain},
    }


def _line(text: str) -> str:
    return "".join(sign for sign in text.strip() if sign.isprintable())


def _answer(form: Typed, part: Part) -> PaperAnswer | None:
    said = form.get(f"answer_{part}", "")
    if said not in list(Answer):
        return None
    answer = Answer(said)
    reason = "" if answer is Answer.OK else form.get(f"reason_{part}_{answer}", "")
    return PaperAnswer(part, answer, reason)
