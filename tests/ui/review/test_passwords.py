"""The command line that sets, renews and takes away the passwords of the pages, and where passwords
are shown.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kiosk.model.people import Role, Roster, Worker
from tests.fakes.desk import OTHER, SUPERVISOR, Desk
from tests.fakes.visitor import Visitor
from tests.fakes.waiting import until
from tests.ui.review.terminal import as_a_service, at_a_terminal, kiosk

NEW = "another-password"
MADE_UP = r"[a-z2-9]{4}(?:-[a-z2-9]{4}){2}"


def of(desk: Desk, *arguments: str) -> tuple[str, ...]:
    return ("password", "--data", str(desk.folder), *arguments)


class TestSetting:
    def test_a_password_on_standard_input_is_set_and_ends_the_sessions(
        self, desk: Desk, supervisor: Visitor
    ) -> None:
        done = kiosk(*of(desk, SUPERVISOR), typed=f"{NEW}\n")
        assert (done.returncode, done.stderr) == (0, "")
        assert "已设置工号 S001 的密码" in done.stdout
        assert NEW not in done.stdout
        assert supervisor.get("/").status_code == 303
        assert supervisor.sign_in().status_code == 401
        assert supervisor.sign_in(password=NEW).status_code == 303

    def test_it_is_typed_twice_at_a_terminal_and_not_shown(
        self, desk: Desk, anybody: Visitor
    ) -> None:
        with at_a_terminal(*of(desk, SUPERVISOR)) as terminal:
            terminal.wait_for("新密码")
            terminal.type(NEW)
            terminal.wait_for("再输一次")
            terminal.type(NEW)
            terminal.wait_for("已设置")
            assert terminal.ended() == 0
        assert NEW not in terminal.shown
        assert anybody.sign_in(password=NEW).status_code == 303

    def test_two_that_differ_change_nothing(self, desk: Desk, anybody: Visitor) -> None:
        with at_a_terminal(*of(desk, SUPERVISOR)) as terminal:
            terminal.wait_for("新密码")
            terminal.type(NEW)
            terminal.wait_for("再输一次")
            terminal.type("mistyped-password")
            terminal.wait_for("两次输入的密码不一样")
            assert terminal.ended() == 1
        assert anybody.sign_in().status_code == 303

    def test_enter_alone_makes_one_up_and_shows_it_at_the_terminal(
        self, desk: Desk, anybody: Visitor
    ) -> None:
        with at_a_terminal(*of(desk, SUPERVISOR)) as terminal:
            terminal.wait_for("新密码")
            terminal.type("")
            terminal.wait_for(f"只显示这一次.*{MADE_UP}")
            assert terminal.ended() == 0
        (made_up,) = re.findall(MADE_UP, terminal.shown)
        assert anybody.sign_in(password=made_up).status_code == 303

    def test_without_a_terminal_and_without_a_password_it_refuses(
        self, desk: Desk, anybody: Visitor
    ) -> None:
        done = kiosk(*of(desk, SUPERVISOR))
        assert (done.returncode, done.stdout) == (1, "")
        assert "标准输入里没有密码" in done.stderr
        assert anybody.sign_in().status_code == 303

    @pytest.mark.parametrize(
        ("worker", "typed", "why"),
        [
            ("S999", NEW, "没有工号 S999"),
            ("A001", NEW, "普通工人"),
            ("S003", NEW, "已停用：离职"),
            (SUPERVISOR, "short", "8 到 200 个字符"),
        ],
    )
    def test_who_may_not_review_and_what_is_no_password_is_refused(
        self, desk: Desk, worker: str, typed: str, why: str
    ) -> None:
        left = Worker("S003", "周八", role=Role.SUPERVISOR, blocked="离职")
        desk.journal.change_roster(Roster((left,)), lambda card: card.number)
        done = kiosk(*of(desk, worker), typed=typed)
        assert done.returncode == 1
        assert why in done.stderr
        assert desk.access.workers == (SUPERVISOR, OTHER)


class TestRemoving:
    def test_a_removed_password_opens_nothing_and_ends_the_sessions(
        self, desk: Desk, supervisor: Visitor
    ) -> None:
        done = kiosk(*of(desk, SUPERVISOR, "--remove"))
        assert done.returncode == 0
        assert "已取消工号 S001 的密码" in done.stdout
        assert supervisor.get("/").status_code == 303
        assert supervisor.sign_in().status_code == 401
        assert "没有密码" in kiosk(*of(desk, SUPERVISOR, "--remove")).stderr

    def test_somebody_erased_from_the_roster_can_lose_it_too(self, desk: Desk) -> None:
        desk.journal.erase_worker(OTHER)
        assert kiosk(*of(desk, OTHER, "--remove")).returncode == 0
        assert desk.access.workers == (SUPERVISOR,)


def test_where_no_pages_ever_ran_nothing_is_made(tmp_path: Path) -> None:
    done = kiosk("password", "--data", str(tmp_path), SUPERVISOR, typed=NEW)
    assert done.returncode == 1
    assert "请先启动 kiosk review" in done.stderr
    assert list(tmp_path.iterdir()) == []


class TestFirstPasswords:
    def test_a_service_keeps_them_out_of_its_output(self, desk: Desk, tmp_path: Path) -> None:
        desk.access.remove(OTHER)
        output = tmp_path / "output"
        with as_a_service(output, "review", "--data", str(desk.folder), "--port", "0"):
            until(lambda: "S002" in output.read_text("utf-8"), deadline_s=60)
        said = output.read_text("utf-8")
        assert "kiosk password" in said
        assert not re.search(MADE_UP, said)
        assert desk.access.workers == (SUPERVISOR,)

    def test_a_terminal_shows_them(self, desk: Desk, anybody: Visitor) -> None:
        desk.access.remove(OTHER)
        with at_a_terminal("review", "--data", str(desk.folder), "--port", "0") as terminal:
            terminal.wait_for(f"只显示这一次.*{MADE_UP}")
        (made_up,) = re.findall(MADE_UP, terminal.shown)
        assert anybody.sign_in(OTHER, made_up).status_code == 303
