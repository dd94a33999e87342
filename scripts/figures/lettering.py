"""The course's typeface inside a figure: an image on a page sees no font but its own.

Each figure carries only the letters that it has, in every weight that its rules may use. Needs
fonttools and brotli.
"""

from __future__ import annotations

import re
from base64 import b64encode
from functools import cache
from html import unescape
from io import BytesIO
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

FAMILY = "Atkinson Hyperlegible Next"
FONTS = Path(__file__).parents[1] / "viva/theme/assets/site/fonts"
LETTERS = FONTS / "atkinson-hyperlegible-next-latin-wght-normal.woff2"
ZERO = FONTS / "plain-zero-wght-normal.woff2"
WEIGHTS = (400, 700)
TEXT = re.compile(r"<text\b[^>]*>(.*?)</text>", re.DOTALL)


def faces(body: str) -> str:
    """The rules that bring the letters of a figure's body; none for a figure without text."""
    letters = set(unescape(re.sub(r"<[^>]+>", "", "".join(TEXT.findall(body))))) - set("\n")
    made = [_face(LETTERS, "".join(sorted(letters - {"0"})))] if letters else []
    if "0" in letters:  # without its stroke, as everywhere in the course
        made.append(_face(ZERO, "0"))
    return "".join(made)


@cache
def _face(source: Path, letters: str) -> str:
    shown = ",".join(f"U+{ord(letter):X}" for letter in letters)
    data = b64encode(_subset(source, letters)).decode()
    return (f'@font-face{{font-family:"{FAMILY}";font-weight:{WEIGHTS[0]} {WEIGHTS[1]};'
            f"unicode-range:{shown};src:url(data:font/woff2;base64,{data})}}")


def _subset(source: Path, letters: str) -> bytes:
    font = TTFont(source, recalcTimestamp=False)
    options = Options(layout_features=["kern"], hinting=False, notdef_outline=False,
                      glyph_names=False, name_IDs=[1, 2, 13, 14])
    subsetter = Subsetter(options)
    subsetter.populate(text=letters)
    subsetter.subset(font)
    font = instantiateVariableFont(font, {"wght": WEIGHTS})
    font.flavor = "woff2"
    made = BytesIO()
    font.save(made)
    return made.getvalue()
