"""Formulas as they are typed: `$…$` or `\\(…\\)` in a line, `$$…$$` or `\\[…\\]` on its own.

A dollar with a space behind it opens nothing, one with a space before it or a digit behind it
closes nothing: `$5 to $10` is text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from viva.formulas import engine, tree
from viva.formulas.engine import Mistake
from viva.formulas.linear import linear

BLOCK = (
    r"(?<!\\)\$\$(?!\$)(?:\\.|[^\\$])+\$\$|(?<!\\)\\\[(?:\\[^\]]|[^\\])+?\\\]"
    r"|^[ ]*\\begin\{(?P<env>[a-z]+\*?)\}(?:\\.|[^\\])+?\\end\{(?P=env)\}"
)
LINE = (
    r"(?<![\\$])\$(?![\s$])(?:\\.|[^\\$`\n]|\n(?![ \t]*\n))+?(?<!\s)\$(?!\d)"
    r"|(?<!\\)\\\((?:\\[^)]|[^\\\n]|\n(?![ \t]*\n))+?\\\)"
)
FORMULA = re.compile(f"{BLOCK}|{LINE}", re.M | re.S)
SIGNS = re.compile(r"\$|\\[(\[b]")


def unwrapped(formula: str) -> tuple[str, bool]:
    """A formula without the signs around it, and whether it is a block."""
    bare = formula.strip()
    if bare.startswith("\\begin"):
        return bare, True
    size = 1 if bare.startswith("$") and not bare.startswith("$$") else 2
    return bare[size:-size], bare[:2] in ("$$", "\\[")


def mistake(formula: str) -> Mistake | None:
    """What TeX does not understand of a formula with its signs; the place counts from these."""
    tex, block = unwrapped(formula)
    try:
        engine.mathml(tex, block)
    except Mistake as one:
        return Mistake(one.said, formula.index(tex) + one.at)
    return None


def said(formula: str) -> str:
    """A formula with its signs as a line of text; as typed where TeX does not understand it."""
    tex, block = unwrapped(formula)
    try:
        return linear(tree.tree(tex, block))
    except Mistake:
        return formula


def parts(text: str) -> Iterator[tuple[str, bool]]:
    """A text in its parts: each with whether it is a formula."""
    end = 0
    for found in FORMULA.finditer(text):
        yield text[end : found.start()], False
        yield found[0], True
        end = found.end()
    yield text[end:], False


def words(text: str) -> str:
    """A text in which every formula is a line of text."""
    if ("$" not in text and "\\" not in text) or not SIGNS.search(text):
        return text
    return "".join(said(part) if is_formula else part for part, is_formula in parts(text))
