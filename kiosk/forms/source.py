"""What the forms are filled from, and ids as people know them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, tzinfo

import msgspec
from msgspec.structs import replace

from kiosk.flow.door import Door
from kiosk.model.content import Basis, Pack, Part, Post, Work, reason_of
from kiosk.model.enterprise import Enterprise, Unit, Workshop
from kiosk.model.lists import AccidentLists
from kiosk.packs.shelf import laid_over
from kiosk.records.checks.rows import CheckRow

Say = Callable[..., str]
"""Returns a text of config/texts/forms.toml by its key, its named places filled in."""


def _only_present(_pack: str, _version: str, _digest: str) -> Pack | None:
    return None


class Author(msgspec.Struct, frozen=True):
    """Who published a version of a pack, and when (UTC)."""

    worker: str
    at: str


class Source(msgspec.Struct, frozen=True):
    """Content, tree and words of one station.

    `names` are people's by 工号; one who is not in it stays an id. `authors` are those of published
    packs, by their digests.

    `version_of` finds a pack that is no longer in use, by id, version and digest; None when it is
    gone.
    """

    door: Door
    lists: AccidentLists
    enterprise: Enterprise
    station: str
    company: str
    zone: tzinfo
    say: Say
    names: Mapping[str, str] = {}
    authors: Mapping[str, Author] = {}
    version_of: Callable[[str, str, str], Pack | None] = _only_present
    titles: Mapping[str, str] = {}
    """What rules call works, by their ids; the others are called as their packs do."""

    def of_check(self, row: CheckRow) -> Source:
        """Return the source with the content that a check was made with, where that is still
        there.
        """
        present = self.door.pack_of(row.post) if row.post in self.door.known_posts else None
        if not row.post or (present and present.digest == row.pack_digest):
            return self
        pack = self.version_of(row.pack, row.pack_version, row.pack_digest)
        if pack is None:
            return self
        return replace(self, door=replace(self.door, packs=laid_over(self.door.packs, [pack])))

    def name(self, worker_id: str) -> str:
        """Return a person's name, or the id of one who was erased or never known."""
        return self.names.get(worker_id) or worker_id

    def by_name(self, worker_id: str) -> str:
        """Return a person for a form that hangs on a wall: where the name is not known, room to
        write it before the 工号.
        """
        known = self.names.get(worker_id)
        return known or self.say("form.name_blank", worker=worker_id)

    def written(self, pack: Pack) -> str:
        """Return who wrote a pack and when: who published it, or room to write it in by hand."""
        author = self.authors.get(pack.digest)
        if author is None:
            return self.say("form.written_blank")
        name, on = self.by_name(author.worker), self.moment(author.at)[:10]
        return self.say("form.written", name=name, on=on)

    def post(self, post_id: str) -> str:
        """Return a post's title."""
        post = self.door.known_posts.get(post_id)
        return post.title if post else post_id

    def work(self, work_id: str) -> Work | None:
        """Find a hazardous work, of this factory or not."""
        work = self.door.known_works.get(work_id)
        return work and replace(work, title=self.titles.get(work_id) or work.title)

    def works(self, work_ids: Iterable[str]) -> list[Work]:
        """Return the hazardous works of these ids that anything is known of."""
        return [work for each in work_ids if (work := self.work(each))]

    def joined(self, texts: Iterable[str]) -> str:
        """Return texts in one line."""
        return self.say("form.joined").join(texts)

    def sentence(self, texts: Iterable[str]) -> str:
        """Return statements as one sentence."""
        return self.say("form.sentence_end").join(texts) + self.say("form.list_end")

    def counted(self, texts: Iterable[str]) -> str:
        """Return steps as one sentence, each with its number in a circle."""
        return self.sentence(f"{chr(0x2460 + index)}{text}" for index, text in enumerate(texts))

    def moment(self, at: str) -> str:
        """Return local date and time of a UTC stamp."""
        return f"{datetime.fromisoformat(at).astimezone(self.zone):%Y-%m-%d %H:%M:%S}"

    def reason(self, of: str, reason_id: str) -> str:
        """Return the text of a reason from the short list `of`, such as "not_ok"."""
        found = reason_of(getattr(self.door.reasons, of), reason_id)
        return found.text if found else reason_id

    def level(self, rule_set_id: str, work_id: str, level_id: str) -> str:
        """Return the title of a permit's level."""
        rule_set = next((each for each in self.door.rule_sets if each.id == rule_set_id), None)
        rule = rule_set.rule(work_id) if rule_set else None
        level = rule.level(level_id) if rule else None
        return level.title if level else level_id

    def ended(self, code: str) -> str:
        """Return why a check did not pass, from a reason as recorded in `check.closed`."""
        match code.split(":"):
            case ["part", part, reason] if part in list(Part):
                return self.say(
                    "why.part", part=self.say(f"part.{part}"), reason=self.reason("not_ok", reason)
                )
            case ["abnormal", _, reason]:
                return self.say("why.abnormal", reason=self.reason("abnormal", reason))
            case ["stop_work", reason]:
                return self.say("why.stop_work", reason=self.reason("stop_work", reason))
            case [("timeout" | "left" | "power") as why]:
                return self.say(f"why.{why}")
        return code

    def place_of(self, post_id: str) -> tuple[Workshop, Unit] | None:
        """Find the first unit that has a post."""
        units = ((shop, unit) for shop in self.enterprise.workshops for unit in shop.units)
        return next((place for place in units if post_id in place[1].posts), None)

    def lead(self, post: Post) -> str:
        """Return the line under a form's title that says whose it is."""
        place = self.place_of(post.id)
        about = (
            self.say(
                "form.post_of_unit", workshop=place[0].title, unit=place[1].title, post=post.title
            )
            if place
            else self.say("form.post", post=post.title)
        )
        return self.say("form.lead", company=self.company, about=about)

    def content(self, pack: Pack) -> str:
        """Return a pack's name and version."""
        effective_on = pack.effective_on.isoformat()
        return self.say(
            "form.content", title=pack.title, version=pack.version, effective_on=effective_on
        )

    def basis(self, sources: Iterable[Basis]) -> str:
        """Return the standards that something is based on; without one, the enterprise's own
        procedure.
        """
        named = (f"{each.standard} {each.clause}".strip() for each in sources if each.standard)
        texts = list(dict.fromkeys(named))
        return self.say("form.basis", basis=self.joined([*texts, self.say("form.by_procedure")]))
