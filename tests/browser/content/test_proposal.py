"""From a worker's idea at the door to a step in a draft: told with a finger, written and approved
on a phone, one click.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from kiosk.flow.proposal_stages import Proposed, Telling
from kiosk.model.people import Role, Roster, Worker
from kiosk.processes.review import access_of
from kiosk.records.people.commands import ChangeRoster
from tests.browser.review.windows import PHONE
from tests.fakes.chromium import sign_in
from tests.fakes.office import PASSWORD, Office
from tests.fakes.waiting import until

pytestmark = pytest.mark.browser
BOSS = "S009"


@pytest.fixture
def boss(browser: Browser, office: Office) -> Iterator[Page]:
    """The main responsible person, signed in on a phone."""
    office.station.command(ChangeRoster(Roster((Worker(BOSS, "孙七", role=Role.RESPONSIBLE),))))
    access_of(office.place).set_password(BOSS, PASSWORD)
    context = browser.new_context(
        viewport={"width": PHONE[0], "height": PHONE[1]}, locale="zh-CN", has_touch=True
    )
    page = context.new_page()
    sign_in(page, office.url, BOSS, PASSWORD)
    yield page
    context.close()


@pytest.fixture
def door(browser: Browser, office: Office) -> Iterator[Page]:
    """The touch screen of a worker whose check has passed."""
    office.assign("A001", "grinder")
    context = browser.new_context(
        viewport={"width": 1024, "height": 600},
        locale="zh-CN",
        has_touch=True,
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.set_default_timeout(15_000)
    page.goto(office.touch_url)
    office.tap("A001")
    office.finish()
    yield page
    context.close()


def press(office: Office, door: Page, label: str) -> None:
    """Press what the newest screen shows, once it takes touches."""
    version = office.station.snapshot().version
    door.locator(f'#kiosk[data-version="{version}"][data-js-armed]').wait_for(state="attached")
    door.get_by_role("button", name=label, exact=True).tap()
    until(lambda: office.station.snapshot().version > version)


def test_what_a_worker_thought_of_becomes_a_step(
    office: Office, door: Page, page: Page, boss: Page
) -> None:
    for label in ("我想到一个危险", "物体打击", "机器旁边", "工件、碎片飞出来"):
        press(office, door, label)
    office.wait_for(Telling)
    press(office, door, "提交")
    office.wait_for(Proposed)

    page.goto(office.url)
    page.get_by_role("link", name="1条事故假想待处理").click()
    page.get_by_role("link", name="机器旁边，工件、碎片飞出来").click()
    expect(page.get_by_role("img", name="现场照片")).to_be_visible()
    page.get_by_label("防范检查要求").fill("砂轮无裂纹\n戴好面罩")
    page.get_by_label("紧急应对措施").fill("按急停\n报告班长")
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_text("已保存，等主要负责人审定")).to_be_visible()

    boss.goto(f"{office.url}/proposals")
    boss.get_by_role("link", name="机器旁边，工件、碎片飞出来").click()
    boss.get_by_role("button", name="采用", exact=True).click()
    expect(boss.get_by_text("提的人下次刷卡时会听到")).to_be_visible()

    boss.get_by_role("button", name="加进手指口述").click()
    expect(boss.get_by_text("已加进草稿")).to_be_visible()
    expect(
        boss.locator("input[value='砂轮无裂纹，确认！'], textarea").filter(visible=True).first
    ).to_be_visible()
    assert "砂轮无裂纹，确认！" in boss.content()

    office.go_to_waiting()
    office.tap("A001")
    door.get_by_text("你提的“机器旁边，工件、碎片飞出来”已采用").wait_for()
