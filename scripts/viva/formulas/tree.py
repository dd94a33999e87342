"""The MathML of a formula as a tree that pages can hold: no tag has a `style`."""

from __future__ import annotations

import re
from copy import deepcopy
from functools import lru_cache
from xml.etree.ElementTree import Element, fromstring, tostring

from viva.formulas import engine
from viva.formulas.engine import SEEN

NAMESPACE = "http://www.w3.org/1998/Math/MathML"
COLOURS = {"color": "mathcolor", "background-color": "mathbackground"}
OTHER = re.compile(r"[^a-z0-9.-]+")
SCRIPTS = {"msub", "msup", "msubsup"}
CARRIERS = {"mi", "mn", "mtext", "mpadded", "mrow", *SCRIPTS}
"""What an index may belong to."""
STYLED = {"displaystyle", "scriptlevel"}


@lru_cache(SEEN)
def _cleaned(tex: str, block: bool) -> Element:
    root = fromstring(engine.mathml(tex, block))
    for element in root.iter():
        _unstyle(element)
        _gather(element)
        if element.tag == "mtext":
            element[:] = []  # a number that only a style would count
        if element.tag == "mrow" and not STYLED.isdisjoint(element.keys()):
            element.tag = "mstyle"  # a row has these in no book
    return root


def tree(tex: str, block: bool = False) -> Element:
    """The `math` element of a formula, the caller's own; raises `Mistake`."""
    return deepcopy(_cleaned(tex, block))


def written(root: Element) -> str:
    """A tree as HTML and XML have it."""
    return tostring(root, encoding="unicode", short_empty_elements=False)


def _unstyle(element: Element) -> None:
    """Turn a style into attributes that MathML has and classes that `formulas.css` knows."""
    classes = element.get("class", "").split()
    for declared in element.attrib.pop("style", "").split(";"):
        name, colon, value = (part.strip() for part in declared.partition(":"))
        if name in COLOURS:
            element.set(COLOURS[name], value)
        elif colon:
            classes.append(f"viva-{name}-{OTHER.sub('-', value.lower()).rstrip('-')}")
    if classes:
        element.set("class", " ".join(classes).replace(".", "_"))


def _gather(element: Element) -> None:
    """Give an index that hangs on nothing to what stands before it, as in H and 2 of water."""
    kept: list[Element] = []
    for child in element:
        if kept and _hangs(child) and _carries(kept[-1]):
            base = kept.pop()
            child[0] = base
        kept.append(child)
    if len(kept) < len(element):
        element[:] = kept


def _hangs(child: Element) -> bool:
    return child.tag in SCRIPTS and child[0].tag == "mrow" and not len(child[0])


def _carries(child: Element) -> bool:
    if child.tag == "mrow" and len(child):
        return child[0].tag in ("mi", "mn") or child[0].get("fence") == "true"
    return child.tag in CARRIERS and child.tag != "mrow"
