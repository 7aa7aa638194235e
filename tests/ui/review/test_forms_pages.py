"""表格: from the list of forms to a PDF, over HTTP."""

from __future__ import annotations

import pytest

from kiosk.forms.choosing import Kind
from kiosk.forms.printing import FormError
from kiosk.records import facts as f
from tests.fakes.desk import Desk
from tests.fakes.paper import Paper
from tests.fakes.visitor import Visitor, words


class TestForms:
    def test_every_form_is_offered_and_leads_to_a_preview(self, supervisor: Visitor) -> None:
        page = supervisor.get("/forms")
        for kind in Kind:
            assert f'href="/forms/{kind}"' in page.text
            assert supervisor.get(f"/forms/{kind}").status_code == 200
        preview = supervisor.get("/forms/annex1/preview?of=press")
        assert "冲压工" in words(preview)
        assert 'src="/forms/annex1/pdf?of=press"' in preview.text

    def test_a_preview_may_be_framed_by_these_pages_only(self, supervisor: Visitor) -> None:
        preview = supervisor.get("/forms/privacy/preview")
        assert "frame-src 'self'" in preview.headers["Content-Security-Policy"]
        assert "frame-ancestors 'none'" in preview.headers["Content-Security-Policy"]
        pdf = supervisor.get("/forms/privacy/pdf")
        assert "frame-ancestors 'self'" in pdf.headers["Content-Security-Policy"]
        assert pdf.headers["X-Frame-Options"] == "SAMEORIGIN"
        assert pdf.headers["Content-Type"] == "application/pdf"
        assert pdf.headers["Content-Disposition"].startswith("inline")
        assert "个人信息告知牌" in Paper(pdf.content).text

    def test_annex_2_of_a_check_is_printed_with_the_names_of_today(
        self, desk: Desk, supervisor: Visitor
    ) -> None:
        check = desk.a_check("A002", post="welder")
        assert f'href="/checks/{check}/annex2"' in supervisor.get(f"/checks/{check}").text
        assert f'src="/checks/{check}/annex2/pdf"' in supervisor.get(f"/checks/{check}/annex2").text
        text = Paper(supervisor.get(f"/checks/{check}/annex2/pdf").content).text
        assert "李四（A002）" in text
        assert desk.journal.entries()[-1].hash[:12] in text

    def test_checks_with_hazardous_works_are_listed(self, desk: Desk, supervisor: Visitor) -> None:
        without, check = desk.a_check(), desk.open_check("A002", post="welder")
        desk.record(f.WorksChosen(check, ("hot-work",)))
        desk.close_check(check)
        page = supervisor.get("/forms/annex2")
        assert f"/checks/{check}/annex2" in page.text
        assert f"/checks/{without}/annex2" not in page.text
        assert "动火" in words(page)

    @pytest.mark.parametrize(
        "path",
        [
            *(
                "/forms/diary",
                "/forms/annex1/pdf?of=diving",
                "/forms/annex1/preview?of=diving",
                "/forms/annex2/pdf",
            ),
            *(
                "/checks/c9/annex2",
                "/checks/c9/annex2/pdf",
                "/forms/blank/pdf?of=../../etc",
                "/forms/annex2/preview",
            ),
        ],
    )
    def test_what_is_not_there_is_not_found(self, supervisor: Visitor, path: str) -> None:
        assert supervisor.get(path).status_code == 404

    @pytest.mark.parametrize("path", ["/forms", "/forms/annex1/pdf", "/checks/c1/annex2/pdf"])
    def test_nobody_prints_without_signing_in(self, anybody: Visitor, path: str) -> None:
        answer = anybody.get(path)
        assert answer.status_code == 303
        assert answer.headers["Location"].startswith("/sign-in")


def test_what_keeps_a_form_from_being_drawn_is_said(desk: Desk) -> None:
    def no_font(_sheets: object) -> bytes:
        raise FormError("缺少字体文件，请安装 Debian 软件包 fonts-hanazono")

    with desk.serve(draw=no_font) as url, Visitor(url) as visitor:
        visitor.sign_in()
        answer = visitor.get("/forms/privacy/pdf")
        assert answer.status_code == 503
        assert "请安装 Debian 软件包 fonts-hanazono" in words(answer)
