"""The bare way to a page like Annex 2: `forms FONT TEXT_FILE PHOTO…` draws text, rules and photos
with reportlab alone.
"""

from __future__ import annotations

import io
import sys
from pathlib import Path

from reportlab import rl_config
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas


def main(font: str, text: str, *photos: str) -> None:
    """Draw one page to the standard output."""
    rl_config.useA85 = 0
    pdfmetrics.registerFont(TTFont("F", font, subfontIndex=0))
    paper = io.BytesIO()
    canvas = Canvas(paper, pagesize=(595.276, 841.89), invariant=1)
    canvas.setFont("F", 10.5)
    for number, line in enumerate(Path(text).read_text(encoding="utf-8").splitlines()):
        canvas.drawString(120, 800 - 14 * number, line)
    for number, photo in enumerate(photos):
        canvas.drawImage(ImageReader(photo), 380, 560 - 100 * number, 159, 89)
        canvas.rect(51, 555 - 100 * number, 493, 100)
    canvas.showPage()
    canvas.save()
    sys.stdout.buffer.write(paper.getvalue())


if __name__ == "__main__":
    main(*sys.argv[1:])
