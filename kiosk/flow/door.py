"""What a door is set up with: its times and its content. It never changes while a check is open."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Annotated, Literal, Protocol

import msgspec
from msgspec.structs import replace

from kiosk.model.asking import Asked, asked_once
from kiosk.model.content import (
    Limit,
    Pack,
    Part,
    Phone,
    Post,
    Question,
    Reasons,
    Step,
    Work,
    in_order,
)
from kiosk.model.drills import DueDrill, DueStep, StepId, due_drills, due_steps, step_at, step_of
from kiosk.model.levels import DrillLevel
from kiosk.model.lists import AccidentLists
from kiosk.model.pace import SYLLABLE_S, announced_s, said_before_pointing, spoken_s
from kiosk.model.policy import CheckPolicy
from kiosk.model.rules import PermitRule, RuleSet, rule_of, titles_of
from kiosk.model.scenes import Scenes
from kiosk.records.checks.facts import PermitShown


class WithPermit(Protocol):
    """A permit as recorded: for which work, by which rules."""

    @property
    def work(self) -> str:
        """Return the id of the work."""

    @property
    def rule_set(self) -> str:
        """Return the id of the rule set."""


class Timings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Every duration at the door, in seconds."""

    dwell_s: float = 5.0
    """A drill step cannot be left before this; the forced pause is what pointing-and-calling works
    by.
    """
    syllable_s: Annotated[float, msgspec.Meta(ge=0, le=1)] = SYLLABLE_S
    """Nor before what is said first could have been said, at this time a syllable; 0 waits for no
    voice.
    """
    listen_s: float = 3.0
    """From showing the lines of a confirmation until the countdown begins."""
    countdown_s: float = 3.0
    photo_s: float = 6.0
    """After this without an answer from the camera, the photo counts as missed."""
    photo_attempts: int = 3
    """How many photos are asked for when the picture is covered, dark or missing; then it is
    accepted with a flag.
    """
    warn_s: float = 30.0
    """After this without a touch, the worker is asked whether they are still there."""
    abandon_s: float = 60.0
    """After this without a touch, the check is closed as abandoned."""
    call_s: float = 4.0
    """At 提示 and 考核: how long the sentence that had to be called is shown afterwards."""
    passed_s: float = 5.0
    failed_s: float = 20.0
    refused_s: float = 10.0
    on_record_s: float = 10.0
    enrol_s: float = 60.0
    """How long a card that a supervisor wants to register is awaited."""
    proposing_s: float = 30.0
    """After this without a touch, a danger that somebody is reporting (事故假想) is dropped."""
    notice_s: Annotated[float, msgspec.Meta(gt=0, le=60)] = 4.0
    """How long one sentence about the last input (没读到，请再刷一次) is shown."""
    news_s: Annotated[float, msgspec.Meta(gt=0, le=120)] = 15.0
    """How long it is shown what became of a danger that somebody reported; at most as long as the
    screen it came with.
    """
    side_s: float = 60.0
    """An emergency card or a list of reasons closes by itself after this."""

    def dwell_of(self, step: Step, level: DrillLevel, announced: str = "") -> float:
        """Return the seconds from which on a step can be pointed at: its own or the usual dwell,
        and never before what is said first is over: the title of a drill that begins with it
        (`announced`), and what the level gives away.
        """
        least_s = self.dwell_s if step.dwell_s is None else step.dwell_s
        said = said_before_pointing(step, level)
        said_s = sum(spoken_s(sentence, self.syllable_s) for sentence in said)
        return max(least_s, announced_s(announced, self.syllable_s) + said_s)


class DrillRules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """When a check is asked for, and how much of a drill is given away."""

    check: CheckPolicy = CheckPolicy.EACH_WORKER
    levels: bool = True
    """Whether help is taken away from who can do without; else everybody follows."""
    begins_at: DrillLevel = DrillLevel.FOLLOW
    """The level of a beginner."""


class CrewRules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How a whole crew is checked together (全班)."""

    offered: bool = False
    """Whether a leader's card asks: alone, or the whole crew?"""
    window_s: Annotated[float, msgspec.Meta(gt=0, le=900)] = 120.0
    """How long members can join; a touch ends it sooner."""
    close_s: Annotated[float, msgspec.Meta(gt=0, le=1800)] = 300.0
    """How long members can sign at the end; who has not is checked alone."""
    sign_s: Annotated[float, msgspec.Meta(gt=0, le=300)] = 45.0
    """How long the screen is one member's, to sign with a finger."""
    spot_check: Literal["each", "off"] = "each"
    """Whether one member of each crew is drawn to be checked alone."""


