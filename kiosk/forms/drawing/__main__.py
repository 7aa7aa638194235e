"""Read a `Job` from standard input, write the PDF to standard output; what goes wrong is the last
line of standard error.
"""

from __future__ import annotations

import io
import sys

import msgspec
from reportlab import rl_config
from reportlab.pdfgen.canvas import Canvas

from kiosk.forms.drawing.font import FontError, main_font, use_fonts
from kiosk.forms.drawing.pages import DoesNotFitError, draw_sheet
from kiosk.forms.sheet import Job


def main() -> int:
    """Draw one job; status 1 when it cannot be drawn."""
    job = msgspec.json.decode(sys.stdin.buffer.read(), type=Job)
    rl_config.useA85 = 0  # photos as they are, not a quarter longer
    paper = io.BytesIO()
    try:
        use_fonts(job.fonts)
        # `invariant`: the same record gives the same file, whenever it is printed.
        canvas = Canvas(paper, pagesize=(595.276, 841.89), invariant=1, initialFontName=main_font())
        canvas.setTitle("、".join(dict.fromkeys(sheet.title for sheet in job.sheets)))
        for sheet in job.sheets:
            draw_sheet(canvas, sheet, job.counted)
        canvas.save()
    except (FontError, DoesNotFitError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.buffer.write(paper.getvalue())
    return 0


if __name__ == "__main__":
    sys.exit(main())
