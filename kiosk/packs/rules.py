"""The rule sets for permits: one TOML file each, read in the order in which they are asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from pathlib import Path

from kiosk.model.rules import RuleSet
from kiosk.packs.problems import Found, PackError, Problem
from kiosk.packs.single import load_single


def load_rule_sets(
    folder: Path, names: Collection[str], works: Collection[str], spare: Path | None = None
) -> tuple[RuleSet, ...]:
    """Load the named rule sets of a folder.

    `works` are the ids of the works there are. A set that is not in the folder is taken from the
    folder `spare`, where it is there; it may speak of works that are not. Raise PackError with all
    problems.
    """
    loaded: list[RuleSet] = []
    problems: list[Problem] = []
    for name in names:
        file = f"{name}.toml"
        try:
            if spare is not None and (spare / file).exists() and not (folder / file).exists():
                loaded.append(load_single(spare / file, RuleSet, lambda _: iter(())))
            else:
                loaded.append(_load(folder / file, works))
        except PackError as error:
            problems += error.problems
    if problems:
        raise PackError(problems)
    return tuple(loaded)


def _load(path: Path, works: Collection[str]) -> RuleSet:
    return load_single(path, RuleSet, lambda rule_set: _faults(rule_set, path.stem, works))


def _faults(rule_set: RuleSet, stem: str, works: Collection[str]) -> Found:
    if rule_set.id != stem:
        yield "id", f"expected {stem!r} like the file's name, got {rule_set.id!r}"
    for work, times in Counter(rule.work for rule in rule_set.rules).items():
        if times > 1:
            yield "rules", f"{work!r} stands there {times} times"
    for index, rule in enumerate(rule_set.rules):
        if rule.work not in works:
            yield (
                f"rules[{index}].work",
                f"no work {rule.work!r} in any pack; expected one of {', '.join(works)}",
            )
        for level, times in Counter(level.id for level in rule.levels).items():
            if times > 1:
                yield f"rules[{index}].levels", f"{level!r} stands there {times} times"
