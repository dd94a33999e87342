"""Formulas as other systems write them in HTML, as TeX between `\\(` and `\\)`.

Canvas keeps the TeX of a formula beside a picture of it, Anki in elements and brackets of its own,
MathML sometimes in an annotation.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable

LENGTH = "{0,2000}?"
"""No formula is longer."""
HINT = re.compile(r"<(?:m:)?math\b|equation|<anki-mathjax|math/tex|\[\$|\[latex\]", re.IGNORECASE)
IMAGE = re.compile(
    r"<img\b(?:\s+[\w:-]+(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s\"'>]+))?)*\s*/?>", re.I
)
ATTRIBUTE = re.compile(r"([\w:-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
MATH = re.compile(r"<(?:m:)?math\b([^>]*)>(.{0,20000}?)</(?:m:)?math>", re.IGNORECASE | re.DOTALL)
ANNOTATION = re.compile(r"<(?:m:)?annotation\b[^>]*tex\b[^>]*>([^<]*)<", re.IGNORECASE)
SPOKEN = re.compile(r"alttext=\"([^\"]*)\"")
ANKI = re.compile(
    rf"<anki-mathjax\b[^>]*>(.{LENGTH})</anki-mathjax>"
    rf"|\[\$\$?\](.{LENGTH})\[/\$\$?\]|\[latex\](.{LENGTH})\[/latex\]",
    re.IGNORECASE | re.DOTALL,
)
SCRIPT = re.compile(
    rf"<script\b[^>]*\bmath/tex\b[^>]*>(.{LENGTH})</script>", re.IGNORECASE | re.DOTALL
)
DOLLARS = re.compile(r"^\s*\$+(.*?)\$+\s*$", re.DOTALL)
TAG = re.compile(r"<[^>]*>")


def is_worded(source: str) -> bool:
    """Whether HTML holds a formula whose TeX nobody tells, so that its signs stand as text."""
    return any(not _noted(found) for found in MATH.finditer(source))


def told(source: str) -> str:
    """HTML whose formulas stand as TeX, as far as the TeX is there."""
    if not HINT.search(source):
        return source
    ways: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
        (IMAGE, _image),
        (MATH, _math),
        (ANKI, lambda found: _tex(TAG.sub(" ", next(filter(None, found.groups()), "")))),
        (SCRIPT, lambda found: _tex(found[1])),
    )
    for pattern, say in ways:
        source = pattern.sub(say, source)
    return source


def _tex(text: str) -> str:
    """The signs around TeX, which is written as HTML writes text."""
    bare = DOLLARS.sub(r"\1", html.unescape(text))
    said = html.escape(" ".join(bare.split()), quote=False)
    return rf"\({said}\)" if said else ""


def _image(found: re.Match[str]) -> str:
    """The formula that a picture of Canvas shows; any other picture as it is."""
    given = {name.lower(): one or two for name, one, two in ATTRIBUTE.findall(found[0])}
    tex = given.get("data-equation-content", "")
    if not tex and "equation_image" in given.get("class", "").split():
        tex = given.get("alt", "").removeprefix("LaTeX:").strip() or given.get("title", "")
    return _tex(tex) if tex else found[0]


def _math(found: re.Match[str]) -> str:
    """MathML as the TeX that it was made from, else as its author spoke it, else its signs."""
    spoken = SPOKEN.search(found[1])
    return _tex(_noted(found)) or f" {spoken[1] if spoken else TAG.sub(' ', found[2])} "


def _noted(found: re.Match[str]) -> str:
    """The TeX of MathML: noted beside it, or what it is spoken as."""
    noted, spoken = ANNOTATION.search(found[2]), SPOKEN.search(found[1])
    if noted:
        return noted[1]
    return spoken[1] if spoken and re.search(r"[\\^_{]", spoken[1]) else ""
