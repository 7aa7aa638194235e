"""Somebody with a browser but without eyes: speaks HTTP to the review pages, keeps cookies, fills
in forms.
"""

from __future__ import annotations

import html
import re
from typing import Any

import httpx2

from tests.fakes.desk import PASSWORD, SUPERVISOR


class Visitor(httpx2.Client):
    """A client that knows where a form's token stands."""

    def __init__(self, url: str, **options: Any) -> None:
        super().__init__(
            base_url=url,
            follow_redirects=False,
            timeout=60,
            trust_env=False,
            verify=False,
            **options,
        )

    def sign_in(
        self, worker: str = SUPERVISOR, password: str = PASSWORD, at: str = "/sign-in"
    ) -> httpx2.Response:
        """Fill in the sign-in page."""
        return self.submit(at, self.get(at), worker=worker, password=password)

    def judge(self, check: str, verdict: str = "accepted", **fields: Any) -> httpx2.Response:
        """Open a check and press a button of its verdict form."""
        page = self.get(f"/checks/{check}?again=1")
        after = re.search(r'name="after" value="(\d+)"', page.text)
        fields = {"after": after[1] if after else "0", **fields}
        return self.submit(f"/checks/{check}/reviews", page, verdict=verdict, **fields)

    def submit(self, path: str, page: httpx2.Response, **fields: Any) -> httpx2.Response:
        """Send a form that stood on `page`."""
        return self.post(path, data={"csrf_token": token_on(page), **fields})


def token_on(page: httpx2.Response) -> str:
    found = re.search(r'name="csrf_token" value="([^"]+)"', page.text)
    assert found, f"no form on {page.url}: {page.status_code}"
    return found[1]


def words(page: httpx2.Response) -> str:
    """Return what a person reads on a page, in one line."""
    text = re.sub(r"<(script|style|svg)\b.*?</\1>", " ", page.text, flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", text)).split())


def shown(page: httpx2.Response) -> list[str]:
    """Return the checks that a list shows, in order."""
    return re.findall(r'id="c-([^"]+)"', page.text)
