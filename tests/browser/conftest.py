"""What a browser is waited for on a machine that is busy with something else."""

from __future__ import annotations

from playwright.sync_api import expect

expect.set_options(timeout=15_000)
