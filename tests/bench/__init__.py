"""What the product costs, as ratios to a floor measured in the same run: `python -m tests.bench
[--smallest] [name …]`.

A bench is a module here with a function `run(load) -> list[Result]` and two loads: `FULL`, which is
measured, and `SMALLEST`, with which every run of the tests sees that it still starts.
"""
