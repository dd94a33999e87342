"""Gaps in a text, in QTI 3: fields and lists that stand in it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from viva.bank import interactions as ways
from viva.exchange import ids
from viva.exchange.export import Job
from viva.exchange.html import bold
from viva.exchange.items import Item
from viva.exchange.qti.elements import (
    ONE,
    RESPONSE,
    SCORE,
    Made,
    Node,
    Q,
    declared,
    div,
    entry,
    mapped,
    score,
    value,
    variable,
)

MARK = re.compile(ways.Gaps.mark(0).replace("0", r"(\d+)"))


def gaps(job: Job, one: Item, given: ways.Gaps) -> Made:
    """A text whose gaps are filled where they stand."""
    if any(isinstance(gap.filled, ways.Words) for gap in given.gaps):
        job.unforgiving(one)
    text = div(job.html.block(given.text))
    _fill(text, [_gap(job, place, gap) for place, gap in enumerate(given.gaps)])
    job.menus(one)
    names = [_name(place) for place in range(len(given.gaps))]
    answered = tuple(_declared(name, gap) for name, gap in zip(names, given.gaps, strict=True))
    whys = job.whys([(f"{bold(job.html.line(gap.right))}:", gap.why) for gap in given.gaps])
    share = Q("qti-divide", variable(SCORE), value("float", str(len(names))))
    scoring = (*mapped(*names), score(share))
    return Made(answered, (div(job.told(one)), text), scoring, closing=whys)


def _name(place: int) -> str:
    return f"{RESPONSE}{place + 1}"


def _gap(job: Job, place: int, gap: ways.Gap) -> Node:
    """Where a gap is filled."""
    name = _name(place)
    if isinstance(gap.filled, ways.Words):
        return entry(name, 20)
    return Q(
        "qti-inline-choice-interaction",
        {"response-identifier": name, "shuffle": "false"},
        *(
            Q("qti-inline-choice", {"identifier": ids.option(n)}, job.html.plain(option.text))
            for n, option in enumerate(gap.filled.options)
        ),
    )


def _declared(name: str, gap: ways.Gap) -> Node:
    if isinstance(gap.filled, ways.Words):
        shares = dict.fromkeys(gap.filled.accept, 1.0)
        first = gap.filled.accept[:1]
        return declared(ONE, "string", first, shares, name, case_sensitive="false")
    right = [ids.option(n) for n, option in enumerate(gap.filled.options) if option.right]
    return declared(ONE, "identifier", right, dict.fromkeys(right, 1.0), name)


def _fill(node: Node, gaps: Sequence[Node]) -> None:
    """Put each gap where its mark stands in a text."""
    for part in list(node.iter()):
        parent = part.getparent()
        _fill_text(part, 0, part, "text", gaps)
        if parent is not None and part is not node:
            _fill_text(parent, parent.index(part) + 1, part, "tail", gaps)


def _fill_text(parent: Node, at: int, holder: Node, name: str, gaps: Sequence[Node]) -> None:
    first, *rest = MARK.split(getattr(holder, name) or "")
    if not rest:
        return
    setattr(holder, name, first)
    for step, (place, after) in enumerate(zip(rest[::2], rest[1::2], strict=True)):
        gap = gaps[int(place)]
        gap.tail = after
        parent.insert(at + step, gap)
