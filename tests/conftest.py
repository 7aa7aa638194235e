"""How the suite is spread over processes (`pytest -n`): a file stays in one, and so does all that
renders speech, so that no sentence is rendered twice.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from playwright.sync_api import Browser

LONGEST_FIRST = ("test_walk.py", "faults/", "browser/", "contract/", "sync/", "journal/")
"""What takes longest begins first, or one process would work on it while the others are done."""


# A busy machine is no fault of what is tested.
settings.register_profile("busy", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("busy")

RENDER_SPEECH = (
    "tests/test_walk.py",
    "tests/browser/content/test_new_post.py",
    "tests/unit/ui/test_spoken.py",
)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """Return one process more than there are cores: a third of the time a test waits for others."""
    return len(os.sched_getaffinity(0)) + 1


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the longest first."""
    items.sort(key=_rank)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> object:
    """Hand whole files to the processes, those that render speech to the same."""
    from xdist.scheduler import LoadScopeScheduling  # only where there are several processes

    class ByFile(LoadScopeScheduling):  # type: ignore[misc]  # it has no types
        def _split_scope(self, nodeid: str) -> str:
            file = nodeid.split("::", 1)[0]
            return "speech" if file in RENDER_SPEECH else file

    return ByFile(config, log)


def _rank(item: pytest.Item) -> int:
    path = item.nodeid.removeprefix("tests/")
    ranks = (rank for rank, start in enumerate(LONGEST_FIRST) if path.startswith(start))
    return next(ranks, len(LONGEST_FIRST))


@pytest.fixture
def public_folder() -> Iterator[Path]:
    """A folder that every user may enter; pytest closes those above `tmp_path` to others."""
    with TemporaryDirectory(prefix="banqian-test-") as folder:
        path = Path(folder)
        path.chmod(0o755)
        yield path


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A Chromium for all tests of a process; each opens windows of its own."""
    from tests.fakes.chromium import MAY_SPEAK, a_browser  # most tests need no Playwright

    with a_browser(MAY_SPEAK) as browser:
        yield browser