class OnSite(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What every emergency card says of this factory; what is empty is left out."""

    phone: Phone = ""
    """The factory's own number."""
    address: Annotated[str, msgspec.Meta(max_length=40)] = ""
    """Where the factory is, as it is told to who is called."""
    assembly_point: Annotated[str, msgspec.Meta(max_length=20)] = ""


class Door(msgspec.Struct, frozen=True):
    """The station's times, published packs and short lists of reasons."""

    timings: Timings
    packs: tuple[Pack, ...]
    reasons: Reasons
    rule_sets: tuple[RuleSet, ...] = ()
    """What asks for permits: the first set that names a work counts for it."""
    drill: DrillRules = DrillRules()
    crew: CrewRules = CrewRules()
    accidents: AccidentLists | None = None
    scenes: Scenes | None = None
    """What a worker puts a scene together from (事故假想); None: nobody is asked."""
    on_site: OnSite = OnSite()
    post_order: tuple[str, ...] = ()
    """Posts in the order in which they are offered; what is not named comes after."""
    work_order: tuple[str, ...] = ()

    @property
    def posts(self) -> dict[str, Post]:
        """Return the posts of this factory by id, in their order."""
        offered = [
            post for pack in self.packs for post in pack.posts if post.id not in pack.withheld_posts
        ]
        return {post.id: post for post in in_order(offered, self.post_order)}

    @property
    def works(self) -> dict[str, Work]:
        """Return the hazardous works of this factory by id, in their order, each with the title
        that its rule set has for it.
        """
        offered = [
            work for pack in self.packs for work in pack.works if work.id not in pack.withheld_works
        ]
        titles = titles_of(self.rule_sets)
        return {
            work.id: replace(work, title=titles.get(work.id) or work.title)
            for work in in_order(offered, self.work_order)
        }

    @property
    def known_posts(self) -> dict[str, Post]:
        """Return all posts by id, of this factory or not: what records may speak of."""
        return {post.id: post for pack in self.packs for post in pack.posts}

    @property
    def known_works(self) -> dict[str, Work]:
        """Return all hazardous works by id, of this factory or not, as their packs call them."""
        return {work.id: work for pack in self.packs for work in pack.works}

    def pack_of(self, post_id: str) -> Pack:
        """Return the pack that holds a post."""
        return next(pack for pack in self.packs if pack.post(post_id))

    def pack_of_work(self, work_id: str) -> Pack:
        """Return the pack that holds a hazardous work."""
        return next(pack for pack in self.packs if pack.work(work_id))

    def permit_rule(self, work_id: str, today: date) -> tuple[RuleSet, PermitRule] | None:
        """Return what asks for the permit of a work; None when nothing does."""
        return rule_of(self.rule_sets, work_id, today)

    def titles_shown(self, permits: Iterable[WithPermit]) -> dict[str, str]:
        """Return what the rules of these permits call their works, by the works' ids."""
        by_id = {rule_set.id: rule_set for rule_set in self.rule_sets}
        return {
            each.work: rule.title
            for each in permits
            if (rule_set := by_id.get(each.rule_set)) and (rule := rule_set.rule(each.work))
        }

    def reminders(self, permits: Iterable[PermitShown]) -> tuple[str, ...]:
        """Return what the rules of these permits remind of."""
        by_id = {rule_set.id: rule_set for rule_set in self.rule_sets}
        rules = (
            by_id[shown.rule_set].rule(shown.work) for shown in permits if shown.rule_set in by_id
        )
        return tuple(dict.fromkeys(line for rule in rules if rule for line in rule.reminders))

    def question(self, post_id: str, draw: int, question_id: str = "") -> Question:
        """Return a question of 应知应会; where there is none of this id (as in old entries), the
        one that the draw chooses.
        """
        questions = self.posts[post_id].questions
        drawn = questions[draw % len(questions)]
        return next((question for question in questions if question.id == question_id), drawn)

    def drills(self, post_id: str, works: tuple[str, ...]) -> tuple[DueDrill, ...]:
        """Return the drills of a check in their order: of the post, then of today's works."""
        return due_drills(self.posts[post_id], [self.works[work] for work in works])

    def steps(self, post_id: str, works: tuple[str, ...]) -> tuple[DueStep, ...]:
        """Return the steps of a check in their order."""
        return due_steps(self.posts[post_id], [self.works[work] for work in works])

    def step(self, post_id: str, step_id: StepId) -> Step:
        """Return a step of the post's drills, or of a work's own."""
        step = step_of(self.posts[post_id], self.works, step_id)
        assert step is not None
        return step

    def step_at(self, post_id: str, place: str) -> Step:
        """Return the step that a scene names or a report is filed under."""
        step = step_at(self.posts[post_id], self.works, place)
        assert step is not None
        return step

    def limits(self, works: tuple[str, ...]) -> tuple[Limit, ...]:
        """Return what must be measured before these works begin, each once."""
        return tuple(dict.fromkeys(limit for work in works for limit in self.works[work].limits))

    def lines(self, post_id: str, works: tuple[str, ...], part: Part) -> tuple[Asked, ...]:
        """Return the check lines of a confirmation: general, of the post, and of today's works;
        what says the same once.
        """
        return asked_once(
            self.pack_of(post_id).lines.of(part),
            self.posts[post_id].lines.of(part),
            [self.works[work].lines.of(part) for work in works],
        )
