"""The digit zero of the course's typeface without the stroke through it, which reads like a letter.

The two halves of the counter become one, so that nothing is drawn anew: the same points in another
order. Needs fonttools and brotli: `python -m figures.zero`.
"""

from __future__ import annotations

from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._g_l_y_f import GlyphCoordinates
from fontTools.varLib.iup import iup_delta

FONTS = Path(__file__).parents[1] / "viva/theme/assets/site/fonts"
SOURCE = "atkinson-hyperlegible-next-latin-wght-{}.woff2"
MADE = "plain-zero-wght-{}.woff2"
# Where each half of the counter leaves the stroke, and comes back to it: its second end.
TURNS = {"normal": (20, 28), "italic": (24, 33)}
ZERO, GLYPH = 0x30, "zero"


def plain(source: Path, turns: tuple[int, int]) -> TTFont:
    """A font of one glyph, the zero without its stroke, in every weight."""
    font = _only_zero(source)
    glyph, table = font["glyf"][GLYPH], font["glyf"]
    points, ends, flags = glyph.getCoordinates(table)
    order = _one_counter(list(ends), turns)
    for variation in font["gvar"].variations[GLYPH]:
        full = iup_delta_of(variation.coordinates, points, list(ends))
        variation.coordinates = [full[at] for at in order] + full[len(points) :]
    glyph.coordinates = GlyphCoordinates([points[at] for at in order])
    glyph.flags = bytearray(flags[at] for at in order)
    glyph.endPtsOfContours = [ends[0], ends[2]]
    glyph.numberOfContours = 2
    return font


def iup_delta_of(deltas, points, ends):
    """Every delta in full: those left out hang on neighbours that are neighbours no more."""
    own = len(points)
    full = iup_delta(deltas, [*points, *[(0, 0)] * (len(deltas) - own)], ends)
    return list(full)


def _only_zero(source: Path) -> TTFont:
    font = TTFont(source, recalcTimestamp=False)
    subsetter = Subsetter(Options(layout_features=[], notdef_outline=False, glyph_names=False))
    subsetter.populate(unicodes=[ZERO])
    subsetter.subset(font)
    for record in font["name"].names:
        if record.nameID in (1, 3, 4, 6, 16):
            record.string = "Plain Zero"
    return font


def _one_counter(ends: list[int], turns: tuple[int, int]) -> list[int]:
    """The points of the outline, then those of both halves as one way round."""
    outer, first, second = ends
    one = [*range(turns[0], first + 1), *range(outer + 1, turns[0])]
    other = [*range(turns[1], second + 1), *range(first + 1, turns[1])]
    return [*range(outer + 1), *one, *other]


if __name__ == "__main__":
    for style, turns in TURNS.items():
        font = plain(FONTS / SOURCE.format(style), turns)
        font.flavor = "woff2"
        font.save(FONTS / MADE.format(style))
