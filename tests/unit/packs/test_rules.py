"""The rule sets that ship load, cover the works, and their mistakes are named."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from kiosk.model.rules import PermitFault, permit_fault, rule_of
from kiosk.packs import PackError, load_packs, load_rule_sets
from tests.unit.packs.spoiling import CONFIG

SHIPPED = ("confined-space-order13", "dust-order6", "general-industry", "chemical-gb30871")
NOW = datetime(2026, 12, 1, 8)


def _works() -> set[str]:
    return {work.id for pack in load_packs(CONFIG / "packs") for work in pack.works}


def test_every_work_of_the_notice_has_content_and_nearly_all_ask_for_a_permit() -> None:
    works = _works()
    rule_sets = load_rule_sets(CONFIG / "rules", SHIPPED, works)
    without = {work for work in works if rule_of(rule_sets, work, NOW.date()) is None}
    assert len(works) == 12
    # Locked and tagged, but no source asks for a permit.
    assert without == {"equipment-cleaning", "electrical-repair"}


def test_the_more_particular_rules_go_first() -> None:
    rule_sets = load_rule_sets(CONFIG / "rules", SHIPPED, _works())
    found = rule_of(rule_sets, "confined-space", NOW.date())
    assert found is not None
    assert found[0].id == "confined-space-order13"


def test_a_rule_set_binds_only_from_its_day() -> None:
    rule_sets = load_rule_sets(CONFIG / "rules", SHIPPED, _works())
    assert rule_of(rule_sets, "height", date(2022, 9, 30)) is None


@pytest.mark.parametrize(
    ("until", "fault"),
    [
        (NOW, PermitFault.EXPIRED),
        (NOW + timedelta(minutes=1), None),
        (NOW + timedelta(hours=8), None),
        (NOW + timedelta(hours=8, minutes=1), PermitFault.TOO_LONG),
    ],
)
def test_a_permit_holds_until_its_hour_and_never_longer_than_its_level(
    until: datetime, fault: PermitFault | None
) -> None:
    (chemical,) = load_rule_sets(CONFIG / "rules", ["chemical-gb30871"], _works())
    rule = chemical.rule("hot-work")
    assert rule is not None
    level = rule.level("special")
    assert level is not None
    assert permit_fault(level, until, NOW) is fault


def test_a_wrong_rule_set_says_where_and_what(tmp_path: Path) -> None:
    spoiled = (CONFIG / "rules" / "dust-order6.toml").read_text(encoding="utf-8")
    (tmp_path / "dust.toml").write_text(
        spoiled.replace("dust-equipment", "dusting"), encoding="utf-8"
    )
    with pytest.raises(PackError) as error:
        load_rule_sets(tmp_path, ["dust", "absent"], ["dust-equipment"])
    assert "dust.toml: id: expected 'dust' like the file's name" in str(error.value)
    assert "rules[0].work: no work 'dusting' in any pack" in str(error.value)
    assert "absent.toml: 没有这个文件" in str(error.value)
