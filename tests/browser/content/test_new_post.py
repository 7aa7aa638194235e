"""From nothing to a worker who passes: a supervisor writes a new post on a phone, publishes it, and
somebody goes through it.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from kiosk.demo.run import voice_cache
from kiosk.model.people import Worker
from tests.fakes.office import Office, an_office
from tests.fakes.running import SIMULATED
from tests.fakes.waiting import until

pytestmark = pytest.mark.browser
BEATS = ("想 ", "看 看", "指 ", "述 ")
STEPS = (
    ("开机前没看，手会被卷进去", "卡盘扳手已取下", "卡盘", "扳手已取下，确认！"),
    ("急停按不动，停不住", "急停弹起，按下能停", "急停按钮", "急停好用，可以作业，确认完毕！"),
)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """With a real voice: what is written here is listened to before it is published."""
    voice = {"driver": "pyttsx3", "cache_dir": str(voice_cache())}
    with an_office(tmp_path / "data", voice=voice, camera=SIMULATED) as office:
        yield office


@pytest.fixture
def photo(browser: Browser, tmp_path: Path) -> Path:
    """A real photo file, larger than what is kept of it."""
    page = browser.new_page(viewport={"width": 2400, "height": 1800})
    page.set_content(
        "<body style='background:linear-gradient(45deg,#245,#fc0,#a33)'><h1>数控车床</h1>"
    )
    path = tmp_path / "lathe.png"
    page.screenshot(path=path)
    page.close()
    return path


def next_part(page: Page) -> None:
    page.get_by_role("button", name="保存，下一页").click()


def write_steps(page: Page) -> None:
    for index, step in enumerate(STEPS):
        if index:
            page.get_by_role("button", name="加一步").click()
            expect(page.locator(".card")).to_have_count(index + 1)
        for label, text in zip(BEATS, step, strict=True):
            page.locator(".card").nth(index).get_by_label(label).fill(text)


def mark_the_spot(page: Page, photo: Path) -> None:
    page.locator(".card").first.get_by_role("button", name="设指认点").click()
    page.get_by_label("上传照片").set_input_files(photo)
    page.get_by_role("button", name="用这张照片").click()
    picture = page.locator(".marking img")
    until(lambda: picture.evaluate("image => image.naturalWidth") == 1600)
    box = picture.bounding_box()
    assert box
    page.touchscreen.tap(box["x"] + box["width"] * 0.25, box["y"] + box["height"] * 0.5)
    expect(page.locator(".ring")).to_be_visible()
    page.get_by_role("button", name="保存指认点").click()
    expect(page.get_by_text("指认点已保存")).to_be_visible()


def write_the_rest(page: Page) -> None:
    page.get_by_label("问题").fill("卡盘转着，能不能用手摸工件？")
    for number, choice in enumerate(
        ("能，戴手套就行", "不能，停稳断电再摸", "慢转时可以"), start=1
    ):
        page.get_by_label(f"选项 {number}").fill(choice)
    page.get_by_label("正确答案 2").check(force=True)
    next_part(page)
    page.get_by_label("情景").fill("工件没夹紧就开机，飞出来打在脸上")
    page.get_by_label("机械伤害").check()
    page.get_by_label("防范措施 1").fill("夹紧再开机")
    page.get_by_label("应急处置 1").fill("按急停，叫人")
    next_part(page)
    page.get_by_label("名称").fill("机械伤人")
    page.get_by_label("处置步骤 1").fill("按急停断电")
    page.get_by_label("电话").fill("120")
    next_part(page)
    next_part(page)


def seconds_heard(page: Page, field: Locator) -> float:
    """Touch 听 beside a field, and return how long what is played lasts."""
    sound = page.locator("[data-sound]")
    field.locator("[data-hear]").tap()
    until(lambda: sound.evaluate("audio => audio.readyState > 0 && audio.currentTime > 0"), 120)
    return float(sound.evaluate("audio => audio.duration"))


def hear_in_place(page: Page) -> None:
    """Listen to what has just been typed, unsaved, beside its field; the longer sentence is heard
    longer.
    """
    field = page.locator("[data-spoken]").filter(has=page.get_by_label(BEATS[-1])).last
    spoken = STEPS[-1][-1]
    whole = seconds_heard(page, field)
    assert 3 < whole < 9
    expect(field.locator("[data-hear]")).to_have_attribute("data-state", "playing")
    field.locator("[data-hear]").tap()
    expect(field.locator("[data-hear]")).to_have_attribute("data-state", "")
    field.get_by_label(BEATS[-1]).fill(spoken[:5])
    assert seconds_heard(page, field) < whole - 1
    field.get_by_label(BEATS[-1]).fill(spoken * 3)
    field.locator("[data-hear]").tap()
    expect(field.locator("[data-unheard]")).to_contain_text("念完要")
    field.get_by_label(BEATS[-1]).fill("！！！")
    field.locator("[data-hear]").tap()
    expect(field.locator("[data-unheard]")).to_contain_text("没有可以读出的文字")
    field.get_by_label(BEATS[-1]).fill(spoken)
    assert seconds_heard(page, field) == pytest.approx(whole)
    expect(field.locator("[data-unheard]")).to_have_count(0)


def mend_the_reading(page: Page) -> None:
    """Put a word's reading right, and come back to the very field, with all that was typed."""
    field = page.locator("[data-spoken]").filter(has=page.get_by_label(BEATS[-1])).last
    before = seconds_heard(page, field)
    field.get_by_role("button", name="改读音").tap()
    expect(page.locator("[data-ruby]")).to_contain_text("ting2")
    page.locator("[name=word]").fill("弹起")
    page.locator("[name=sounds]").fill("tan2 qi3")
    page.get_by_role("button", name="以后都这样读").click()
    expect(page.get_by_text("本厂词典：弹起 读 tan2 qi3")).to_have_count(0)
    page.get_by_role("link", name="回到草稿").last.click()
    expect(field.get_by_label(BEATS[-1])).to_have_value(STEPS[-1][-1])
    assert seconds_heard(page, field) == pytest.approx(before)


