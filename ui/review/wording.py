"""Ids as people know them: posts, works, reasons, stages, names and times."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta, tzinfo

from msgspec.structs import replace

from kiosk.flow.crew_gathering import LEFT_OUT
from kiosk.flow.door import Door
from kiosk.model.content import Part, Question, reason_of
from kiosk.model.drills import StepId, drill_of, step_at, step_of
from kiosk.model.eligibility import Ground
from kiosk.model.people import Worker
from kiosk.model.rules import titles_of
from kiosk.packs.shelf import laid_over
from kiosk.records.checks.rows import CheckRow, PermitRow, WorkRefusalRow
from ui.review.library import Library
from ui.texts import Texts


class Wording:
    """Words for what the journal holds ids of.

    What the content no longer knows is shown by its id.
    """

    def __init__(
        self, door: Door, texts: Texts, zone: tzinfo, library: Callable[[], Library] | None = None
    ) -> None:
        self._door = door
        self._texts = texts
        self._zone = zone
        self._library = library

    def of_check(self, row: CheckRow) -> Wording:
        """Return the words that a check was made with, where that version of its pack is still
        there; else those of today.
        """
        is_present = row.post in self._door.known_posts and not self.changed_since(
            row.post, row.pack_digest
        )
        if self._library is None or is_present:
            return self
        pack = self._library().of_check(row.pack, row.pack_version, row.pack_digest)
        if pack is None:
            return self
        door = replace(self._door, packs=laid_over(self._door.packs, [pack]))
        return Wording(door, self._texts, self._zone)

    def say(self, key: str, **values: object) -> str:
        """Return a text of the pages."""
        return self._texts.say(key, **values)

    def post(self, post_id: str) -> str:
        """Return a post's title."""
        post = self._door.known_posts.get(post_id)
        return post.title if post else post_id

    def works(
        self, work_ids: tuple[str, ...], permits: tuple[PermitRow, ...] | None = None
    ) -> list[str]:
        """Return the titles of hazardous works: as the rules of `permits` call them, of a record;
        without them, as those of today do.
        """
        titles = (
            titles_of(self._door.rule_sets) if permits is None else self._door.titles_shown(permits)
        )
        packs = {work_id: work.title for work_id, work in self._door.known_works.items()}
        return [titles.get(each) or packs.get(each, each) for each in work_ids]

    def all_works(self) -> list[tuple[str, str]]:
        """Return every hazardous work there is, by id and title."""
        return [(work.id, work.title) for work in self._door.works.values()]

    def permit_level(self, permit: PermitRow) -> str:
        """Return the title of a permit's level; empty where there is only one."""
        sets = (rule_set for rule_set in self._door.rule_sets if rule_set.id == permit.rule_set)
        rule = next((rule_set.rule(permit.work) for rule_set in sets), None)
        if rule is None:
            return permit.level
        level = rule.level(permit.level)
        return "" if len(rule.levels) == 1 else level.title if level else permit.level

    def permit_until(self, permit: PermitRow) -> str:
        """Return until when a permit holds, in words.

        Midnight is the end of the day before, as people write it.
        """
        if not permit.until:
            return self.say("permit.ended")
        until = datetime.fromisoformat(permit.until)
        day, hour = (until - timedelta(hours=1), 24) if until.hour == 0 else (until, until.hour)
        return self.say("permit.until", month=day.month, day=day.day, hour=hour)

    def refused_work(self, refusal: WorkRefusalRow) -> str:
        """Return which work was refused, and why."""
        work = self.works((refusal.work,))[0]
        return self.say("permit.refused", work=work, why=self._known("permit", refusal.fault))

    def part(self, part: Part) -> str:
        """Return a confirmation's title."""
        return self.say(f"part.{part}")

    def reason(self, of: str, reason_id: str) -> str:
        """Return the text of a reason from the short list `of`, such as "not_ok"."""
        found = reason_of(getattr(self._door.reasons, of), reason_id)
        return found.text if found else reason_id

    def ended(self, code: str) -> str:
        """Return why a check did not pass, from a reason as recorded in `check.closed`."""
        match code.split(":"):
            case ["part", part, reason] if part in list(Part):
                return self.say(
                    "why.part", part=self.part(Part(part)), reason=self.reason("not_ok", reason)
                )
            case ["abnormal", _, reason]:
                return self.say("why.abnormal", reason=self.reason("abnormal", reason))
            case ["stop_work", reason]:
                return self.say("why.stop_work", reason=self.reason("stop_work", reason))
            case [
                (
                    "timeout" | "left" | "power" | "not_signed" | "drawn" | "too_few" | "cancelled"
                ) as why
            ]:
                return self.say(f"why.{why}")
        return code

    def ground(self, code: str) -> str:
        """Return why a card was refused, from a reason as recorded in `check.refused`."""
        ground, _, about = code.partition(":")
        match ground:
            case Ground.BLOCKED | Ground.CERTIFICATE_MISSING | Ground.CERTIFICATE_EXPIRED:
                return self.say(f"ground.{ground}", about=about)
        return self._known("left_out" if ground in LEFT_OUT else "ground", ground)

    def stage(self, post_id: str, at: str) -> str:
        """Return the name of the place in a check where a danger came to light: a confirmation, a
        step of the drill, or another stage.
        """
        return self.part(Part(at)) if at in list(Part) else self.step_or_stage(post_id, at)

    def step_or_stage(self, post_id: str, at: str) -> str:
        """Return what is called out at a step of the drill, or else a stage's name; a step may have
        a confirmation's name.
        """
        step = step_at(self._door.known_posts.get(post_id), self._door.known_works, at)
        if step is not None:
            return step.call
        return self._known("part" if at in list(Part) else "stage", at)

    def step(self, post_id: str, step_id: StepId) -> str:
        """Return what is called out at a step of the post's drills, or of a work's own."""
        post = self._door.known_posts.get(post_id)
        step = step_of(post, self._door.known_works, step_id)
        return step.call if step else step_id.step

    def drill(self, post_id: str, drill_id: str) -> str:
        """Return the title of a drill, by what records call it."""
        post = self._door.known_posts.get(post_id)
        drill = drill_of(post, self._door.known_works, drill_id)
        return drill.title if drill else drill_id

    def question(self, post_id: str, question_id: str) -> Question | None:
        """Find a question of a post."""
        post = self._door.known_posts.get(post_id)
        questions = post.questions if post else ()
        return next((question for question in questions if question.id == question_id), None)

    def changed_since(self, post_id: str, pack_digest: str) -> bool:
        """Return whether the present content differs from what the worker saw."""
        return (
            post_id in self._door.known_posts and self._door.pack_of(post_id).digest != pack_digest
        )

    def fault(self, fault: str) -> str:
        """Return the name of what is wrong with a photo."""
        return self._known("fault", fault)

    def camera(self, reason: str) -> str:
        """Return why there is no photo; the camera's own sentence where it gave one."""
        return self._known("no_photo", reason)

    def time(self, at: str | None) -> str:
        """Return the local time of day of a UTC stamp."""
        return f"{self._local(at):%H:%M:%S}" if at else ""

    def moment(self, at: str | None) -> str:
        """Return local date and time of a UTC stamp."""
        return f"{self._local(at):%Y-%m-%d %H:%M:%S}" if at else ""

    def day(self, on: date) -> str:
        """Return a date as it is spoken."""
        return self.say(
            "days.long", month=on.month, day=on.day, weekday=self.say(f"weekday.d{on.isoweekday()}")
        )

    def took(self, opened_at: str, closed_at: str | None) -> str:
        """Return how long a check took; empty while it is open or when the clock jumped back."""
        if not closed_at:
            return ""
        seconds = round((self._local(closed_at) - self._local(opened_at)).total_seconds())
        minutes, rest = divmod(seconds, 60)
        return "" if seconds < 0 else self.say("check.took", minutes=minutes, seconds=f"{rest:02}")

    def _known(self, section: str, key: str) -> str:
        full = f"{section}.{key}"
        return self.say(full) if full in self._texts else key

    def _local(self, at: str) -> datetime:
        return datetime.fromisoformat(at).astimezone(self._zone)


def name_of(workers: Mapping[str, Worker], worker_id: str) -> str:
    """Return a worker's name; the id of one who was erased or never known."""
    worker = workers.get(worker_id)
    return worker.name if worker and worker.name else worker_id
