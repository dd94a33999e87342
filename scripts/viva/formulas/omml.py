"""A formula as Word has it (OMML), so that it can be read and changed there."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from xml.etree.ElementTree import Element, SubElement, tostring

from viva.formulas.linear import UNSEEN
from viva.formulas.typst import ACCENTS, BRACES

NAMESPACE = "http://schemas.openxmlformats.org/officeDocument/2006/math"
COMBINING = {"macron": "\u0304", "hat": "\u0302", "tilde": "\u0303", "arrow": "\u20d7",
             "dot": "\u0307", "dot.double": "\u0308"}  # fmt: skip
M = f"{{{NAMESPACE}}}"
CHARGE = f"{M}sup"
"""Where a plus has nothing to add: not every program takes it for a sign there."""


def omml(element: Element) -> str:
    """The `oMath` element of a formula, as XML."""
    root = Element(f"{M}oMath")
    _into(root, element)
    return tostring(root, encoding="unicode")


def _into(parent: Element, element: Element) -> None:
    write = WRITERS.get(element.tag, _row)
    write(parent, element)


def _row(parent: Element, element: Element) -> None:
    children = list(element)
    fences = [child for child in (children[:1] + children[-1:]) if child.get("fence") == "true"]
    if len(children) > 1 and len(fences) == 2:
        made = _made(parent, "d", {"begChr": _text(fences[0]), "endChr": _text(fences[1])})
        inside = SubElement(made, f"{M}e")
        for child in children[1:-1]:
            _into(inside, child)
        return
    for child in children:
        _into(parent, child)


def _text(element: Element) -> str:
    return UNSEEN.sub("", "".join(element.itertext()))


def _run(parent: Element, element: Element) -> None:
    said = UNSEEN.sub("", element.text or "")
    if not said:
        return
    if _is_text(element, said):
        _say(parent, said, "nor")
    elif element.tag == "mi":
        _say(parent, said)
    else:
        _say(parent, "∣" if said == "|" else said, "nor" if parent.tag == CHARGE else "sty")


def _is_text(element: Element, said: str) -> bool:
    is_word = said.isalpha() and len(said) > 1
    return is_word or element.tag in ("mtext", "ms") or element.get("mathvariant") == "normal"


def _say(parent: Element, said: str, look: str = "") -> None:
    """A run: slanted as letters are, as text (`nor`), or as signs and digits are (`sty`)."""
    run = SubElement(parent, f"{M}r")
    if look:
        given = {f"{M}val": "p"} if look == "sty" else {}
        SubElement(SubElement(run, f"{M}rPr"), f"{M}{look}", given)
    text = SubElement(run, f"{M}t", {"{http://www.w3.org/XML/1998/namespace}space": "preserve"})
    text.text = said


def _space(parent: Element, element: Element) -> None:
    width = element.get("width", "")
    if width.endswith("em") and float(width[:-2]) > 0.1:
        _say(parent, "\u2003" if float(width[:-2]) > 0.5 else "\u2009", "nor")


def _made(parent: Element, name: str, said: dict[str, str] | None = None) -> Element:
    """A structure with its properties."""
    made = SubElement(parent, f"{M}{name}")
    if said:
        properties = SubElement(made, f"{M}{name}Pr")
        for key, value in said.items():
            SubElement(properties, f"{M}{key}", {f"{M}val": value})
    return made


def _filled(made: Element, parts: Iterable[tuple[str, Element]]) -> None:
    for name, part in parts:
        _into(SubElement(made, f"{M}{name}"), part)


def _fraction(parent: Element, element: Element) -> None:
    bare = element.get("linethickness", "").startswith("0")
    made = _made(parent, "f", {"type": "noBar"} if bare else None)
    _filled(made, zip(("num", "den"), element, strict=True))


def _square(parent: Element, element: Element) -> None:
    made = _made(parent, "rad", {"degHide": "1"})
    SubElement(made, f"{M}deg")
    _row(SubElement(made, f"{M}e"), element)


def _root(parent: Element, element: Element) -> None:
    _filled(_made(parent, "rad"), (("deg", element[1]), ("e", element[0])))


def _script(parent: Element, element: Element) -> None:
    name, parts = {
        "msub": ("sSub", ("e", "sub")),
        "msup": ("sSup", ("e", "sup")),
        "msubsup": ("sSubSup", ("e", "sub", "sup")),
    }[element.tag]
    if element.tag == "msubsup" and not _seen(element[0]):  # stands before what follows
        if any(map(_seen, element[1:])):
            made = _made(parent, "sPre")
            _filled(made, (("sub", element[1]), ("sup", element[2]), ("e", element[0])))
        return
    _filled(_made(parent, name), zip(parts, element, strict=True))


def _seen(element: Element) -> bool:
    """Whether anything of an element is to be seen."""
    if element.tag == "mphantom":
        return False
    return bool((element.text or "").strip()) or any(map(_seen, element))


def _around(parent: Element, element: Element) -> None:
    sign = _text(element[-1]).strip()
    if element[-1].tag == "mo" and sign in ACCENTS and element.tag == "mover":
        made = _made(parent, "acc", {"chr": COMBINING[ACCENTS[sign]]})
        return _filled(made, (("e", element[0]),))
    if sign in BRACES:
        made = _made(parent, "groupChr", {"chr": sign, "pos": "top" if sign == "⏞" else "bot"})
        return _filled(made, (("e", element[0]),))
    places = {"munder": "l", "mover": "u"}.get(element.tag, "lu")
    _limits(parent, element[0], list(zip(places, element[1:], strict=True)))
    return None


def _limits(parent: Element, base: Element, limits: list[tuple[str, Element]]) -> None:
    shown = [(place, one) for place, one in limits if _seen(one)]
    if not shown:
        return _into(parent, base)
    place, last = shown[-1]
    made = _made(parent, "limLow" if place == "l" else "limUpp")
    _limits(SubElement(made, f"{M}e"), base, shown[:-1])
    _into(SubElement(made, f"{M}lim"), last)
    return None


def _table(parent: Element, element: Element) -> None:
    made = _made(parent, "m")
    for row in element:
        line = SubElement(made, f"{M}mr")
        for cell in row:
            _row(SubElement(line, f"{M}e"), cell)


def _enclosed(parent: Element, element: Element) -> None:
    notation = element.get("notation", "")
    if notation in ("top", "bottom"):
        made = _made(parent, "bar", {"pos": "top" if notation == "top" else "bot"})
    else:
        sides = dict.fromkeys(("hideTop", "hideBot", "hideLeft", "hideRight"), "1")
        strike = "strikeBLTR" if "updiagonal" in notation else "strikeTLBR"
        made = _made(parent, "borderBox", sides | {strike: "1"})
    _row(SubElement(made, f"{M}e"), element)


def _nothing(_: Element, __: Element) -> None:
    return None


WRITERS: dict[str, Callable[[Element, Element], None]] = {
    **dict.fromkeys(("mi", "mn", "mo", "mtext", "ms"), _run),
    "mspace": _space,
    "mphantom": _nothing,
    "mfrac": _fraction,
    "msqrt": _square,
    "mroot": _root,
    **dict.fromkeys(("msub", "msup", "msubsup"), _script),
    **dict.fromkeys(("munder", "mover", "munderover"), _around),
    "mtable": _table,
    "menclose": _enclosed,
}
