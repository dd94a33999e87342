"""A formula in a line of text, for titles, searches and whatever has no other form: SE = s/√n."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from xml.etree.ElementTree import Element

RAISED = dict(zip("0123456789+−-=()nix′*", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱˣ′*", strict=True))
LOWERED = dict(
    zip("0123456789+−-=()aehijklmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ", strict=True)
)
ACCENTS = {"‾": "\u0304", "¯": "\u0304", "ˉ": "\u0304", "ˆ": "\u0302", "^": "\u0302", "˜": "\u0303",
           "~": "\u0303", "→": "\u20d7", "˙": "\u0307", "¨": "\u0308"}  # fmt: skip
SPACED = re.compile(r"[=<>≤≥≠≈≡∼≃≅∝±∓+−×÷·⋅∗→←↔⇌⇒⇐⇔↦∈∉⊂⊆∪∩∧∨∣≪≫]")
STYLED = re.compile("[\U0001d400-\U0001d7ff]")
"""Letters of another look, such as bold ones, which a search would not find."""
LEADING = re.compile(r"(^|\s)([=<>≤≥≈])(?=\S)")
UNSEEN = re.compile("[\u2061-\u2064\u200b]")
SIMPLE = re.compile(
    r"√?(?:\d[\d.,]*|[^\W\d_][\u0300-\u036f\u20d7]?|\([^()]*\))[⁰-₟²³¹ⁿⁱˣ′%°]*|∞|[^\W\d_]{2,}"
)
"""What needs no brackets beside a stroke or under a root."""
BIG = tuple("∑∏∫⋃⋂")
BRACES = {"⏟", "⏞", "︸", "︷"}


def linear(element: Element) -> str:
    """What a formula says, as text."""
    return re.sub(r"\s+", " ", _said(element)).strip()


def _said(element: Element) -> str:
    write = WRITERS.get(element.tag)
    return write(element) if write else _row(element)


def _row(element: Element) -> str:
    made: list[str] = []
    for child in element:
        before, said = "".join(made), _said(child)
        # A sign before which nothing stands belongs to what follows.
        if child.tag == "mo" and SPACED.fullmatch(said) and _follows(before):
            said = f" {said} "
        elif said.startswith(BIG):
            said += " "
        elif child.tag == "mi" and len(said) > 1 and before[-1:].isalnum():
            said = f" {said}"
        made.append(said)
    return "".join(made) if len(made) > 1 else "".join(made).strip()


def _follows(before: str) -> bool:
    said = before.rstrip()
    return bool(said) and said[-1] not in "([{=<>≤≥,;"


def _text(element: Element) -> str:
    said = UNSEEN.sub("", element.text or "")
    return STYLED.sub(lambda found: unicodedata.normalize("NFKC", found[0]), said)


def _space(element: Element) -> str:
    width = element.get("width", "")
    return " " if width[:1].isdigit() and float(re.match(r"[\d.]+", width)[0]) > 0.1 else ""  # type: ignore[index]


def _grouped(element: Element) -> str:
    said = _said(element).strip()
    return said if SIMPLE.fullmatch(said) else f"({said})"


def _fraction(element: Element) -> str:
    above, below = element
    if element.get("linethickness", "").startswith("0"):
        return f"{_said(above)} over {_said(below)}"
    return f"{_grouped(above)}/{_grouped(below)}"


def _root(element: Element) -> str:
    base, index = element
    return f"{_script(_said(index), RAISED, '')}√{_grouped(base)}"


def _script(said: str, signs: dict[str, str], mark: str) -> str:
    said = said.strip()
    packed = said.replace(" ", "")
    if packed and all(sign in signs for sign in packed):
        return "".join(signs[sign] for sign in packed)
    return f"{mark}{said}" if len(said) < 2 or not mark else f"{mark}({said})"


def raised(said: str) -> str:
    """What stands above the line: ², or ^(a/b) where letters have no such form."""
    return _script(said, RAISED, "^")


def lowered(said: str) -> str:
    """What stands below the line: ₂, or _q."""
    return _script(said, LOWERED, "_")


def _low(element: Element) -> str:
    return _said(element[0]) + lowered(_said(element[1]))


def _high(element: Element) -> str:
    return _said(element[0]) + raised(_said(element[1]))


def _both(element: Element) -> str:
    base, low, high = element
    below, above = _said(low).strip(), _said(high).strip()
    return _said(base) + (lowered(below) if below else "") + (raised(above) if above else "")


def _over(element: Element) -> str:
    base, above = _said(element[0]), _said(element[-1]).strip()
    if above in ACCENTS:
        return f"{base}{ACCENTS[above]}" if len(base) == 1 else f"{ACCENTS[above]}({base})".lstrip()
    return base if above in BRACES or not above else f" {base.strip()}[{above}] "


def _under(element: Element) -> str:
    base, below = _said(element[0]), _said(element[1]).strip()
    return base if below in BRACES or not below else base + _script(below, LOWERED, "_")


def _around(element: Element) -> str:
    base, *notes = (_said(one).strip() for one in element)
    told = "; ".join(note for note in reversed(notes) if note)
    if element[0].tag == "mo" and element[0].get("stretchy") == "true":
        return f" {base}[{told}] " if told else f" {base} "
    return _both(element)


def _table(element: Element) -> str:
    aligned = any("tml-right" in cell.get("class", "") for cell in element.iter("mtd"))
    rows = (filter(None, (_said(cell).strip() for cell in row)) for row in element)
    said = "; ".join((" " if aligned else ", ").join(row) for row in rows)
    return LEADING.sub(r"\1\2 ", said) if aligned else said


def _nothing(_: Element) -> str:
    return ""


WRITERS: dict[str, Callable[[Element], str]] = {
    **dict.fromkeys(("mi", "mn", "mo", "mtext", "ms"), _text),
    "mspace": _space,
    "mphantom": _nothing,
    "mfrac": _fraction,
    "msqrt": lambda element: f"√{_grouped_row(element)}",
    "mroot": _root,
    "msub": _low,
    "msup": _high,
    "msubsup": _both,
    "mover": _over,
    "munder": _under,
    "munderover": _around,
    "mtable": _table,
}


def _grouped_row(element: Element) -> str:
    said = _row(element).strip()
    return said if SIMPLE.fullmatch(said) else f"({said})"
