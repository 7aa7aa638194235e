"""A supervisor at work in a real browser: on a phone in one hand, and on a desk."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from kiosk.model.content import Part
from kiosk.records import facts as f
from tests.browser.review.windows import DESK, PHONE, OpenPage, a_checked_worker
from tests.fakes.desk import SUPERVISOR, Desk
from tests.fakes.waiting import until

pytestmark = pytest.mark.browser


def verdicts(desk: Desk, check: str) -> list[f.Verdict]:
    return [review[1] for review in desk.reviews(check)]


def test_a_check_appears_by_itself_and_is_judged_with_the_thumb(
    desk: Desk, open_page: OpenPage, picture: bytes
) -> None:
    page = open_page()
    expect(page.get_by_text("还没有人检查")).to_be_visible()
    page.evaluate("window.neverReloaded = true")

    check = a_checked_worker(desk, picture)
    line = page.locator(f"#c-{check}")
    expect(line).to_be_visible()
    expect(line).to_contain_text("张三")
    expect(line).to_contain_text("未复核")
    expect(page.locator(".tally")).to_contain_text("已到1")
    assert page.evaluate("window.neverReloaded")

    line.click()
    accept = page.get_by_role("button", name="合格", exact=True)
    box = accept.bounding_box()
    assert box
    assert box["y"] > 740 * 2 / 3, "the thumb of the hand that holds the phone reaches the lower third"
    assert box["y"] + box["height"] <= 740
    assert box["height"] >= 56
    assert box["width"] >= 150
    accept.click()

    expect(page.get_by_text("已记录：合格")).to_be_visible()
    expect(page.locator(".given")).to_contain_text("王五")
    assert verdicts(desk, check) == [f.Verdict.ACCEPTED]
    page.get_by_label("返回列表").click()
    expect(page.locator(f"#c-{check} .decided")).to_have_text("合格")


def test_all_of_a_morning_is_judged_without_going_back_to_the_list(
    desk: Desk, open_page: OpenPage, picture: bytes
) -> None:
    checks = [a_checked_worker(desk, picture, worker) for worker in ("A001", "A002", "A003")]
    page = open_page(f"/checks/{checks[-1]}")
    for _ in range(2):
        page.get_by_role("button", name="合格", exact=True).click()
        page.get_by_role("link", name="下一条").click()
    page.get_by_role("button", name="合格", exact=True).click()
    expect(page.get_by_text("今天都复核完了")).to_be_visible()
    assert [verdicts(desk, check) for check in checks] == [[f.Verdict.ACCEPTED]] * 3


def test_a_rejection_asks_for_its_reason_before_anything_is_sent(
    desk: Desk, open_page: OpenPage, picture: bytes
) -> None:
    check = a_checked_worker(desk, picture)
    page = open_page(f"/checks/{check}")
    reject = page.locator(".judge .reject")
    reject.click()
    expect(page.locator(".judge").get_by_text("请选择或写明不合格的原因")).to_be_visible()
    assert desk.reviews(check) == []
    page.locator(".judge").get_by_label("不是本人").check()
    expect(page.locator(".judge").get_by_text("请选择或写明不合格的原因")).to_be_hidden()
    page.locator(".judge textarea").fill("与工卡照片不同")
    expect(reject).to_be_in_viewport()
    reject.click()
    expect(page.locator(".reviews")).to_contain_text("不是本人；与工卡照片不同")
    assert desk.reviews(check) == [(SUPERVISOR, f.Verdict.REJECTED, "不是本人；与工卡照片不同", "")]


def test_while_the_station_is_down_the_comment_stays(desk: Desk, open_page: OpenPage, picture: bytes) -> None:
    check = a_checked_worker(desk, picture)
    page = open_page(f"/checks/{check}")
    desk.stop_station()
    page.locator(".judge summary").click()
    page.locator(".judge textarea").fill("背面没拍到")
    page.locator(".judge .reject").click()
    expect(page.get_by_text("班前站没有运行，复核没有记录")).to_be_visible()
    expect(page.locator(".judge textarea")).to_have_value("背面没拍到")
    desk.start_station()
    page.locator(".judge .reject").click()
    expect(page.get_by_text("已记录：不合格")).to_be_visible()


@pytest.mark.parametrize("size", [PHONE, DESK])
def test_a_photo_opens_large_and_is_judged_by_itself(
    desk: Desk, open_page: OpenPage, picture: bytes, size: tuple[int, int]
) -> None:
    check = a_checked_worker(desk, picture)
    page = open_page(f"/checks/{check}", size)
    page.get_by_label("放大工作准备照片").click()
    dialog = page.locator("dialog[open]")
    shown = dialog.locator(".picture img")
    expect(shown).to_be_in_viewport()
    until(lambda: shown.evaluate("image => image.naturalWidth") == 640)
    dialog.get_by_label("下一张").click()
    expect(dialog).to_contain_text("知识技能")
    page.keyboard.press("ArrowLeft")
    expect(dialog).to_contain_text("工作准备")
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)

    page.get_by_label("放大工具装备照片").click()
    dialog.get_by_role("button", name="照片不合格").click()
    dialog.get_by_label("不是现场").check()
    dialog.get_by_role("button", name="照片不合格").click()
    expect(page.locator("figure").nth(2)).to_contain_text("照片不合格")
    ((_, verdict, comment, photo),) = desk.reviews(check)
    assert (verdict, comment) == (f.Verdict.REJECTED, "不是现场")
    assert desk.photos.path(photo)


def test_an_update_touches_only_what_changed(desk: Desk, open_page: OpenPage, picture: bytes) -> None:
    check = a_checked_worker(desk, picture)
    page = open_page(size=DESK)
    line = page.locator(f"#c-{check}")
    line.evaluate("node => { node.isTheSame = true }")
    line.focus()
    page.locator(".tally summary").click()
    expect(page.get_by_text("未到的人")).to_be_visible()
    newer = a_checked_worker(desk, picture, "A002")
    expect(page.locator(f"#c-{newer}")).to_be_visible()
    assert line.evaluate("node => node.isTheSame")
    expect(page.get_by_text("未到的人")).to_be_visible()
    expect(page.locator(".names")).not_to_contain_text("李四")


def test_the_confirmations_of_an_open_check_come_in_one_by_one(
    desk: Desk, open_page: OpenPage, picture: bytes
) -> None:
    page = open_page()
    check = desk.open_check()
    images = page.locator(f"#c-{check} img")
    for number, part in enumerate(Part, start=1):
        desk.confirm(check, part, photo=picture, thumbnail=picture)
        expect(images).to_have_count(number)
    until(lambda: all(images.evaluate_all("all => all.map(image => image.naturalWidth)")))


def test_a_lost_connection_is_told_and_comes_back(desk: Desk, open_page: OpenPage, picture: bytes) -> None:
    page = open_page()
    page.context.set_offline(True)
    expect(page.get_by_text("连接断开")).to_be_visible()
    check = a_checked_worker(desk, picture)
    page.context.set_offline(False)
    expect(page.locator(f"#c-{check}")).to_be_visible()
    expect(page.get_by_text("连接断开")).to_be_hidden()
    expect(page.get_by_text("自动更新")).to_be_visible()


def test_a_session_that_ran_out_leads_from_the_list_to_the_sign_in(desk: Desk, open_page: OpenPage) -> None:
    page = open_page()
    desk.clock.turn(minutes=31)
    expect(page.get_by_text("登录已过期")).to_be_visible()


def test_everything_works_without_script(desk: Desk, open_page: OpenPage, picture: bytes) -> None:
    check = a_checked_worker(desk, picture)
    page = open_page(f"/checks/{check}", java_script_enabled=False)
    page.locator(".judge .reject").click()
    expect(page.locator(".judge [role=alert]").first).to_contain_text("请选择或写明不合格的原因")
    page.locator(".judge").get_by_label("照片看不清").check()
    page.locator(".judge .reject").click()
    expect(page.get_by_text("已记录：不合格")).to_be_visible()
    assert desk.reviews(check) == [(SUPERVISOR, f.Verdict.REJECTED, "照片看不清", "")]
