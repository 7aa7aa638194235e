"""The sample enterprise: its people show every way through the door, and all its posts have
content.
"""

from __future__ import annotations

from datetime import date

from kiosk.model.eligibility import Ground, refusals
from kiosk.model.people import Role
from kiosk.packs import load_enterprise, load_pack, load_roster
from tests.unit.packs.spoiling import CONFIG, SHIPPED


def test_sample_people_stand_for_every_way_through_the_door() -> None:
    workers = {
        worker.id: worker for worker in load_roster(CONFIG / "sample" / "people.toml").workers
    }
    posts = {post.id: post for post in load_pack(SHIPPED).posts}
    today = date(2026, 11, 2)

    grounds = {
        worker.name: [refusal.ground for refusal in refusals(worker, posts, today)]
        for worker in workers.values()
        if not worker.role.may_release
    }

    assert {name for name, refused in grounds.items() if not refused} >= {
        "张三",
        "李四",
        "王五",
        "赵六",
        "郑十",
        "褚四",
    }
    assert grounds["孙七"] == [Ground.CERTIFICATE_EXPIRED]
    assert grounds["周八"] == [Ground.CERTIFICATE_MISSING]
    assert grounds["吴九"] == [Ground.BLOCKED]
    assert len(workers["A008"].posts) == 2
    assert [worker.role for worker in workers.values()].count(Role.SUPERVISOR) == 2


def test_sample_people_and_enterprise_use_posts_that_have_content() -> None:
    posts = {post.id for post in load_pack(SHIPPED).posts}
    roster = load_roster(CONFIG / "sample" / "people.toml")

    assert {post for worker in roster.workers for post in worker.posts} == posts
    assert set(load_enterprise(CONFIG / "sample" / "enterprise.toml").posts) == posts
    assert {card.worker for card in roster.cards} == {worker.id for worker in roster.workers}
