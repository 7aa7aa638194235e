"""What the shipped content owes to the notice, to the voice and to the person at the door."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest

from devices.voice.text import pinyin
from devices.voice.words import readings
from kiosk.flow.door import Timings
from kiosk.flow.emergency import cards_for
from kiosk.model.asking import asked_once
from kiosk.model.content import (
    Basis,
    Drill,
    EmergencyCard,
    Family,
    Lines,
    Pack,
    Part,
    Post,
    Question,
    Sign,
    Step,
    Work,
)
from kiosk.model.drills import due_drills, due_steps
from kiosk.model.levels import DrillLevel
from kiosk.model.rules import RuleSet
from kiosk.packs import load_accident_lists, load_pack, load_reasons, load_rule_sets
from tests.fakes.stages import the_door
from tests.unit.packs.spoiling import CONFIG, SHIPPED

PACK = load_pack(SHIPPED)
POSTS = [pytest.param(post, id=post.id) for post in PACK.posts]

# 附件1 and 附件2 of the notice, as it stands there.
NOTICE_TYPES = (
    "（1）物体打击；（2）车辆伤害；（3）机械伤害；（4）起重伤害；（5）触电；（6）淹溺；（7）灼烫；（8）火灾；"
    "（9）高处坠落；（10）坍塌；（11）冒顶片帮；（12）透水；（13）放炮；（14）火药爆炸；（15）瓦斯爆炸；"
    "（16）锅炉爆炸；（17）压力容器爆炸；（18）其他爆炸；（19）中毒和窒息；（20）山洪地质灾害。"
)

CARRIED: dict[str, frozenset[str]] = {
    "豫应急办〔2023〕33号": frozenset({"二（二）1、3；附件1；附件2", "附件2"}),
    "豫政办〔2018〕68号": frozenset(),
    "工贸企业重大事故隐患判定标准": frozenset({"第三条（二）"}),
    "应急管理部令第13号": frozenset({"第十四条、第十五条"}),
    "应急管理部令第6号": frozenset({"第十九条"}),
    "工贸企业粉尘防爆安全规定": frozenset({"第十条", "第十八条", "第十九条"}),
    "特种设备安全法": frozenset({"第十四条", "第四十条"}),
    "TSG 81-2022": frozenset(),
    "GB 39800.10-2025": frozenset({"B.2.9"}),
    "GB 30871-2022": frozenset(
        [
            "1",
            "5.1",
            "5.1.5",
            "5.2.1",
            "5.2.4",
            "5.2.13",
            "5.3.1",
            "6.10",
            "7.11",
            "8.2.11",
            "9.1",
            "10.3",
            "10.8",
            "11.10",
            "表B.1",
        ]
    ),
    "GB 9448-2025": frozenset(),
    "GB/T 15579.1": frozenset(),
    "GB 8176-2012": frozenset(),
    "AQ 4272-2025": frozenset(),
    "GB 15577-2018": frozenset(),
    "GB 4674-2009": frozenset(),
    "GB 46768-2025": frozenset({"5.9.1", "6.2.3", "6.2.4"}),
    "GBZ 2.1-2019": frozenset({"表1"}),
    "GB 16798-2023": frozenset(),
    "GB/T 23242-2022": frozenset(),
}
"""The standards that were looked up, and of each the clauses whose content was seen.

