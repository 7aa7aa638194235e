"""What happens at the door: from a card to the end of a check, its release, and a refusal of unsafe work."""

from __future__ import annotations

import enum


class Outcome(enum.StrEnum):
    """How a check ended."""

    PASSED = "passed"
    FAILED = "failed"
    ABANDONED = "abandoned"


class Answer(enum.StrEnum):
    """The three answers to a confirmation: 符合, 不符合, 不涉及."""

    OK = "ok"
    NOT_OK = "not_ok"
    NOT_APPLICABLE = "not_applicable"
