"""Signing in, the cookie, and how long a session lasts."""

from __future__ import annotations

import httpx2
import pytest

from tests.fakes.desk import SUPERVISOR, Desk
from tests.fakes.visitor import Visitor, token_on, words

PAGES = ["/", "/days/2026-11-24", "/checks/check-0001"]


class TestSignIn:
    @pytest.mark.parametrize("path", PAGES)
    def test_no_page_opens_without_it_and_it_leads_there(
        self, desk: Desk, anybody: Visitor, path: str
    ) -> None:
        desk.a_check()
        answer = anybody.get(path)
        assert answer.status_code == 303
        signed_in = anybody.sign_in(at=answer.headers["Location"])
        assert signed_in.headers["Location"] == path
        assert anybody.get(path).status_code == 200

    @pytest.mark.parametrize("path", ["/live", f"/photos/{'ab' * 32}"])
    def test_what_a_page_fetches_by_itself_is_refused_without_it(
        self, anybody: Visitor, path: str
    ) -> None:
        assert anybody.get(path).status_code == 401

    def test_a_wrong_password_is_told_and_the_name_kept(self, anybody: Visitor) -> None:
        answer = anybody.sign_in(password="wrong-password")
        assert answer.status_code == 401
        assert "工号或密码不对" in words(answer)
        assert f'value="{SUPERVISOR}"' in answer.text
        assert "wrong-password" not in answer.text

    def test_too_many_wrong_passwords_mean_waiting(self, desk: Desk, anybody: Visitor) -> None:
        for _ in range(5):
            anybody.sign_in(password="wrong-password")
        answer = anybody.sign_in()
        assert answer.status_code == 429
        assert answer.headers["Retry-After"] == "30"
        assert "1 分钟后再试" in words(answer)
        desk.clock.turn(seconds=31)
        assert anybody.sign_in().status_code == 303

    def test_a_neighbour_on_the_lan_cannot_keep_a_supervisor_out(self, desk: Desk) -> None:
        with Visitor(desk.url, headers={"X-Forwarded-For": "192.168.1.66"}) as neighbour:
            for _ in range(6):
                last = neighbour.sign_in(password="wrong-password")
        assert last.status_code == 429
        with Visitor(desk.url, headers={"X-Forwarded-For": "192.168.1.7"}) as phone:
            assert phone.sign_in().status_code == 303

    def test_a_clock_set_back_prolongs_no_wait(self, desk: Desk, anybody: Visitor) -> None:
        for _ in range(5):
            anybody.sign_in(password="wrong-password")
        desk.clock.turn(days=-1)
        assert anybody.sign_in().headers["Retry-After"] == "30"
        desk.clock.turn(seconds=31)
        assert anybody.sign_in().status_code == 303

    @pytest.mark.parametrize(
        "elsewhere",
        [
            "https://evil.example/",
            "//evil.example/",
            "/\\evil.example",
            "javascript:x",
            "/%0d%0aX: y",
        ],
    )
    def test_it_never_leads_to_another_site(self, anybody: Visitor, elsewhere: str) -> None:
        page = anybody.get("/sign-in", params={"next": elsewhere})
        answer = anybody.submit(
            str(page.url.raw_path, "ascii"), page, worker=SUPERVISOR, password="right-password"
        )
        assert answer.status_code == 303
        assert answer.headers["Location"] in ("/", "/%0d%0aX:%20y", "/%250d%250aX:%20y")

    def test_an_account_without_the_role_is_refused(self, desk: Desk, anybody: Visitor) -> None:
        desk.access.set_password("A001", "right-password")
        answer = anybody.sign_in("A001")
        assert answer.status_code == 403
        assert anybody.get("/").status_code == 303

    def test_signing_out_ends_it(self, supervisor: Visitor) -> None:
        answer = supervisor.submit("/sign-out", supervisor.get("/"))
        assert answer.headers["Clear-Site-Data"] == '"cache"'
        assert supervisor.get("/").status_code == 303

    def test_a_copy_of_the_cookie_is_dead_after_signing_out(
        self, desk: Desk, supervisor: Visitor
    ) -> None:
        with Visitor(desk.url, cookies=dict(supervisor.cookies)) as copy:
            assert copy.get("/").status_code == 200
            supervisor.submit("/sign-out", supervisor.get("/"))
            assert copy.get("/").status_code == 303
            assert copy.get("/live").status_code == 401

    def test_signing_out_leaves_the_same_person_signed_in_elsewhere(
        self, desk: Desk, supervisor: Visitor
    ) -> None:
        with Visitor(desk.url) as phone:
            phone.sign_in()
            supervisor.submit("/sign-out", supervisor.get("/"))
            assert phone.get("/").status_code == 200

    def test_signing_in_again_ends_the_session_before(
        self, desk: Desk, supervisor: Visitor
    ) -> None:
        page = supervisor.get("/")
        with Visitor(desk.url, cookies=dict(supervisor.cookies)) as copy:
            supervisor.submit("/sign-in", page, worker=SUPERVISOR, password="right-password")
            assert supervisor.get("/").status_code == 200
            assert copy.get("/").status_code == 303

    def test_a_new_password_ends_it(self, desk: Desk, supervisor: Visitor) -> None:
        desk.access.set_password(SUPERVISOR, "another-password")
        assert supervisor.get("/").status_code == 303

    def test_losing_the_role_ends_it(self, desk: Desk, supervisor: Visitor) -> None:
        desk.journal.erase_worker(SUPERVISOR)
        assert supervisor.get("/").status_code == 303

    def test_half_an_hour_without_a_page_locks_it(self, desk: Desk, supervisor: Visitor) -> None:
        desk.clock.turn(minutes=29)
        assert supervisor.get("/").status_code == 200
        desk.clock.turn(minutes=29)
        assert supervisor.get("/").status_code == 200
        desk.clock.turn(minutes=31)
        answer = supervisor.get("/")
        assert answer.status_code == 303
        assert "登录已过期" in words(supervisor.get(answer.headers["Location"]))

    def test_a_list_that_keeps_itself_up_to_date_does_not_keep_it_open(
        self, desk: Desk, supervisor: Visitor
    ) -> None:
        for _ in range(4):
            desk.clock.turn(minutes=10)
            last = supervisor.get("/live")
        assert last.status_code == 401

    def test_after_eight_hours_it_is_over_however_busy(
        self, desk: Desk, supervisor: Visitor
    ) -> None:
        for _ in range(8 * 3):
            desk.clock.turn(minutes=20)
            assert supervisor.get("/").status_code == 200
        desk.clock.turn(minutes=1)
        assert supervisor.get("/").status_code == 303


