"""Accounts, wrong tries, and sessions that can be ended."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.fakes.hashing import CHEAP
from ui.review.access.store import Access, AccessError, Admitted, MustWait, Rejected

PASSWORD = "correct horse"


class Clock:
    """Turned by hand."""

    def __init__(self) -> None:
        self.now_s = 1_800_000_000.0

    def __call__(self) -> float:
        return self.now_s


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def access(tmp_path: Path, clock: Clock) -> Access:
    opened = Access(tmp_path / "review.db", now_s=clock, hasher=CHEAP)
    opened.set_password("S001", PASSWORD)
    return opened


def test_the_right_password_admits(access: Access) -> None:
    assert access.sign_in("S001", PASSWORD, "10.0.0.5") == Admitted("S001", 1)


def test_an_id_may_be_typed_with_blanks_and_full_width_letters(access: Access) -> None:
    assert access.sign_in(" Ｓ００１ ", PASSWORD, "10.0.0.5") == Admitted("S001", 1)


@pytest.mark.parametrize(
    ("worker", "password"),
    [("S001", "wrong"), ("S001", ""), ("S999", PASSWORD), ("", ""), ("' or 1=1 --", "x")],
)
def test_anything_else_is_rejected_without_saying_what_was_wrong(
    access: Access, worker: str, password: str
) -> None:
    assert access.sign_in(worker, password, "10.0.0.5") == Rejected()


def wrong_tries(access: Access, tries: int, host: str, worker: str = "S001") -> None:
    for _ in range(tries):
        assert access.sign_in(worker, "wrong", host) == Rejected()


def test_whoever_guesses_a_name_waits_and_its_owner_does_not(access: Access) -> None:
    for host in range(50):
        wrong_tries(access, 5, f"10.0.1.{host}")
    assert access.sign_in("S001", PASSWORD, "10.0.1.1") == MustWait(30)
    assert isinstance(access.sign_in("S001", PASSWORD, "10.0.0.5"), Admitted)


def test_a_name_guessed_from_very_many_addresses_waits_a_little_wherever_from(
    access: Access, clock: Clock
) -> None:
    for host in range(60):
        wrong_tries(access, 5, f"10.0.1.{host}")
    assert access.sign_in("S001", PASSWORD, "10.0.0.5") == MustWait(5)
    clock.now_s += 5
    assert isinstance(access.sign_in("S001", PASSWORD, "10.0.0.5"), Admitted)


def test_signing_in_oneself_does_not_wipe_ones_guesses_at_another(access: Access) -> None:
    access.set_password("S002", PASSWORD)
    for _ in range(2):
        wrong_tries(access, 2, "10.0.0.66")
        access.sign_in("S002", PASSWORD, "10.0.0.66")
    wrong_tries(access, 1, "10.0.0.66")
    assert access.sign_in("S001", PASSWORD, "10.0.0.66") == MustWait(30)


def test_a_name_that_looks_like_an_address_counts_for_itself_alone(access: Access) -> None:
    for host in range(5):
        wrong_tries(access, 1, f"10.0.1.{host}", "10.0.0.5|S001")
    assert isinstance(access.sign_in("S001", PASSWORD, "10.0.0.5"), Admitted)


@pytest.mark.parametrize("back_s", [60, 86_400, 900_000_000])
def test_a_clock_set_back_prolongs_no_wait(access: Access, clock: Clock, back_s: float) -> None:
    wrong_tries(access, 5, "10.0.0.5")
    clock.now_s -= back_s
    assert access.sign_in("S001", PASSWORD, "10.0.0.5") == MustWait(30)
    clock.now_s += 30
    assert isinstance(access.sign_in("S001", PASSWORD, "10.0.0.5"), Admitted)


def test_five_wrong_tries_from_an_address_make_it_wait_whatever_the_names(access: Access) -> None:
    for number in range(5):
        access.sign_in(f"guess-{number}", "wrong", "10.0.0.66")
    assert access.sign_in("S001", PASSWORD, "10.0.0.66") == MustWait(30)
    assert isinstance(access.sign_in("S001", PASSWORD, "10.0.0.7"), Admitted)


def test_the_wait_grows_with_every_further_wrong_try(access: Access, clock: Clock) -> None:
    for _ in range(5):
        access.sign_in("S001", "wrong", "10.0.0.5")
    clock.now_s += 31
    access.sign_in("S001", "wrong", "10.0.0.5")
    assert access.sign_in("S001", PASSWORD, "10.0.0.5") == MustWait(60)


def test_trying_during_the_wait_does_not_prolong_it(access: Access, clock: Clock) -> None:
    for _ in range(5):
        access.sign_in("S001", "wrong", "10.0.0.5")
    clock.now_s += 20
    assert access.sign_in("S001", "wrong", "10.0.0.5") == MustWait(10)


def test_a_right_password_wipes_the_slate(access: Access) -> None:
    for _ in range(4):
        access.sign_in("S001", "wrong", "10.0.0.5")
    access.sign_in("S001", PASSWORD, "10.0.0.5")
    assert access.sign_in("S001", "wrong", "10.0.0.5") == Rejected()
    assert isinstance(access.sign_in("S001", PASSWORD, "10.0.0.5"), Admitted)


def test_many_tries_at_once_do_not_outrun_the_count(access: Access) -> None:
    ready = threading.Barrier(12)

    def guess(_: int) -> object:
        ready.wait(timeout=30)
        return access.sign_in("S001", "wrong", "10.0.0.5")

    with ThreadPoolExecutor(12) as pool:
        answers = list(pool.map(guess, range(12)))
    assert answers.count(Rejected()) == 5


def test_wrong_tries_survive_a_restart(tmp_path: Path, clock: Clock, access: Access) -> None:
    for _ in range(5):
        access.sign_in("S001", "wrong", "10.0.0.5")
    again = Access(tmp_path / "review.db", now_s=clock, hasher=CHEAP)
    assert again.sign_in("S001", PASSWORD, "10.0.0.5") == MustWait(30)


def begun(access: Access) -> str:
    admission = access.sign_in("S001", PASSWORD, "10.0.0.5")
    assert isinstance(admission, Admitted)
    return access.begin(admission)


def test_an_ended_session_is_over_and_another_is_not(access: Access) -> None:
    phone, desk = begun(access), begun(access)
    access.end(phone)
    assert access.session(phone) is None
    kept = access.session(desk)
    assert kept is not None
    assert kept.worker == "S001"


def test_a_session_is_seen(access: Access, clock: Clock) -> None:
    session = begun(access)
    clock.now_s += 100
    access.see(session)
    found = access.session(session)
    assert found is not None
    assert found.seen_s - found.since_s == 100


def test_sessions_long_over_are_forgotten(access: Access, clock: Clock) -> None:
    old = begun(access)
    clock.now_s += 2 * 86_400
    new = begun(access)
    assert access.session(old) is None
    assert access.session(new)


def test_a_new_password_ends_the_sessions_and_replaces_the_old_one(access: Access) -> None:
    session = begun(access)
    access.set_password("S001", "another one")
    assert access.session(session) is None
    assert access.sign_in("S001", PASSWORD, "10.0.0.5") == Rejected()
    assert access.sign_in("S001", "another one", "10.0.0.5") == Admitted("S001", 2)


def test_a_password_changed_while_somebody_signs_in_lets_nobody_in(access: Access) -> None:
    admission = access.sign_in("S001", PASSWORD, "10.0.0.5")
    assert isinstance(admission, Admitted)
    access.set_password("S001", "another one")
    assert access.session(access.begin(admission)) is None


def test_a_removed_account_is_gone_and_its_sessions_do_not_come_back_with_it(
    access: Access,
) -> None:
    session = begun(access)
    access.remove("S001")
    assert access.workers == ()
    assert access.sign_in("S001", PASSWORD, "10.0.0.5") == Rejected()
    access.set_password("S001", PASSWORD)
    assert access.session(session) is None


def test_the_first_password_is_made_up_and_differs_each_time(access: Access) -> None:
    first, second = access.create_first("S002"), access.create_first("S003")
    assert first != second
    assert isinstance(access.sign_in("S002", first, "10.0.0.5"), Admitted)
    assert access.workers == ("S001", "S002", "S003")


@pytest.mark.parametrize(
    ("worker", "password"), [("S001", "short"), ("S001", "x" * 201), (" ", PASSWORD)]
)
def test_a_bad_password_or_id_is_refused_and_nothing_changes(
    access: Access, worker: str, password: str
) -> None:
    with pytest.raises(AccessError, match=r"characters|worker's id"):
        access.set_password(worker, password)
    assert access.sign_in("S001", PASSWORD, "10.0.0.5") == Admitted("S001", 1)


def test_the_file_is_for_its_owner_only_and_holds_no_password(
    tmp_path: Path, access: Access
) -> None:
    path = tmp_path / "review.db"
    assert path.stat().st_mode & 0o777 == 0o600
    assert PASSWORD.encode() not in path.read_bytes()


def test_a_hash_costs_a_guesser_what_owasp_asks_for(tmp_path: Path) -> None:
    path = tmp_path / "review.db"
    Access(path).set_password("S001", PASSWORD)
    assert b"$argon2id$v=19$m=19456,t=2,p=1$" in path.read_bytes()


def test_the_cookie_key_stays_the_same(tmp_path: Path, access: Access) -> None:
    again = Access(tmp_path / "review.db")
    assert again.cookie_key == access.cookie_key
    assert len(access.cookie_key) == 32


def test_an_unknown_name_costs_as_much_as_a_wrong_password(access: Access) -> None:
    """Both compute exactly one hash with the same parameters; timing would only show the machine's
    load.
    """
    from argon2 import extract_parameters

    passwords = access._passwords
    assert extract_parameters(passwords._nobody) == extract_parameters(passwords.hash(PASSWORD))
