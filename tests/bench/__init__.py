"""What the product costs, as ratios to a floor measured in the same run: `python -m tests.bench
[name …]`.

A bench is a module here with a function `run() -> list[Result]`.
"""
