"""What items of QTI 3 are made of. Every item marks itself by rules of its own rather than by a
template, so that its explanation can be shown afterwards."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lxml.builder import ElementMaker

from viva.exchange import html

SPACE = "http://www.imsglobal.org/xsd/imsqtiasi_v3p0"
Q = ElementMaker(namespace=SPACE, nsmap={None: SPACE})
RESPONSE, SCORE, FEEDBACK = "RESPONSE", "SCORE", "FEEDBACK"
ONE, MANY, IN_ORDER = "single", "multiple", "ordered"
PICTURES = "img/"
Node = Any


@dataclass(frozen=True)
class Made:
    """An item without the parts that every item has."""

    declarations: tuple[Node, ...]
    body: tuple[Node, ...]
    scoring: tuple[Node, ...]
    shown: tuple[str, ...] = ()
    """What else than the explanation is shown afterwards."""
    closing: str = ""


def div(said: str) -> Node:
    return html.element(said, "div", SPACE)


def into(node: Node, said: str) -> Node:
    """An element with XHTML in it."""
    inside = html.element(said, "div", SPACE)
    node.text = inside.text
    node.extend(list(inside))
    return node


def value(base: str, value: str) -> Node:
    return Q("qti-base-value", {"base-type": base}, value)


def variable(name: str) -> Node:
    return Q("qti-variable", {"identifier": name})


def score(*value: Node) -> Node:
    return Q("qti-set-outcome-value", {"identifier": SCORE}, *value)


def declared(
    cardinality: str,
    base: str,
    right: Sequence[str],
    shares: Mapping[str, float] | None = None,
    name: str = RESPONSE,
    **entry: str,
) -> Node:
    """What is answered, what is right, and what each part of an answer adds to the mark."""
    given = {"identifier": name, "cardinality": cardinality, "base-type": base}
    node = Q("qti-response-declaration", given)
    if right:
        node.append(Q("qti-correct-response", *(Q("qti-value", value) for value in right)))
    if shares is not None:
        node.append(_mapping(shares, entry))
    return node


def _mapping(shares: Mapping[str, float], entry: Mapping[str, str]) -> Node:
    more = {name.replace("_", "-"): value for name, value in entry.items()}
    entries = (
        Q("qti-map-entry", {"map-key": key, "mapped-value": number(share), **more})
        for key, share in shares.items()
    )
    bounds = {"lower-bound": "0", "upper-bound": "1", "default-value": "0"}
    return Q("qti-mapping", bounds, *entries)


def number(value: float) -> str:
    return f"{value:.12g}"


def mapped(*names: str) -> tuple[Node, ...]:
    """The score as the sum of what the answers map to, of those that there are."""
    parts = [_if_answered(name) for name in names or (RESPONSE,)]
    return tuple(parts)


def _if_answered(name: str) -> Node:
    given = Q("qti-not", Q("qti-is-null", variable(name)))
    more = Q("qti-sum", variable(SCORE), Q("qti-map-response", {"identifier": name}))
    return Q("qti-response-condition", Q("qti-response-if", given, score(more)))


def entry(name: str, length: int) -> Node:
    """A field to type in."""
    given = {"response-identifier": name, "expected-length": str(length)}
    return Q("qti-text-entry-interaction", given)
