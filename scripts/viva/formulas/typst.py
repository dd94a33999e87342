"""A formula as mathematics of Typst, in which all that was typed stands as text."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from xml.etree.ElementTree import Element

from viva.formulas.linear import UNSEEN

ACCENTS = {"‾": "macron", "¯": "macron", "ˉ": "macron", "ˆ": "hat", "^": "hat", "˜": "tilde",
           "~": "tilde", "→": "arrow", "˙": "dot", "¨": "dot.double"}  # fmt: skip
BRACES = {"⏟": "underbrace", "⏞": "overbrace"}
LIMITS = re.compile(r"[∑∏∐⋃⋂⋁⋀⨁⨂]|lim|max|min|sup|inf|lim sup|lim inf")
OPENING, CLOSING = "([{⌈⌊⟨|‖", ")]}⌉⌋⟩|‖"
LENGTH = re.compile(r"-?[\d.]+(?:em|pt)")


def typst(element: Element) -> str:
    """The source of a formula, to stand between dollars."""
    return " ".join(_said(element).split(" ")).strip()


def _said(element: Element) -> str:
    write = WRITERS.get(element.tag)
    return write(element) if write else _row(element)


def _row(element: Element) -> str:
    children = list(element)
    if _is_fenced(children):
        return f"lr({' '.join(_said(child) for child in children if child.text or len(child))})"
    return " ".join(filter(None, (_said(child) for child in children)))


def _is_fenced(children: list[Element]) -> bool:
    ends = (children[0], children[-1]) if len(children) > 1 else ()
    return bool(ends) and all(one.get("fence") == "true" for one in ends)


def _content(element: Element) -> str:
    """What fills an argument: never empty, and in its own group."""
    return _said(element) or '""'


def _name(element: Element) -> str:
    said = UNSEEN.sub("", element.text or "")
    if len(said) == 1 and element.get("mathvariant") == "normal":
        return f"upright({_sign(said)})"
    return _sign(said)


def _sign(said: str) -> str:
    """A letter or a sign as itself; what is longer as text, which stands upright."""
    if len(said) == 1:
        return said if said.isalnum() or ord(said) > 127 else f"\\{said}"
    return json.dumps(said, ensure_ascii=False) if said else ""


def _words(element: Element) -> str:
    said = element.text or ""
    return json.dumps(said, ensure_ascii=False) if said else ""


def _space(element: Element) -> str:
    width = element.get("width", "")
    return f"#h({width})" if LENGTH.fullmatch(width) and float(width[:-2]) else ""


def _fraction(element: Element) -> str:
    above, below = map(_content, element)
    if element.get("linethickness", "").startswith("0"):
        return f"mat(delim: #none, {above}; {below})"
    return f"frac({above}, {below})"


def _script(element: Element) -> str:
    places = {"msub": "b", "munder": "b", "msup": "t", "mover": "t"}.get(element.tag, "bt")
    base = _content(element[0])
    if LIMITS.fullmatch(_plain(element[0])):
        base = f"limits({base})"
    return _attached(base, places, element[1:])


def _attached(base: str, places: str, scripts: list[Element]) -> str:
    said = zip(places, map(_said, scripts), strict=True)
    made = [f"{place}: {one}" for place, one in said if one]
    return f"attach({', '.join([base, *made])})" if made else base


def _above(element: Element) -> str:
    sign = _plain(element[-1])
    if element.tag != "munderover" and sign in ACCENTS and element[-1].tag == "mo":
        return f"accent({_content(element[0])}, {ACCENTS[sign]})"
    if sign in BRACES:
        return f"{BRACES[sign]}({_content(element[0])})"
    places = {"munder": "b", "mover": "t"}.get(element.tag, "bt")
    base = _content(element[0])
    if element[0].get("stretchy") == "true":
        base = f"stretch({base}, size: #150%)"
    return _attached(f"limits({base})", places, element[1:])


def _table(element: Element) -> str:
    rows = (", ".join(map(_content, row)) for row in element)
    aligned = any("tml-right" in cell.get("class", "").split() for cell in element.iter("mtd"))
    gap = ", column-gap: #0.2em" if aligned else ""
    return f"mat(delim: #none{gap}, {'; '.join(rows)})"


def _enclosed(element: Element) -> str:
    inside, notation = _row(element) or '""', element.get("notation", "")
    if "strike" in notation:
        return f"cancel({inside})"
    names = {"top": "overline", "bottom": "underline"}
    return f"{names[notation]}({inside})" if notation in names else inside


def _plain(element: Element) -> str:
    return UNSEEN.sub("", "".join(element.itertext())).strip()


def _nothing(_: Element) -> str:
    return ""


WRITERS: dict[str, Callable[[Element], str]] = {
    "mi": _name,
    "mo": _name,
    **dict.fromkeys(("mn", "mtext", "ms"), _words),
    "mspace": _space,
    "mphantom": _nothing,
    "mfrac": _fraction,
    "msqrt": lambda element: f"sqrt({_row(element)})",
    "mroot": lambda element: f"root({_content(element[1])}, {_content(element[0])})",
    **dict.fromkeys(("msub", "msup", "msubsup"), _script),
    **dict.fromkeys(("munder", "mover", "munderover"), _above),
    "mtable": _table,
    "menclose": _enclosed,
}