@pytest.mark.parametrize("size", [(390, 740), (1024, 600)])
def test_a_drawing_is_shown_large_enough_to_be_marked(
    page: Page, office: Office, size: tuple[int, int]
) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.goto(f"{office.url}/content/packs/henan-small-factory/copy")
    page.get_by_label("打磨抛光工(干式)").check()
    page.get_by_role("button", name="复制所选岗位").click()
    page.goto(f"{page.url}/spot/grinder/start-of-shift/dust-collection")
    box = page.locator(".marking img").bounding_box()
    assert box
    assert box["width"] > 340
    assert box["height"] > 250
    expect(page.locator(".ring")).to_be_visible()


# A real voice renders every sentence of the door: a minute of one core alone.
@pytest.mark.timeout(300)
def test_a_new_post_is_made_published_and_gone_through(
    browser: Browser, page: Page, office: Office, photo: Path
) -> None:
    page.get_by_role("link", name="内容", exact=True).click()
    page.get_by_role("link", name="新建岗位").click()
    page.get_by_label("岗位名称").fill("数控车工")
    page.get_by_role("button", name="开始写").click()
    expect(page.get_by_role("heading", name="手指口述")).to_be_visible()
    write_steps(page)
    hear_in_place(page)
    mend_the_reading(page)
    mark_the_spot(page, photo)
    next_part(page)
    write_the_rest(page)

    expect(page.locator(".missing")).to_have_count(0)
    page.get_by_role("link", name="预览").click()
    screen = page.frame_locator("iframe")
    expect(screen.get_by_text("卡盘转着，")).to_be_visible()
    page.get_by_label("下一屏").click()
    expect(screen.locator(".target img")).to_be_visible()
    page.get_by_label("返回").click()

    page.get_by_role("link", name="检查并发布").click()
    expect(page.get_by_text("全部是新内容")).to_be_visible()
    page.get_by_role("button", name="发布").click()
    expect(page.get_by_text("已发布“本厂内容：数控车工”第 1.0 版")).to_be_visible()
    # All of it can be heard.
    until(lambda: page.reload() and page.locator("[data-state=well]").count(), 200)
    (pack, version) = office.published()[0]
    assert version == "1.0"

    door = office.station.door
    (post,) = next(each for each in door.packs if each.id == pack).posts
    assert not list((office.place.data / "review/drafts").glob("*.json"))
    office.assign("A001", post.id)
    lathe = Worker("A001", "张三", posts=(post.id,))
    until(lambda: _is_heard(office, lathe), 200)
    walk_through(browser, office)
    page.goto(f"{office.url}/")
    page.get_by_text("张三").first.click()
    expect(page.get_by_text("急停好用，可以作业，确认完毕！")).to_be_visible()
    expect(page.get_by_text("内容已更新")).to_have_count(0)


def _is_heard(office: Office, worker: Worker) -> bool:
    """Return whether a check of this worker can be heard: before, a card is asked to wait."""
    speech = office.station.speech
    return speech is not None and speech.suffices(worker, office.station.door.posts)


def walk_through(browser: Browser, office: Office) -> None:
    """Badge in as a worker and touch what the screen asks for, until green."""
    context = browser.new_context(
        viewport={"width": 1024, "height": 600}, has_touch=True, locale="zh-CN"
    )
    screen = context.new_page()
    screen.goto(office.touch_url)
    expect(screen.locator("#kiosk[data-template=waiting]")).to_be_visible()
    office.tap("A001")
    office.touch_until_calling()
    kiosk = screen.locator("#kiosk")
    for step in STEPS:
        expect(screen.locator(".says")).to_contain_text(step[3][:5])
        scene = kiosk.get_attribute("data-scene") or ""
        if screen.locator("[data-target]").count():
            expect(screen.locator(".spot")).to_be_visible()
            screen.locator("#kiosk[data-js-armed]").wait_for(state="attached")
            spot = screen.locator(".spot").bounding_box()
            assert spot
            screen.touchscreen.tap(spot["x"] + spot["width"] / 2, spot["y"] + spot["height"] / 2)
        else:
            screen.locator("#kiosk[data-js-armed]").wait_for(state="attached")
            screen.locator(".foot .button.main").tap()
        expect(kiosk).not_to_have_attribute("data-scene", scene)
    office.finish()
    expect(screen.locator("#kiosk[data-signal=passed]")).to_be_visible()
    context.close()
