"""Paper: the two annexes of 豫应急办〔2023〕33号, the cards at a post, stickers and notices, filled
from records or blank.

What stands on a form is plain data (`sheet.py`), made by pure functions from packs and journal
(`annexes.py`, `cards.py`, …). A child process draws it (`drawing/`), the only code that knows
reportlab; `printing.py` runs that child.
"""
