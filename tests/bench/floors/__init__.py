"""The least that gives the same outcome, each as a process of its own: `python -m
tests.bench.floors.NAME`.
"""
