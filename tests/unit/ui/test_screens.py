"""What each stage shows and says."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import msgspec
import pytest
from msgspec.structs import replace

from devices.supervised import Offline
from kiosk.flow import stages as s
from kiosk.flow import touches as t
from kiosk.flow.signal import signal
from kiosk.flow.touches import AnyTouch
from kiosk.model.content import Limit
from kiosk.model.levels import DrillLevel
from kiosk.model.outcome import Answer
from kiosk.model.pace import said_before_pointing, spoken_s
from kiosk.model.people import Certificate
from kiosk.station.snapshot import Snapshot, Tally
from tests.fakes import stages
from tests.fakes.content import TODAY, WELDING
from tests.fakes.stages import CIRCUMSTANCES, SCREENS, the_door
from tests.fakes.station import ALL_WELL
from tests.fakes.visit import Visit
from ui.texts import Texts, load_texts
from ui.touch.screens import Screen, every_sentence, screen
from ui.touch.screens.picture import Button

TEXTS = load_texts(stages.CONFIG / "texts" / "zh.toml")
SILENT = ("calling-exam", "calling-exam-no-picture", "calling-rehearsal-exam")
"""At 考核 nothing is said before the pointing."""
NAMES = ("张三", "郑十", "孙七", "吴九", "钱一")


def snapshot_of(visit: Visit, **changes: object) -> Snapshot:
    snapshot = Snapshot(1, visit.state, visit.now_s, ALL_WELL, Tally(12, 9, 36))
    return replace(snapshot, **changes)


def shown(name: str, **changes: object) -> Screen:
    visit = SCREENS[name]()
    return screen(snapshot_of(visit, **changes), visit.door, TEXTS)


def buttons_of(drawn: Screen) -> Iterator[Button]:
    yield from (*drawn.buttons, *drawn.choices, *((drawn.asks,) if drawn.asks else ()))


@pytest.mark.parametrize("name", SCREENS)
def test_the_screen_is_the_lamp(name: str) -> None:
    visit = SCREENS[name]()
    assert screen(snapshot_of(visit), the_door(), TEXTS).signal == signal(visit.state)


@pytest.mark.parametrize("name", SCREENS)
def test_every_screen_has_a_sentence_that_was_rendered_ahead(name: str) -> None:
    spoken = [utterance.text for utterance in shown(name).speech]
    assert bool(spoken) is (name not in SILENT)
    assert set(spoken) <= set(every_sentence(the_door(), TEXTS))


@pytest.mark.parametrize("name", SCREENS)
def test_every_button_asks_for_something_the_door_knows(name: str) -> None:
    for button in buttons_of(shown(name)):
        if button.touch:
            assert isinstance(msgspec.json.decode(button.touch, type=AnyTouch), AnyTouch)


@pytest.mark.parametrize("name", SCREENS)
def test_nobody_is_named_aloud(name: str) -> None:
    for utterance in shown(name).speech:
        assert not any(person in utterance.text for person in NAMES)


def test_a_question_is_named_with_its_post() -> None:
    """Posts may use the same id for questions of their own."""
    asked = SCREENS["asking"]()
    check = asked.state.check
    assert check is not None
    question = asked.door.question(check.post, check.draw, check.question)
    assert shown("asking").scene == f"asking:{check.post}:{question.id}"


def test_a_state_reached_in_every_test_is_a_stage_of_every_kind() -> None:
    states = [reach().state for reach in SCREENS.values()]
    assert {type(state.stage) for state in states} == set(s.AnyStage.__args__)
    assert {type(state.side) for state in states if state.side} == set(s.AnySide.__args__)


def test_every_sentence_is_there_once() -> None:
    sentences = every_sentence(the_door(), TEXTS)
    assert len(set(sentences)) == len(sentences) > 200


@pytest.mark.parametrize(
    ("part", "reasons"),
    [
        ("preparation", "没交底 劳保没穿齐 身体不舒服 过期或没批 没人监护 其他"),
        ("skills", "没教过 规程说不全 没证或过期 应急不会 其他"),
        ("tools", "坏了 缺少 防护没装好 没试过 到期没检 其他"),
        ("surroundings", "堵了或乱放 有易燃物 地上有油有水 太暗、不通风 旁边有人作业 其他"),
    ],
)
def test_why_something_is_not_in_order_is_asked_in_words_that_fit_it(
    part: str, reasons: str
) -> None:
    visit = SCREENS["reasoning-not-ok"]()
    while getattr(visit.state.stage, "part", None) != part:
        visit.touch(t.Back())
        visit.touch(t.Confirm(Answer.OK))
        visit.until(s.Answering)
        visit.touch(t.Confirm(Answer.NOT_OK))

    drawn = screen(snapshot_of(visit), visit.door, TEXTS)

    assert " ".join(button.label for button in drawn.choices) == reasons
    assert [utterance.text for utterance in drawn.speech][1:] == reasons.split()


def test_waiting_invites_and_counts_without_naming_anybody() -> None:
    drawn = shown("waiting")
    assert drawn.headline == "请刷卡"
    assert drawn.figures == (("应到", 12), ("已到", 9), ("未到", 3))
    assert drawn.label == "连续36天班班不漏"
    assert any("冲" in line or "焊" in line for line in drawn.lines)
    assert drawn.frame.progress.name == ""


def test_the_first_day_boasts_of_nothing() -> None:
    assert shown("waiting", tally=Tally(12, 0, 0)).label == ""


def test_a_lost_reader_is_told_instead_of_inviting_another_try() -> None:
    drawn = shown("waiting", **CIRCUMSTANCES["reader-away"])
    assert drawn.headline == "暂时不能刷卡"
    assert (drawn.advice, drawn.lines) == ("请找班组长", ("已断开，请检查插头和线缆",))
    assert drawn.signal == "fault"
    assert [lamp.words for lamp in drawn.frame.lamps if lamp.words] == ["读卡器断开"]


def test_a_full_disk_closes_the_door_and_says_why() -> None:
    drawn = shown("waiting", **CIRCUMSTANCES["trouble"])
    assert drawn.headline == "暂停使用"
    assert "存储空间" in drawn.lines[0]
    assert "存储空间" in shown("calling", **CIRCUMSTANCES["trouble"]).frame.trouble


def test_devices_are_dots_until_they_fail() -> None:
    lamps = shown("calling").frame.lamps
    assert [(lamp.kind, lamp.words) for lamp in lamps] == [
        ("card_reader", ""),
        ("camera", ""),
        ("lights", ""),
    ]
    broken = {
        **ALL_WELL,
        "voice": Offline("espeak-ng 没有安装", 0.0),
        "buttons": Offline("已在设置中停用", 0.0),
    }
    words = [lamp.words for lamp in shown("calling", devices=broken).frame.lamps if lamp.words]
    assert words == ["语音停用"]


def test_a_refusal_names_the_ground_and_whom_to_see() -> None:
    drawn = shown("refused-expired")
    assert drawn.lines == ("熔化焊接与热切割作业证已过期",)
    assert drawn.advice == "请找安全员换证"
    assert [utterance.text for utterance in drawn.speech] == [
        "不能上岗",
        *drawn.lines,
        drawn.advice,
    ]
    assert drawn.tone == "failed"


def test_why_somebody_is_blocked_is_shown_but_not_said_aloud() -> None:
    drawn = shown("refused-blocked")
    assert drawn.lines == ("转岗培训没有完成",)
    assert "转岗培训没有完成" not in [utterance.text for utterance in drawn.speech]


@pytest.mark.parametrize(
    ("name", "headline", "buttons"),
    [
        ("on-record-passed", "本班已检查，合格", ["我想到一个危险", "知道了"]),
        ("on-record-failed", "本班检查没有通过", ["知道了", "重新检查"]),
        ("on-record-released", "本班已放行", ["知道了", "重新检查"]),
    ],
)
def test_who_comes_again_sees_what_is_on_record(
    name: str, headline: str, buttons: list[str]
) -> None:
    drawn = shown(name)
    assert drawn.headline == headline
    assert [button.label for button in drawn.buttons] == buttons
    assert drawn.signal == "working"


def test_works_without_a_certificate_are_locked_before_they_are_touched() -> None:
    visit = stages.arrived(stages.BOTH)
    (post,) = [
        choice
        for choice in screen(snapshot_of(visit), the_door(), TEXTS).choices
        if choice.label == "冲压工"
    ]
    visit.touch(msgspec.json.decode(post.touch, type=AnyTouch))
    visit.state = replace(visit.state, worker=replace(stages.BOTH, certificates=()))
    works = {
        choice.label: choice for choice in screen(snapshot_of(visit), the_door(), TEXTS).choices
    }
    work = works[the_door().works["hot-work"].title]
    assert (work.state, work.icon) == ("locked", "lock")


def test_the_chosen_works_are_counted_on_the_button() -> None:
    assert [button.label for button in shown("choosing-works").buttons] == ["没有危险作业"]
    assert [button.label for button in shown("choosing-works-hot").buttons] == ["选好了，1项"]


def test_after_a_wrong_choice_the_right_one_is_shown_and_read() -> None:
    drawn = shown("asking-wrong")
    right = next(choice for choice in drawn.choices if choice.state == "right")
    assert drawn.speech[-1].text == right.label
    assert drawn.choices[drawn.speech[-1].line] is right
    assert not any(choice.touch for choice in drawn.choices)


def test_a_step_speaks_its_four_beats_in_order_and_opens_after_the_dwell() -> None:
    drawn = shown("calling")
    assert [utterance.beat for utterance in drawn.speech] == ["think", "look", "point", "call"]
    assert drawn.phase == "dwelling"
    assert shown("calling-ready").phase == "ready"


@pytest.mark.parametrize(
    ("name", "level"), [("calling", "follow"), ("calling-hint", "hint"), ("calling-exam", "exam")]
)
def test_what_the_dwell_reckons_with_is_what_is_said_first(name: str, level: str) -> None:
    visit = SCREENS[name]()
    stage, check = visit.state.stage, visit.state.check
    assert isinstance(stage, s.Calling)
    assert check is not None
    said = [
        utterance.text for utterance in shown(name).speech if utterance.beat in ("think", "look")
    ]
    assert tuple(said) == said_before_pointing(
        visit.door.step(check.post, stage.step), DrillLevel(level)
    )


REHEARSED = "预演：停电检修前"


def test_the_drill_of_a_work_is_named_as_a_rehearsal_on_each_of_its_steps() -> None:
    assert shown("calling-rehearsal").rehearsal == REHEARSED
    assert shown("calling-rehearsal-exam").rehearsal == REHEARSED
    assert shown("calling").rehearsal == ""


@pytest.mark.parametrize(
    ("name", "beats"),
    [
        ("calling-rehearsal", ["think", "think", "look", "point", "call"]),
        ("calling-rehearsal-hint", ["think", "think"]),
        ("calling-rehearsal-exam-first", [""]),
    ],
)
def test_its_title_is_said_at_its_first_step_before_anything_else(
    name: str, beats: list[str]
) -> None:
    speech = shown(name).speech
    assert speech[0].text == REHEARSED
    assert [each.beat for each in speech] == beats
    assert REHEARSED not in [each.text for each in speech[1:]]


def test_its_title_is_said_once() -> None:
    visit = SCREENS["calling-rehearsal"]()
    visit.go_on()
    drawn = screen(snapshot_of(visit), visit.door, TEXTS)
    assert drawn.scene == "calling:electrician:isolation/right-box"
    assert REHEARSED not in [each.text for each in drawn.speech]


@pytest.mark.parametrize("name", ["calling-rehearsal", "calling-rehearsal-hint"])
def test_nobody_may_point_before_title_and_beats_were_said(name: str) -> None:
    visit = SCREENS[name]()
    stage = visit.state.stage
    assert isinstance(stage, s.Calling)
    first = [each.text for each in shown(name).speech if each.beat in ("think", "look")]
    said_s = sum(spoken_s(text, visit.door.timings.syllable_s) for text in first)
    assert stage.ready_s - stage.began_s >= said_s


def test_progress_counts_the_steps_of_both_drills() -> None:
    dots = shown("calling-rehearsal").frame.progress.dots
    steps = [dot.state for dot in dots if dot.kind == "step"]
    assert steps == ["done"] * 7 + ["now"] + ["todo"] * 6


def test_progress_has_a_dot_for_each_thing_to_do_and_the_name_at_its_end() -> None:
    progress = shown("calling-ready").frame.progress
    assert [dot.state for dot in progress.dots] == ["done", "done", "now"] + ["todo"] * (
        len(progress.dots) - 3
    )
    assert [dot.kind for dot in progress.dots].count("part") == 4
    assert progress.name == "张三"


def test_speech_goes_on_through_countdown_and_shutter() -> None:
    scenes = {
        shown(name).scene.partition(":")[2]
        for name in ("listening-hot", "counting", "taking", "answering")
    }
    assert len({scene.rpartition(":")[2] for scene in scenes}) == 1
    assert shown("answering").tone == "shutter"
    assert shown("counting").tone == ""


def test_a_countdown_tells_what_is_left() -> None:
    visit = SCREENS["counting"]()
    timer = screen(snapshot_of(visit), the_door(), TEXTS).timer
    assert timer is not None
    assert timer.left_s(visit.now_s) == pytest.approx(2.9)
    assert timer.left_s(visit.now_s + 60) == 0


def test_the_three_answers_stand_there_from_the_start_but_open_with_the_photo() -> None:
    before, after = shown("listening"), shown("answering")
    assert [button.label for button in before.buttons] == [button.label for button in after.buttons]
    assert [bool(button.touch) for button in before.buttons] == [False] * 3
    assert [bool(button.touch) for button in after.buttons] == [True] * 3


def test_a_photo_that_shows_nothing_asks_for_another() -> None:
    drawn = shown("answering-dark")
    assert drawn.faults == ("太暗",)
    assert [utterance.text for utterance in drawn.speech] == ["照片太暗，请重拍"]
    assert not any(button.touch for button in drawn.buttons)
    assert [(button.label, button.role) for button in drawn.choices] == [("重拍", "main")]


def test_a_lost_camera_does_not_hold_anybody_up() -> None:
    drawn = shown("answering-no-photo")
    assert drawn.photo == ""
    assert drawn.label == "无照片：摄像头故障"
    assert all(button.touch for button in drawn.buttons)


def test_who_signs_something_not_in_order_signs_the_account() -> None:
    assert "不违章" in shown("signing").headline
    assert "不上岗" in shown("signing-account").headline


def test_only_a_recorded_pass_is_green() -> None:
    green = {name for name in SCREENS if shown(name).signal == "passed"}
    assert green == {"passed", "passed-without", "crew-passed", "crew-passed-some"}
    assert shown("passed").label == "张三"


def test_green_says_which_work_may_not_be_done_all_the_same() -> None:
    screen = shown("passed-without")
    assert screen.advice == "动火不能做"
    assert [said.text for said in screen.speech] == ["可以上岗", "动火不能做"]


def test_green_without_a_work_still_says_which_certificate_ends() -> None:
    visit = SCREENS["passed-without"]()
    assert visit.state.worker
    soon = Certificate(WELDING, TODAY + timedelta(days=3))
    visit.state = replace(visit.state, worker=replace(visit.state.worker, certificates=(soon,)))
    drawn = screen(snapshot_of(visit), visit.door, TEXTS)
    assert drawn.advice == "动火不能做，熔化焊接与热切割作业还有3天到期"
    assert [said.text for said in drawn.speech][1:] == ["动火不能做", "证件快到期了，请找安全员"]


@pytest.mark.parametrize(
    ("left_days", "told"),
    [
        (31, "注意安全，平安回家"),
        (30, "熔化焊接与热切割作业还有30天到期"),
        (0, "熔化焊接与热切割作业今天到期"),
    ],
)
def test_who_has_to_renew_a_certificate_is_told_on_the_way_in(left_days: int, told: str) -> None:
    certificate = Certificate(WELDING, TODAY + timedelta(days=left_days))
    visit = stages.reached(s.Closed, worker=replace(stages.WELDER, certificates=(certificate,)))
    drawn = screen(snapshot_of(visit), visit.door, TEXTS)
    assert (drawn.signal, drawn.advice) == ("passed", told)
    assert ("证件快到期了，请找安全员" in [said.text for said in drawn.speech]) is (left_days <= 30)


def test_a_failure_says_why_and_what_to_do() -> None:
    drawn = shown("failed")
    assert drawn.lines == ("工作准备不符合：没交底",)
    assert drawn.advice == "请找班组长"
    assert [utterance.text for utterance in drawn.speech] == [
        "不能上岗",
        "工作准备不符合：没交底",
        "请找班组长",
    ]


def test_a_supervisor_with_a_post_is_asked_whether_it_is_for_the_own_check() -> None:
    only, either = shown("releasing"), shown("releasing-or-own")
    assert [button.label for button in only.buttons] == ["返回"]
    assert [button.label for button in either.buttons] == ["返回", "我自己检查"]
    assert either.speech[-1].text == "我自己检查"


def test_abnormal_is_offered_during_a_check_only() -> None:
    offered = {name for name in SCREENS if shown(name).frame.abnormal}
    assert "calling" in offered
    assert not offered & {
        "waiting",
        "refused-expired",
        "passed",
        "failed",
        "on-record-failed",
        "emergency",
        "emergency-card",
    }


@pytest.mark.parametrize(("name", "quiet"), [("calling-too-soon", True), ("calling-missed", False)])
def test_a_notice_interrupts_the_voice_only_when_it_has_to(name: str, quiet: bool) -> None:
    drawn = shown(name)
    assert drawn.notice
    assert ([utterance.text for utterance in drawn.speech] == [drawn.notice]) is not quiet


def test_who_is_silent_is_asked_with_one_button() -> None:
    drawn = shown("calling-warned")
    assert drawn.asks is not None
    assert drawn.asks.label == "我在"
    assert drawn.timer is not None
    assert drawn.timer.total_s == 30


def test_circumstances_are_told_in_the_bar() -> None:
    frame = shown("waiting", **CIRCUMSTANCES["clock-wrong"]).frame
    assert not frame.clock_ok
    assert frame.preparing == "语音准备中 12/240"


def test_texts_are_the_only_source_of_words() -> None:
    marked = Texts({key: f"<{key}>" + "".join(f"{{{p}}}" for p in _places(key)) for key in TEXTS})
    for name, reach in SCREENS.items():
        drawn = screen(snapshot_of(reach()), the_door(), marked)
        labels = [button.label for button in drawn.buttons if button.role != "tab"]
        assert all(label.startswith("<") for label in labels), name


def _places(key: str) -> frozenset[str]:
    from ui.touch.words import PLACES

    return PLACES.get(key, frozenset())


def test_a_hint_gives_away_what_to_think_of_and_no_more() -> None:
    drawn = shown("calling-hint")
    assert [beat.name for beat in drawn.beats] == ["think"]
    assert [utterance.beat for utterance in drawn.speech] == ["think"]
    assert (drawn.blind, drawn.frame.level) == (True, "提示")
    assert drawn.spot is not None


def test_an_exam_gives_away_the_picture_only_until_it_is_missed() -> None:
    drawn, missed = shown("calling-exam"), shown("calling-exam-missed")
    assert (drawn.beats, drawn.speech, drawn.blind, drawn.frame.level) == ((), (), True, "考核")
    assert drawn.spot is not None
    assert not missed.blind


def test_what_had_to_be_called_is_shown_and_said_after_the_pointing() -> None:
    drawn = shown("called")
    assert [beat.name for beat in drawn.beats] == ["call"]
    assert [utterance.text for utterance in drawn.speech] == [drawn.headline]


def test_who_follows_is_told_everything_and_the_level_too() -> None:
    drawn = shown("calling-ready")
    assert (len(drawn.beats), drawn.blind, drawn.frame.level) == (4, False, "跟读")


def test_content_past_its_review_date_is_said_and_stays_in_the_bar() -> None:
    drawn = shown("asking-stale")
    assert drawn.speech[0].text == drawn.advice == "内容已过复审日期，以班组长交代为准"
    assert drawn.frame.stale
    assert not shown("asking").frame.stale


def test_a_refused_work_is_named_with_its_reason_and_nobody_else_is_refused() -> None:
    drawn = shown("refused-work")
    assert (drawn.headline, drawn.lines) == ("动火不能做", ("没有作业票",))
    assert [button.label for button in drawn.buttons] == ["接着检查"]


def test_one_number_for_two_works_is_shown_and_asked_about() -> None:
    drawn = shown("permit-same")
    assert drawn.headline == "两项作业同一个票号？"
    assert [(each.label, each.note) for each in drawn.choices] == [
        ("是同一张", "2026-1124"),
        ("重新输入", ""),
    ]


def test_the_half_days_of_a_permit_reach_from_this_morning_to_any_night_shift() -> None:
    labels = [(choice.label, choice.note) for choice in shown("permit-half-day").choices]
    assert labels[:3] == [("今天", "1–12点"), ("今天", "13–24点"), ("明天", "1–12点")]
    assert [choice.label for choice in shown("permit-hour").choices][5] == "6点"


def test_what_must_be_measured_stands_below_the_lines_of_preparation_and_is_not_spoken() -> None:
    limits = (Limit("氧 O₂", "%VOL", 19.5, 23.5), Limit("硫化氢", "mg/m³", at_most=10))
    pack = the_door().packs[0]
    works = tuple(replace(work, limits=limits) for work in pack.works if work.id == "hot-work")
    visit = SCREENS["listening"]()
    assert visit.state.check
    check = replace(visit.state.check, works=("hot-work",))
    visit.state = replace(visit.state, check=check)
    door = replace(the_door(), packs=(replace(pack, works=works),))

    drawn = screen(snapshot_of(visit), door, TEXTS)

    assert drawn.limits == ("氧 O₂：19.5～23.5 %VOL", "硫化氢：≤10 mg/m³")
    assert not {each.text for each in drawn.speech} & set(drawn.limits)
    assert not {limit.allowed for limit in limits} & set(drawn.lines)
