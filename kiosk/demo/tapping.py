"""`kiosk tap`: hold a card to the reader of a running demo."""

from __future__ import annotations

import httpx2

from kiosk.processes.telling import tell


def tap(url: str, worker: str | None, raw: str | None) -> int:
    """Present a worker's card, or put raw bytes on the wire; return the exit status."""
    action, word = ("tap", worker) if raw is None else ("tap_raw", raw)
    try:
        answer = httpx2.post(
            f"{url.rstrip('/')}/demo/{action}", content=word, timeout=10, trust_env=False
        )
    except httpx2.HTTPError as error:
        tell(f"kiosk tap: no demo answers at {url}: {error}", err=True)
        return 1
    if not answer.is_success:
        tell(
            f"kiosk tap: {url} answers {answer.status_code}: "
            f"is it a demo, is its reader plugged in, and is {word!r} right?",
            err=True,
        )
        return 1
    return 0
