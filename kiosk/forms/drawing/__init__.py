"""Drawing sheets with reportlab, in a process of its own: `python -m kiosk.forms.drawing`, a `Job`
in, a PDF out.

A block is a flowable: it knows its height at a width, how to split at a height, and how to draw
itself. `pages.py` lays them out.
"""