class TestCookies:
    def test_the_cookie_is_out_of_reach_for_scripts_and_other_sites(self, anybody: Visitor) -> None:
        cookie = anybody.sign_in().headers["Set-Cookie"]
        assert "HttpOnly" in cookie
        assert "SameSite=Lax" in cookie
        assert "Secure" not in cookie

    def test_behind_tls_it_is_secure(self, desk: Desk) -> None:
        headers = {
            "X-Forwarded-Proto": "https",
            "X-Forwarded-For": "192.168.1.7",
            "Host": "station.local:8443",
        }
        headers["Referer"] = "https://station.local:8443/sign-in"
        with Visitor(desk.url, headers=headers) as phone:
            page = phone.get("/sign-in")
            # The client talks plain HTTP here and would keep a Secure cookie to itself.
            session = page.headers["Set-Cookie"].split(";")[0]
            answer = phone.post(
                "/sign-in",
                data={
                    "csrf_token": token_on(page),
                    "worker": SUPERVISOR,
                    "password": "right-password",
                },
                headers={"Cookie": session},
            )
        assert answer.status_code == 303
        assert "Secure" in answer.headers["Set-Cookie"]

    def test_only_the_proxy_on_this_machine_is_believed(self, desk: Desk) -> None:
        """127.0.0.2 stands for a neighbour: it, too, is this machine, but not where nginx connects
        from.
        """
        neighbour = httpx2.HTTPTransport(local_address="127.0.0.2")
        with Visitor(
            desk.url, transport=neighbour, headers={"X-Forwarded-Proto": "https"}
        ) as visitor:
            assert "Secure" not in visitor.get("/sign-in").headers["Set-Cookie"]

    def test_wrong_tries_are_counted_by_the_address_that_the_proxy_names(self, desk: Desk) -> None:
        with Visitor(desk.url, headers={"X-Forwarded-For": "192.168.1.66"}) as guesser:
            for number in range(6):
                last = guesser.sign_in(worker=f"guess-{number}")
        assert last.status_code == 429
        with Visitor(desk.url, headers={"X-Forwarded-For": "192.168.1.7"}) as phone:
            assert phone.sign_in().status_code == 303
