"""`kiosk password`: set, renew or take away the password with which somebody signs in to the
supervisor's pages.

A password that was made up is shown on a terminal and nowhere else: what a service prints stays in
the system's journal.
"""

from __future__ import annotations

import sys

import click

from kiosk.model.people import Role
from kiosk.paths import Place
from kiosk.processes.review import access_of, review_db
from kiosk.processes.telling import tell
from kiosk.records.reader import Reading
from ui.review.access.accounts import tidy
from ui.review.access.passwords import LEAST_LENGTH, MOST_LENGTH
from ui.review.access.store import Access


class PasswordRefusedError(Exception):
    """The password was not set or taken away; the message says why and what to do."""


def set_password(place: Place, worker: str) -> None:
    """Set a reviewer's password: read from standard input, or at a terminal typed or made up.

    Raise PasswordRefusedError, and JournalError when the people cannot be read.
    """
    access = _existing(place)
    _require_reviewer(place, worker)
    password = _typed() if sys.stdin.isatty() else _piped()
    if password:
        _require_length(password)
        access.set_password(worker, password)
        tell(f"已设置工号 {worker} 的密码，原来的登录都已失效")
    else:
        tell(f"工号 {worker} 的新密码（只显示这一次）：{access.create_first(worker)}")


def remove_password(place: Place, worker: str) -> None:
    """Take a password away, also of somebody who is no longer on the roster.

    Raise PasswordRefusedError.
    """
    access = _existing(place)
    if tidy(worker) not in access.workers:
        raise PasswordRefusedError(f"工号 {worker} 没有密码")
    access.remove(worker)
    tell(f"已取消工号 {worker} 的密码，原来的登录都已失效")


def _existing(place: Place) -> Access:
    """Open the accounts that the pages use.

    Accounts made by another user, or in another folder, would help nobody.
    """
    path = review_db(place)
    try:
        if path.exists():
            return access_of(place)
    except OSError as error:
        raise PasswordRefusedError(
            f"不能打开 {path}：{error.strerror}。请以 kiosk review 的用户运行"
        ) from error
    raise PasswordRefusedError(f"没有 {path}：请先启动 kiosk review，再以它的用户和数据目录运行")


def _require_reviewer(place: Place, worker_id: str) -> None:
    with Reading.open(place.data) as reading:
        worker = reading.workers().get(worker_id)
    if worker is None:
        raise PasswordRefusedError(f"没有工号 {worker_id}，请先用 kiosk import 导入人员")
    if worker.role is Role.WORKER:
        raise PasswordRefusedError(f"工号 {worker_id} 是普通工人，不能复核")
    if worker.has_left:
        raise PasswordRefusedError(f"工号 {worker_id} 已离职")
    if worker.blocked:
        raise PasswordRefusedError(f"工号 {worker_id} 已停用：{worker.blocked}")


def _typed() -> str:
    """Prompt for a password twice; an empty one asks for one to be made up."""
    if not sys.stdout.isatty():
        raise PasswordRefusedError("密码只显示在终端上：请在终端运行，或从标准输入给出密码")
    first = _asked("新密码（直接回车则自动生成）")
    if first and _asked("再输一次") != first:
        raise PasswordRefusedError("两次输入的密码不一样，没有设置")
    return first


def _asked(question: str) -> str:
    answer: str = click.prompt(question, default="", show_default=False, hide_input=True)
    return answer


def _piped() -> str:
    password = sys.stdin.readline().rstrip("\r\n")
    if not password:
        raise PasswordRefusedError("标准输入里没有密码")
    return password


def _require_length(password: str) -> None:
    if not LEAST_LENGTH <= len(password) <= MOST_LENGTH:
        raise PasswordRefusedError(f"密码要 {LEAST_LENGTH} 到 {MOST_LENGTH} 个字符")
