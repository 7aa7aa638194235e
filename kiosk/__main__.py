"""`python -m kiosk`."""

from __future__ import annotations

from kiosk.cli.main import run

if __name__ == "__main__":
    run()