Whatever else is said is the enterprise's own.
"""

ROTATING = [
    "air-compressor",
    "grinder",
    "grinder-wet",
    "meat-grinder",
    "press-operator",
    "press-operator-rigid-clutch",
    "woodworking",
]
"""Posts at a machine that takes a glove in, and the hand with it."""


AT_THE_DOOR = {"electrician"}
"""Whose first drill is of what hangs at the door; what is at the machine is rehearsed."""


@pytest.mark.parametrize("post", [each for each in POSTS if each.id not in AT_THE_DOOR])
def test_no_call_at_the_door_says_that_the_machine_was_tried(post: Post) -> None:
    """The first step is of clothes and certificates, which are there to be seen."""
    calls = [step.call for step in post.drill.steps[1:]]
    assert [call for call in calls if not re.search("才|先|要|不|只", call)] == []


@pytest.mark.parametrize("sign", [Sign.BLEEDING, Sign.STRUCK, Sign.BURN, Sign.CAUGHT])
def test_a_tile_for_somebody_hurt_opens_a_card_that_calls_for_an_ambulance(sign: Sign) -> None:
    first, *_ = cards_for(the_door(), None, sign).values()
    assert "120" in first.phone
    assert "120" in "".join(first.actions[:2])


def drills(post: Post) -> tuple[Drill, ...]:
    return (post.drill, *post.more_drills)


def steps(pack: Pack) -> Iterator[Step]:
    of_posts = (drill for post in pack.posts for drill in drills(post))
    of_works = (drill for work in pack.works for drill in work.drills)
    return (step for drill in (*of_posts, *of_works) for step in drill.steps)


def cards(pack: Pack) -> Iterator[EmergencyCard]:
    yield from pack.emergency
    for post in pack.posts:
        yield from post.emergency
    for work in pack.works:
        yield from work.emergency


def bases(pack: Pack) -> Iterator[Basis]:
    yield from pack.basis
    for work in pack.works:
        yield from work.basis
        for limit in work.limits:
            yield from limit.basis
    for post in pack.posts:
        yield from post.basis
        for part in (post.questions, post.scenarios, post.emergency):
            for item in part:
                yield from item.basis
    for step in steps(pack):
        yield from step.basis


def test_list_of_accident_types_is_the_notices() -> None:
    notice = load_accident_lists(CONFIG / "lists" / "accident-types.toml").named(PACK.accident_list)
    assert notice is not None

    expected = re.findall(r"（(\d+)）([^；。]+)", NOTICE_TYPES)
    assert len(expected) == 20
    assert [(accident.code, accident.name) for accident in notice.types] == expected


def test_every_code_of_the_older_lists_reads_in_the_newest() -> None:
    lists = load_accident_lists(CONFIG / "lists" / "accident-types.toml")
    newest = lists.named("gb6441-2025")
    assert newest is not None
    assert len(newest.types) == 27

    for older in ("notice-20", "gb6441-1986"):
        known = lists.named(older)
        assert known is not None
        assert all(lists.mapped(code, older, newest.id) for code in known.codes)


@pytest.mark.parametrize(
    ("level", "at_most_s"), [(DrillLevel.EXAM, 42), (DrillLevel.HINT, 45), (DrillLevel.FOLLOW, 88)]
)
@pytest.mark.parametrize("post", POSTS)
def test_start_of_shift_fits_the_budget_at_the_door(
    post: Post, level: DrillLevel, at_most_s: float
) -> None:
    # 15 touches and 90 seconds for the whole check; the question, four confirmations and the
    # signature need the rest. Who still follows hears what to think of and to look at, and takes
    # some 15 seconds longer.
    assert len(post.drill.steps) == 7
    assert sum(Timings().dwell_of(step, level) + 1.0 for step in post.drill.steps) <= at_most_s


@pytest.mark.parametrize("step", list(steps(PACK)), ids=lambda step: step.id)
def test_step_is_short_enough_to_be_called_and_is_called_in_chinese(step: Step) -> None:
    assert len(step.think) <= 10
    assert len(step.look) <= 16
    assert len(step.call) <= 14
    assert not re.search(r"[A-Za-z0-9]", step.call)


@pytest.mark.parametrize("step", list(steps(PACK)), ids=lambda step: step.id)
def test_words_of_the_trade_are_read_right(step: Step) -> None:
    right = {"模": "mu2", "炔": "que1", "落": "luo4", "炸": "zha4"}
    for sentence in (step.think, step.look, step.point, step.call):
        hanzi = re.findall(r"[一-鿿]", sentence)
        syllables = re.findall(
            r"[a-z]+[1-5]", pinyin(re.sub(r"[0-9]+", "，", sentence), readings({}))
        )
        read = zip(hanzi, syllables, strict=True)
        assert [pair for pair in read if pair[0] in right and pair[1] not in right[pair[0]]] == []


@pytest.mark.parametrize("post", POSTS)
def test_every_call_is_closed_and_the_last_one_closes_the_drill(post: Post) -> None:
    for drill in drills(post):
        *others, last = [step.call for step in drill.steps]
        assert all(call.endswith("，确认！") for call in others)
        assert last.endswith("，确认完毕！")


def test_whose_post_has_the_drill_that_a_work_names_rehearses_it() -> None:
    run = {post.id: [due.id for due in due_drills(post, PACK.works)] for post in PACK.posts}
    assert run.pop("electrician") == ["start-of-shift", "isolation"]
    for crane in ("crane", "crane-cab"):
        assert run.pop(crane) == ["start-of-shift", "trial-lift"]
    assert set(map(tuple, run.values())) == {("start-of-shift",)}


@pytest.mark.parametrize("post", POSTS)
def test_what_is_rehearsed_at_the_door_is_not_said_to_be_done(post: Post) -> None:
    rehearsed = [due.step for due in due_steps(post, PACK.works) if due.title]
    said = [sentence for step in rehearsed for sentence in (step.look, step.call)]
    assert [each for each in said if re.search("已|过电|没有电|开了|好了|在手", each)] == []


@pytest.mark.parametrize("post", POSTS)
def test_questions_cover_the_four_families_and_their_answers_stand_anywhere(post: Post) -> None:
    assert len(post.questions) >= 8
    assert {question.family for question in post.questions} == set(Family)
    assert {len(question.choices) for question in post.questions} == {3}
    assert {question.answer for question in post.questions} == {0, 1, 2}


@pytest.mark.parametrize("post", POSTS)
def test_scenarios_fill_all_five_columns_of_annex_1(post: Post) -> None:
    assert len(post.scenarios) >= 3
    for scenario in post.scenarios:
        assert scenario.accident_types
        assert scenario.scene
        assert scenario.prevention
        assert scenario.response
        assert scenario.improvement


NOBODY_HURT_YET = {"储气罐超压", "锅炉缺水", "锅炉超压", "吊物停半空"}
"""None of the eight signs shows it, and who is hurt must not be kept waiting by it."""


@pytest.mark.parametrize("card", list(cards(PACK)), ids=lambda card: card.id)
def test_emergency_cards_have_few_short_actions_and_call_for_help_first(
    card: EmergencyCard,
) -> None:
    assert len(card.title) <= 6
    assert 3 <= len(card.actions) <= 5
    assert all(len(action) <= 14 for action in card.actions)
    assert any(re.search("喊|打1[12]|报", action) for action in card.actions[:2])
    assert (card.sign is None) == (card.title in NOBODY_HURT_YET)
    assert set(card.phone.split()) <= {"119", "120"}


def test_every_sign_has_a_general_card() -> None:
    assert {card.sign for card in PACK.emergency} == set(Sign)


@pytest.mark.parametrize("item", [*PACK.posts, *PACK.works], ids=lambda item: item.id)
def test_no_two_cards_of_a_post_or_a_work_have_one_title(item: Post | Work) -> None:
    titles = [card.title for card in item.emergency]
    assert len(set(titles)) == len(titles)


def test_the_right_answer_is_not_known_by_its_length() -> None:
    sticking = {post.id: sum(map(_sticks_out, post.questions)) for post in PACK.posts}

    assert [post for post, count in sticking.items() if count > 6] == []
    assert sum(sticking.values()) <= 0.38 * sum(len(post.questions) for post in PACK.posts)


def _sticks_out(question: Question) -> bool:
    """Return whether the right answer is longer, or shorter, than every other."""
    lengths = [len(choice) for choice in question.choices]
    right = lengths.pop(question.answer)
    return right > max(lengths) or right < min(lengths)


@pytest.mark.parametrize(
    ("post", "looked_at", "runs"),
    [
        ("press-operator", ["clothing", "die"], ["single-stroke", "emergency-stop"]),
        ("press-operator-rigid-clutch", ["clothing", "die"], ["single-stroke", "emergency-stop"]),
        ("woodworking", ["clothing", "saw-guard", "planer-guard"], ["emergency-stop"]),
        ("meat-grinder", ["clothing", "throat", "chamber"], ["power", "emergency-stop"]),
    ],
)
def test_no_machine_runs_before_its_die_blade_or_guard_was_looked_at(
    post: str, looked_at: list[str], runs: list[str]
) -> None:
    found = PACK.post(post)
    assert found is not None
    order = [step.id for step in found.drill.steps]
    assert max(map(order.index, looked_at)) < min(map(order.index, runs))


def test_welders_need_a_certificate_and_press_operators_none() -> None:
    needed = {post.id: post.certificates for post in PACK.posts}

    assert needed["welder"] == ("熔化焊接与热切割作业",)
    assert needed["press-operator"] == needed["press-operator-rigid-clutch"] == ()


@pytest.mark.parametrize("part", Part)
def test_every_confirmation_has_lines_and_every_work_up_to_six_more(part: Part) -> None:
    assert 1 <= len(PACK.lines.of(part)) <= 3
    assert all(1 <= len(work.lines.of(part)) <= 6 for work in PACK.works)


def test_check_lines_are_short_enough_to_listen_to() -> None:
    sources: list[Lines] = [
        PACK.lines,
        *(post.lines for post in PACK.posts),
        *(work.lines for work in PACK.works),
    ]

    assert all(
        len(line.text) <= 12 for source in sources for part in Part for line in source.of(part)
    )


@pytest.mark.parametrize(
    ("post", "works", "part", "line", "stands_for"),
    [
        ("welder", "hot-work confined-space", Part.PREPARATION, "票没过期，现场批过", "审批签过字"),
        ("welder", "hot-work", Part.SURROUNDINGS, "四周、下方没有可燃物", "易燃物清开，孔洞盖好"),
        (
            "electrician",
            "electrical-repair",
            Part.SKILLS,
            "停、锁、验、地、栏会做",
            "停、锁、验、地、栏会说",
        ),
        (
            "electrician",
            "electrical-repair",
            Part.SURROUNDINGS,
            "箱前没堆东西、没水",
            "箱前没有堆东西、没水",
        ),
        ("crane-cab", "lifting", Part.SKILLS, "指挥手势大家都懂", "指挥手势看得懂"),
        ("crane-cab", "lifting", Part.TOOLS, "吊索具完好，没断丝", "吊带、卸扣完好"),
    ],
)
def test_what_post_and_works_both_say_is_asked_once(
    post: str, works: str, part: Part, line: str, stands_for: str
) -> None:
    of_works = [work.lines.of(part) for work in PACK.works if work.id in works.split()]
    found = PACK.post(post)
    assert found is not None
    asked = asked_once(PACK.lines.of(part), found.lines.of(part), of_works)
    assert {each.text: each.stands_for for each in asked}[line] == (stands_for,)


def test_a_basis_is_a_clause_that_was_seen_a_whole_standard_or_the_enterprises_own() -> None:
    names = [path.stem for path in (CONFIG / "rules").glob("*.toml")]
    rule_sets = load_rule_sets(CONFIG / "rules", names, [work.id for work in PACK.works])
    of_rules = [each for rules in rule_sets for each in (*rules.basis, *_of_levels(rules))]
    for basis in (*bases(PACK), *of_rules):
        if not basis.standard:
            assert "以企业" in basis.note
        else:
            assert basis.clause in {"", *CARRIED[basis.standard]}, basis


def _of_levels(rules: RuleSet) -> Iterator[Basis]:
    return (basis for rule in rules.rules for level in rule.levels for basis in level.basis)


def test_a_standard_without_a_clause_leaves_the_particulars_to_the_enterprise() -> None:
    items = [step.basis for step in steps(PACK)]
    for post in PACK.posts:
        items += [
            post.basis,
            *(each.basis for each in post.questions),
            *(card.basis for card in post.emergency),
        ]
    for basis in items:
        assert any(each.clause or "以企业" in each.note for each in basis), basis


def test_a_certificate_that_the_door_asks_for_is_to_be_compared_with_the_catalogue() -> None:
    seen = {"熔化焊接与热切割作业", "低压电工作业"}
    items: list[Post | Work] = [*PACK.posts, *PACK.works]
    for item in items:
        if set(item.certificates) - seen:
            assert any("按现行目录核对" in basis.note for basis in item.basis), item.id


def test_nobody_at_a_rotating_machine_is_told_to_wear_gloves() -> None:
    asks = re.compile(r"手套[^，；。]*(戴好|戴上|穿戴)|(戴好|戴上|穿戴)[^，；。]*手套|^戴手套")
    for name in ROTATING:
        post = PACK.post(name)
        assert post is not None
        asked = [sentence for sentence in _told(post) if asks.search(sentence)]
        assert asked == [], name
    assert not any("手套" in line.text for part in Part for line in PACK.lines.of(part))


def _told(post: Post) -> Iterator[str]:
    """Yield all that a post tells people to do; a wrong choice of a question tells nobody."""
    yield from post.inspection
    yield from (line.text for part in Part for line in post.lines.of(part))
    for drill in drills(post):
        for step in drill.steps:
            yield from (step.look, step.point, step.call)
    yield from (question.choices[question.answer] for question in post.questions)
    for scenario in post.scenarios:
        yield from scenario.prevention


@pytest.mark.parametrize(
    ("variant", "base", "changed"),
    [
        ("press-operator-rigid-clutch", "press-operator", ["safeguard", "hands"]),
        ("crane-cab", "crane", ["helmet", "emergency-stop", "brake", "way"]),
        ("boiler-oil", "boiler", ["fuel"]),
        ("boiler-biomass", "boiler", ["fuel", "purge"]),
        ("forklift-engine", "forklift", []),
        ("grinder-wet", "grinder", ["dust-collection"]),
    ],
)
def test_a_variant_calls_what_its_machine_has_and_the_rest_as_the_other(
    variant: str, base: str, changed: list[str]
) -> None:
    one, other = PACK.post(base), PACK.post(variant)
    assert one is not None
    assert other is not None

    pairs = zip(one.drill.steps, other.drill.steps, strict=True)
    assert [mine.id for mine, its in pairs if mine.call != its.call] == changed
    assert one.title != other.title
    assert _words(one) != _words(other)


@pytest.mark.parametrize(
    ("post", "other_machine"),
    [
        ("crane", "司机室|零位"),
        ("crane-cab", "按钮不粘|松开按钮|松手就停"),
        ("boiler", "料斗|油管"),
        ("boiler-oil", "燃气|料斗"),
        ("boiler-biomass", "燃气|油管"),
        ("forklift", "加油|油位"),
        ("forklift-engine", "充电|电量|电解液|氢气"),
        ("grinder", "湿式|水位|铝泥"),
        ("grinder-wet", "风压"),
    ],
)
def test_a_post_does_not_speak_of_the_other_machine(post: str, other_machine: str) -> None:
    found = PACK.post(post)
    assert found is not None
    assert [text for text in _words(found) if re.search(other_machine, text)] == []


def _words(post: Post) -> set[str]:
    """Return everything a post says."""
    said = {*_told(post), *(step.think for drill in drills(post) for step in drill.steps)}
    said |= {text for each in post.questions for text in (each.text, *each.choices)}
    said |= {
        text for each in post.scenarios for text in (each.scene, each.improvement, *each.response)
    }
    return said | {text for card in post.emergency for text in (card.title, *card.actions)}


def test_chemical_standard_is_named_as_a_pattern_only() -> None:
    assert all(
        "工贸参照" in basis.note for basis in bases(PACK) if basis.standard == "GB 30871-2022"
    )


def test_every_step_question_and_card_has_a_basis_of_its_own() -> None:
    assert all(step.basis for step in steps(PACK))
    for post in PACK.posts:
        assert post.basis
        assert all(question.basis for question in post.questions)
        assert all(card.basis for card in post.emergency)


def test_every_step_points_at_a_picture_and_every_picture_is_used() -> None:
    used = {step.target.photo for step in steps(PACK) if step.target}

    assert all(step.target for step in steps(PACK))
    assert used == {picture.name for picture in (SHIPPED / "targets").iterdir()}


@pytest.mark.parametrize(
    "picture", sorted((SHIPPED / "targets").iterdir()), ids=lambda picture: picture.name
)
def test_pictures_share_one_size_and_carry_no_script_or_link(picture: Path) -> None:
    root = ElementTree.parse(picture).getroot()

    assert root.get("viewBox") == "0 0 1200 900"
    names = {element.tag.rpartition("}")[2] for element in root.iter()}
    assert names <= {"svg", "g", "path", "rect", "circle", "ellipse"}


def test_reasons_are_short() -> None:
    reasons = load_reasons(CONFIG / "lists" / "reasons.toml")

    # Why a scene was not adopted is chosen on a page and only heard at the door.
    for name in set(reasons.__struct_fields__) - {"not_adopted"}:
        chosen = getattr(reasons, name)
        assert all(len(reason.text) <= 8 for reason in chosen)
        assert len({reason.text for reason in chosen}) == len(chosen)
    for chosen in (reasons.abnormal, reasons.stop_work, reasons.release):
        assert 4 <= len(chosen) <= 6
