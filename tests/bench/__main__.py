"""Run the benches named on the command line, or all, and print one table."""

from __future__ import annotations

import importlib
import pkgutil
import sys
from collections.abc import Iterable

from rich.console import Console
from rich.table import Table

import tests.bench
from tests.bench.result import Result

LEAST = "--smallest"
_NOT_BENCHES = ("__main__", "result")


def main(wanted: list[str]) -> int:
    """Run the benches of these names, or all; after `--smallest` with the least load, which only
    shows that they run.
    """
    smallest = wanted[:1] == [LEAST]
    wanted = wanted[smallest:]
    names = benches()
    if unknown := sorted(set(wanted) - set(names)):
        Console(stderr=True).print(
            f"no bench called {', '.join(unknown)}; there are: {', '.join(names)}"
        )
        return 2
    console = Console()
    results: list[Result] = []
    for name in wanted or names:
        with console.status(f"{name} …"):
            bench = importlib.import_module(f"tests.bench.{name}")
            results += bench.run(bench.SMALLEST if smallest else bench.FULL)
    console.print(table(results))
    return 0


def benches() -> list[str]:
    """Return the names of all benches."""
    return [
        module.name
        for module in pkgutil.iter_modules(tests.bench.__path__)
        if not module.ispkg and module.name not in _NOT_BENCHES
    ]


def table(results: Iterable[Result]) -> Table:
    drawn = Table("what")
    for heading in ("measured", "floor", "ratio", "aim"):
        drawn.add_column(heading, justify="right", no_wrap=True)
    drawn.add_column("")
    for result in results:
        drawn.add_row(
            result.name,
            _figure(result.measured, result.unit),
            _figure(result.floor, result.unit),
            _figure(result.ratio, "×"),
            ""
            if result.aim is None
            else f"≤ {_figure(result.aim, result.unit if result.floor is None else '×')}",
            "" if result.aim is None else "[green]ok" if result.ok else "[red]over",
        )
    return drawn


def _figure(value: float | None, unit: str) -> str:
    return (
        "" if value is None else f"{value:,.0f} {unit}" if value >= 1000 else f"{value:.3g} {unit}"
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
