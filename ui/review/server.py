"""The supervisor's pages as a server: waitress on the loopback address, behind nginx, which owns
TLS and the LAN.
"""

from __future__ import annotations

from typing import Any
from wsgiref.types import WSGIApplication

import waitress

LOOPBACK = "127.0.0.1"
_SILENT_S = 12
"""nginx sends a request once it has all of it: who falls silent within one is not nginx."""
_MOST_BYTES = 10 << 20
"""The application itself refuses what is over its limit, in its own words; this is the last line.
"""


def make_server(app: WSGIApplication, port: int, threads: int, silent_s: int = _SILENT_S) -> Any:
    """Make a server that is ready to `run`; its port is open from the start.

    What a request says about its origin (X-Forwarded-For, -Proto, -Host, -Port) is believed only
    when nginx on this machine says it.
    """
    return waitress.create_server(
        app,
        host=LOOPBACK,
        port=port,
        threads=threads,
        ident=None,
        trusted_proxy=LOOPBACK,
        trusted_proxy_count=1,
        trusted_proxy_headers={
            "x-forwarded-for",
            "x-forwarded-proto",
            "x-forwarded-host",
            "x-forwarded-port",
        },
        clear_untrusted_proxy_headers=True,
        log_untrusted_proxy_headers=False,
        max_request_body_size=_MOST_BYTES,
        channel_timeout=silent_s,
        cleanup_interval=silent_s // 4,
        connection_limit=100,
        asyncore_use_poll=True,
    )
