"""Ids as people know them: what the shipped lists and packs know, and the rest as a station wrote
it.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import msgspec

from kiosk.model.content import Pack, Part, Post, Reason, Reasons, Work, reason_of
from kiosk.model.drills import StepId, drill_of, step_at, step_of
from kiosk.model.outcome import Answer
from kiosk.model.outside import as_line
from kiosk.packs import load_packs, load_reasons
from sync.sentences import known, say

_REASONS = Path("lists/reasons.toml")
_PACKS = Path("packs")
_NONE = Reasons(not_ok=(), not_applicable=(), abnormal=(), stop_work=(), release=(), not_adopted=())


class Wording(msgspec.Struct, frozen=True):
    """Words for ids. A station's content may be another than what is shipped with the county: it
    is asked by the post's id, and what is not found is shown as it came.
    """

    reasons: Reasons = _NONE
    packs: tuple[Pack, ...] = ()

    def ended(self, code: str) -> str:
        """Return why a check did not pass, from a reason as recorded in `check.closed`."""
        match code.split(":"):
            case ["part", part, reason] if part in set(Part):
                return say("why_part", part=say(part), reason=self.not_ok(reason))
            case ["abnormal", _, reason]:
                return say("why_abnormal", reason=self.abnormal(reason))
            case ["stop_work", reason]:
                return say("why_stop_work", reason=self.stop_work(reason))
        return known(f"why_{code}", as_line(code))

    def refused(self, code: str) -> str:
        """Return why a card was refused, from a reason as recorded in `check.refused`."""
        ground, _, about = code.partition(":")
        sentence = known(f"ground_{ground}", "")
        return sentence.format(about=as_line(about)) if sentence else as_line(code)

    def not_ok(self, reason: str) -> str:
        """Return why a confirmation is 不符合."""
        return _text(self.reasons.not_ok, reason)

    def abnormal(self, reason: str) -> str:
        """Return what was reported as 异常."""
        return _text(self.reasons.abnormal, reason)

    def stop_work(self, reason: str) -> str:
        """Return why somebody stopped work."""
        return _text(self.reasons.stop_work, reason)

    def release(self, reason: str) -> str:
        """Return why somebody was let in after all."""
        return _text(self.reasons.release, reason)

    def answered(self, answer: Answer, reason: str) -> str:
        """Return the reason that was given with an answer to a confirmation."""
        if answer is Answer.NOT_APPLICABLE:
            return _text(self.reasons.not_applicable, reason)
        return self.not_ok(reason)

    def works(self, ids: Iterable[str]) -> tuple[str, ...]:
        """Return the titles of hazardous works."""
        titles = {work.id: work.title for pack in self.packs for work in pack.works}
        return tuple(titles.get(each, as_line(each)) for each in ids)

    def question(self, post_id: str, question_id: str) -> str:
        """Return a question of a post."""
        post = self._post(post_id)
        asked = (each.text for each in post.questions if each.id == question_id) if post else ()
        return next(iter(asked), as_line(question_id))

    def step(self, post_id: str, step_id: StepId) -> str:
        """Return what is called out at a step of a post's drills, or of a work's own."""
        step = step_of(self._post(post_id), self._works, step_id)
        return step.call if step else as_line(step_id.step)

    def drill(self, post_id: str, drill_id: str) -> str:
        """Return the title of a drill, by what records call it."""
        drill = drill_of(self._post(post_id), self._works, drill_id)
        return drill.title if drill else as_line(drill_id)

    def place(self, post_id: str, at: str) -> str:
        """Name where in a check something came to light: a part, a step, or another stage."""
        if at in set(Part):
            return say(at)
        step = step_at(self._post(post_id), self._works, at)
        return step.call if step else known(f"stage_{at}", as_line(at))

    def is_shipped(self, post_id: str, digest: str) -> bool:
        """Return whether a post's content, by its pack's digest, is what is shipped here."""
        return any(pack.post(post_id) and pack.digest == digest for pack in self.packs)

    @property
    def _works(self) -> dict[str, Work]:
        return {work.id: work for pack in self.packs for work in pack.works}

    def _post(self, post_id: str) -> Post | None:
        return next((post for pack in self.packs if (post := pack.post(post_id))), None)


NO_WORDS = Wording()


def load_wording(config: Path) -> Wording:
    """Load the lists and packs that lie in a folder of configuration; where there are none, nothing
    is known.

    Raise PackError.
    """
    reasons, packs = config / _REASONS, config / _PACKS
    return Wording(
        load_reasons(reasons) if reasons.exists() else _NONE,
        load_packs(packs) if packs.is_dir() else (),
    )


def _text(reasons: tuple[Reason, ...], reason_id: str) -> str:
    found = reason_of(reasons, reason_id)
    return found.text if found else as_line(reason_id)
