"""What can be laid out on a page.

Like reportlab's own flowables, without the rest of its platypus, which takes as long to import as a
page to draw.
"""

from __future__ import annotations

from reportlab.pdfgen.canvas import Canvas


class Flowable:
    """Knows its size at a width, how to split at a height, and how to draw itself upwards from the
    origin. Lengths are points.
    """

    canv: Canvas
    """The canvas it is measured on or drawn to."""
    width: float
    """As last measured."""
    ruled = False
    """Whether it is framed: framed ones of a kind stand edge to edge."""

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Return its size at this width."""
        raise NotImplementedError

    def split(self, _width: float, _height: float) -> list[Flowable]:
        """Return pieces of which the first is no higher than `height`; nothing when it cannot be
        split there.
        """
        return []

    def draw(self) -> None:
        """Draw it as last measured."""
        raise NotImplementedError

    def wrap_on(self, canvas: Canvas, width: float, height: float) -> tuple[float, float]:
        """Measure it on a canvas."""
        self.canv = canvas
        return self.wrap(width, height)

    def split_on(self, canvas: Canvas, width: float, height: float) -> list[Flowable]:
        """Split it on a canvas."""
        self.canv = canvas
        return self.split(width, height)

    def draw_on(self, canvas: Canvas, x: float, y: float) -> None:
        """Draw it with its lower left corner at a point."""
        self.canv = canvas
        canvas.saveState()
        canvas.translate(x, y)
        self.draw()
        canvas.restoreState()
