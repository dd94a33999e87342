"""QTI 1.2, as Canvas and Common Cartridges use it: what items are made of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from lxml.builder import ElementMaker

SPACE = "http://www.imsglobal.org/xsd/ims_qtiasiv1p2"
A = ElementMaker(namespace=SPACE, nsmap={None: SPACE})
ONE, MANY = "Single", "Multiple"
PICTURES = "img/"
GENERAL = "general_fb"
Node = Any


def said(html: str) -> Node:
    """A text in HTML."""
    return A.material(A.mattext(html, texttype="text/html"))


def plain(words: str) -> Node:
    """A text without markup."""
    return A.material(A.mattext(words, texttype="text/plain"))


def labelled(fields: Iterable[tuple[str, str]]) -> Node:
    """Fields by name."""
    rows = (A.qtimetadatafield(A.fieldlabel(name), A.fieldentry(value)) for name, value in fields)
    return A.qtimetadata(*rows)


def choices(
    name: str, options: Iterable[tuple[str, Node]], cardinality: str = ONE, *before: Node
) -> Node:
    """What is chosen from: options by their names."""
    labels = (A.response_label(option, ident=ident) for ident, option in options)
    return A.response_lid(*before, A.render_choice(*labels), ident=name, rcardinality=cardinality)


def typed(name: str, **how: str) -> Node:
    """A field to type in."""
    field = A.render_fib(A.response_label(ident="answer1"), **how)
    return A.response_str(field, ident=name, rcardinality=ONE)


def equal(name: str, value: str, **more: str) -> Node:
    """That an answer is this one."""
    return A.varequal(value, respident=name, **more)


def exactly(name: str, options: Iterable[tuple[str, bool]], **more: str) -> Node:
    """That all the right options are chosen, and no other."""
    parts = []
    for ident, right in options:
        chosen = equal(name, ident, **more)
        parts.append(chosen if right else A("not", chosen))
    return A("and", *parts)


def scored(condition: Node, points: float, action: str = "Set", **more: str) -> Node:
    """Points, of a hundred, where a condition holds."""
    value = f"{points:.4f}".rstrip("0").rstrip(".")
    score = A.setvar(value, varname="SCORE", action=action)
    return A.respcondition(A.conditionvar(condition), score, **more)


def shown(condition: Node, feedback: str) -> Node:
    """Feedback, where a condition holds."""
    show = A.displayfeedback(feedbacktype="Response", linkrefid=feedback)
    return A.respcondition(A.conditionvar(condition), show, **{"continue": "Yes"})


def processing(*conditions: Node) -> Node:
    """The rules of an item."""
    score = A.decvar(varname="SCORE", vartype="Decimal", minvalue="0", maxvalue="100")
    return A.resprocessing(A.outcomes(score), *conditions)


def feedback(ident: str, html: str) -> Node:
    """What is said afterwards. Only inside flow_mat does Moodle find it."""
    return A.itemfeedback(A.flow_mat(said(html)), ident=ident)


def assessment(ident: str, title: str, items: Sequence[Node], *before: Node) -> Node:
    """A whole quiz."""
    section = A.section(*items, ident="root_section")
    return A.questestinterop(A.assessment(*before, section, ident=ident, title=title))
