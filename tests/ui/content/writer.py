"""Somebody who writes content, without eyes: fills in the forms of the pages over HTTP."""

from __future__ import annotations

import html
import re
from typing import Any

import httpx2

from tests.fakes.visitor import Visitor, token_on

Fields = dict[str, Any]


class Writer(Visitor):
    """Copies posts, changes fields, publishes."""

    def copy(self, post: str = "grinder", pack: str = "henan-small-factory") -> str:
        """Begin a draft with one shipped post; return its path."""
        path = f"/content/packs/{pack}/copy"
        answer = self.submit(path, self.get(path), post=post)
        assert answer.status_code == 303, answer.text
        return answer.headers["Location"]

    def submit_token(self, path: str) -> str:
        """Return the token of a page's form."""
        return token_on(self.get(path))

    def form(self, path: str) -> Fields:
        """Return what stands in the form of a part, as a browser would send it."""
        return fields_of(self.get(path))

    def save(self, path: str, **fields: Any) -> httpx2.Response:
        """Change fields of a part (`steps__0__call` for `steps.0.call`) and save it."""
        typed = self.form(path) | {name.replace("__", "."): value for name, value in fields.items()}
        return self.post(path, data=typed)

    def publish(self, draft: str) -> httpx2.Response:
        """Publish a draft as its page shows it."""
        return self.post(f"{draft}/publish", data=last_form(self.get(f"{draft}/publish")))


def fields_of(page: httpx2.Response) -> Fields:
    """Read the fields of the form that saves a part."""
    found = re.search(r'<form class="part".*?</form>', page.text, flags=re.DOTALL)
    assert found, page.text
    return _fields(found[0])


def last_form(page: httpx2.Response) -> Fields:
    return _fields(page.text[page.text.rindex("<form") :])


def _fields(form: str) -> Fields:
    fields: Fields = {}

    def put(name: str, value: str) -> None:
        before = fields.get(name)
        fields[name] = (
            value
            if before is None
            else [*(before if isinstance(before, list) else [before]), value]
        )

    for tag in re.findall(r"<input\b[^>]*>", form):
        attributes = dict(re.findall(r'(\w[\w-]*)="([^"]*)"', tag))
        chosen = attributes.get("type") not in ("checkbox", "radio") or re.search(
            r"\bchecked\b", tag
        )
        if "name" in attributes and chosen:
            put(attributes["name"], html.unescape(attributes.get("value", "")))
    for name, text in re.findall(
        r'<textarea name="([^"]+)"[^>]*>(.*?)</textarea>', form, flags=re.DOTALL
    ):
        put(name, html.unescape(text))
    for name, options in re.findall(
        r'<select name="([^"]+)"[^>]*>(.*?)</select>', form, flags=re.DOTALL
    ):
        chosen = re.search(r'<option value="([^"]*)" selected', options) or re.search(
            r'value="([^"]*)"', options
        )
        put(name, chosen[1] if chosen else "")
    return fields
