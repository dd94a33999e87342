"""The body and the rules of an item of QTI 3: one function for each way of answering."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from viva.bank.interactions import (
    Choice,
    Gap,
    Gaps,
    Judgement,
    Number,
    Order,
    Pairs,
    Panel,
    Pick,
    Spot,
    Steps,
    Words,
)
from viva.exchange import ids
from viva.exchange.export import Job, Writers
from viva.exchange.html import bold, paragraph
from viva.exchange.items import Item
from viva.exchange.qti.elements import (
    FEEDBACK,
    IN_ORDER,
    MANY,
    ONE,
    PICTURES,
    RESPONSE,
    SCORE,
    Node,
    Q,
    declared,
    div,
    into,
    mapped,
    number,
    score,
    value,
    variable,
)

UNFORGIVING = "players forgive no slips and ask nobody to judge (add the spellings that you accept)"
NO_UNITS = "players take a number without a unit (name the unit in the stem)"
REPEATED = (
    "its steps become items of one section that repeat the story so far (let the player show one "
    "item after the other, or later steps give earlier ones away)"
)
MARK = re.compile(Gaps.mark(0).replace("0", r"(\d+)"))


@dataclass(frozen=True)
class Made:
    """An item without the parts that every item has."""

    declarations: tuple[Node, ...]
    body: tuple[Node, ...]
    scoring: tuple[Node, ...]
    shown: tuple[str, ...] = ()
    """What else than the explanation is shown afterwards."""
    closing: str = ""


def _choice(job: Job, one: Item) -> Made:
    given = one.interaction
    assert isinstance(given, Choice)
    return _chosen(job, one, given.options, job.told(one), given.several)


def _panel(job: Job, one: Item) -> Made:
    given = one.interaction
    assert isinstance(given, Panel)
    line = job.html.line
    notes = (paragraph(line(said), bold(line(more))) for said, more in given.notes)
    asked = job.told(one) + "".join(notes)
    return _chosen(job, one, given.options, asked, closing=job.html.block(given.source))


def _chosen(
    job: Job,
    one: Item,
    options: Sequence[Pick],
    asked: str,
    several: bool = False,
    closing: str = "",
) -> Made:
    names = [ids.option(place) for place in range(len(options))]
    best = max(option.share for option in options)
    pairs = list(zip(names, options, strict=True))
    right = [name for name, option in pairs if option.share == best]
    shares = {name: option.share for name, option in pairs if option.share}
    kind = MANY if several else ONE
    interaction = Q(
        "qti-choice-interaction",
        {
            "response-identifier": RESPONSE,
            "shuffle": str(one.question.shuffle).lower(),
            "max-choices": "0" if several else "1",
        },
        *(_option(job, name, option) for name, option in pairs),
    )
    return Made(
        (declared(kind, "identifier", right if several else right[:1], shares),),
        (div(asked), interaction),
        mapped(),
        tuple(name for name, option in pairs if option.why),
        closing,
    )


def _option(job: Job, name: str, option: Pick) -> Node:
    node = into(Q("qti-simple-choice", {"identifier": name}), job.html.told(option.text))
    if option.why:
        given = {"outcome-identifier": FEEDBACK, "identifier": name, "show-hide": "show"}
        feedback = Q("qti-feedback-inline", given)
        node.append(into(feedback, f" {job.html.line(option.why)}"))
    return node


def _judgement(job: Job, one: Item) -> Made:
    given = one.interaction
    assert isinstance(given, Judgement)
    statements = [job.html.told(each.text) for each in given.statements]
    answers = [0 if each.answer else 1 for each in given.statements]
    whys = [(job.html.line(each.text), each.why) for each in given.statements]
    return _matched(job.told(one), statements, ["True", "False"], answers, job.whys(whys))


def _pairs(job: Job, one: Item) -> Made:
    given = one.interaction
    assert isinstance(given, Pairs)
    prompts = [job.html.told(each.text) for each in given.prompts]
    options = [job.html.told(each) for each in given.options]
    asked = paragraph(bold(job.html.line(given.theme))) + job.told(one)
    return _matched(
        asked, prompts, options, [each.answer for each in given.prompts], job.matched(one)
    )


def _matched(
    asked: str, left: Sequence[str], right: Sequence[str], answers: Sequence[int], closing: str
) -> Made:
    pairs = [f"p{place} r{answer}" for place, answer in enumerate(answers)]
    interaction = Q(
        "qti-match-interaction",
        {
            "class": "qti-match-tabular",
            "response-identifier": RESPONSE,
            "shuffle": "false",
            "max-associations": str(len(left)),
        },
        _side("p", left, 1),
        _side("r", right, len(left)),
    )
    shares = dict.fromkeys(pairs, 1 / len(left))
    answered = declared(MANY, "directedPair", pairs, shares)
    return Made((answered,), (div(asked), interaction), mapped(), closing=closing)


def _side(letter: str, texts: Sequence[str], most: int) -> Node:
    return Q(
        "qti-simple-match-set",
        *(
            into(
                Q(
                    "qti-simple-associable-choice",
                    {"identifier": f"{letter}{place}", "match-max": str(most)},
                ),
                said,
            )
            for place, said in enumerate(texts)
        ),
    )


def _order(job: Job, one: Item) -> Made:
    given = one.interaction
    assert isinstance(given, Order)
    many = len(given.items)
    interaction = Q(
        "qti-order-interaction",
        {"response-identifier": RESPONSE, "shuffle": "false"},
        *(
            into(
                Q("qti-simple-choice", {"identifier": ids.option(place)}),
                job.html.told(given.items[place]),
            )
            for place in given.shown
        ),
    )
    names = [ids.option(place) for place in range(many)]
    scoring = [_together(first, then, many) for first, then in pairwise(names)]
    share = Q("qti-divide", variable(SCORE), value("float", str(many - 1)))
    answered = declared(IN_ORDER, "identifier", names)
    return Made((answered,), (div(job.told(one)), interaction), (*scoring, score(share)))


def _together(first: str, then: str, many: int) -> Node:
    """One more where an item directly follows the one before it."""

    def stands(name: str, place: int) -> Node:
        at = Q("qti-index", {"n": str(place)}, variable(RESPONSE))
        return Q("qti-match", at, value("identifier", name))

    ways = (Q("qti-and", stands(first, at), stands(then, at + 1)) for at in range(1, many))
    more = score(Q("qti-sum", variable(SCORE), value("float", "1")))
    return Q("qti-response-condition", Q("qti-response-if", Q("qti-or", *ways), more))


def _numeric(job: Job, one: Item) -> Made:
    given = one.interaction
    assert isinstance(given, Number)
    job.near(one, NO_UNITS)
    near = Q("qti-or", *(_near(*right) for right in given.right))
    scoring = Q("qti-response-condition", Q("qti-response-if", near, score(value("float", "1"))))
    answered = declared(ONE, "float", [repr(given.answer)])
    typed = Q("p", _entry(RESPONSE, 10), f" {given.unit or ''}")
    return Made((answered,), (div(job.told(one)), typed), (scoring,))


def _near(right: float, slack: float) -> Node:
    """That a number is no further from the right one than it may be."""
    off = number(slack)
    return Q(
        "qti-equal",
        {"tolerance-mode": "absolute", "tolerance": f"{off} {off}"},
        variable(RESPONSE),
        value("float", repr(right)),
    )


def _entry(name: str, length: int) -> Node:
    given = {"response-identifier": name, "expected-length": str(length)}
    return Q("qti-text-entry-interaction", given)


def _words(job: Job, one: Item) -> Made:
    given = one.interaction
    assert isinstance(given, Words)
    job.near(one, UNFORGIVING)
    shares = dict.fromkeys(given.accept, 1.0)
    answered = declared(ONE, "string", given.accept[:1], shares, case_sensitive="false")
    model = paragraph("Model answer:", job.html.line(given.model)) if given.model else ""
    body = (div(job.told(one)), Q("p", _entry(RESPONSE, 30)))
    return Made((answered,), body, mapped(), closing=model)


def _spot(job: Job, one: Item) -> Made:
    given, figure = one.interaction, one.question.figure
    assert isinstance(given, Spot) and figure is not None
    file = job.drawn(one)
    width, height = file.size
    picture = Q(
        "img",
        {
            "src": PICTURES + file.name,
            "alt": figure.alt,
            "width": str(width),
            "height": str(height),
        },
    )
    interaction = Q(
        "qti-hotspot-interaction",
        {"response-identifier": RESPONSE, "max-choices": "1"},
        picture,
        *(
            Q(
                "qti-hotspot-choice",
                {
                    "identifier": ids.option(place),
                    "shape": "poly",
                    "coords": ",".join(
                        str(round(part * size))
                        for point in region.points
                        for part, size in zip(point, (width, height), strict=True)
                    ),
                },
            )
            for place, region in enumerate(given.regions)
        ),
    )
    right = ids.option(given.answer)
    answered = declared(ONE, "identifier", [right], {right: 1.0})
    closing = paragraph(bold(job.html.line(given.regions[given.answer].label)))
    body = (div(job.told(one, figure=False)), interaction)
    return Made((answered,), body, mapped(), closing=closing)


def _gaps(job: Job, one: Item) -> Made:
    given = one.interaction
    assert isinstance(given, Gaps)
    if any(isinstance(gap.filled, Words) for gap in given.gaps):
        job.near(one, UNFORGIVING)
    text = div(job.html.block(given.text))
    _fill(text, [_gap(job, number, gap) for number, gap in enumerate(given.gaps)])
    names = [_gap_name(number) for number in range(len(given.gaps))]
    answered = tuple(
        _gap_declared(name, gap, 1 / len(names))
        for name, gap in zip(names, given.gaps, strict=True)
    )
    whys = job.whys([(f"{bold(job.html.line(gap.right))}:", gap.why) for gap in given.gaps])
    return Made(answered, (div(job.told(one)), text), mapped(*names), closing=whys)


def _gap_name(number: int) -> str:
    return f"{RESPONSE}{number + 1}"


def _gap(job: Job, number: int, gap: Gap) -> Node:
    """Where a gap is filled."""
    name = _gap_name(number)
    if isinstance(gap.filled, Words):
        return _entry(name, 20)
    return Q(
        "qti-inline-choice-interaction",
        {"response-identifier": name, "shuffle": "false"},
        *(
            Q("qti-inline-choice", {"identifier": ids.option(place)}, job.html.plain(option.text))
            for place, option in enumerate(gap.filled.options)
        ),
    )


def _gap_declared(name: str, gap: Gap, share: float) -> Node:
    if isinstance(gap.filled, Words):
        shares = dict.fromkeys(gap.filled.accept, share)
        first = gap.filled.accept[:1]
        return declared(ONE, "string", first, shares, name, case_sensitive="false")
    right = [ids.option(n) for n, option in enumerate(gap.filled.options) if option.right]
    return declared(ONE, "identifier", right, dict.fromkeys(right, share), name)


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


def _story(job: Job, one: Item) -> None:
    job.near(one, REPEATED)


def _with_hint(job: Job, one: Item) -> Made | None:
    job.without_hint(one)
    return BARE[type(one.interaction)](job, one)


BARE: Writers[Made | None] = {
    Choice: _choice,
    Panel: _panel,
    Judgement: _judgement,
    Pairs: _pairs,
    Order: _order,
    Number: _numeric,
    Words: _words,
    Spot: _spot,
    Gaps: _gaps,
    Steps: _story,
}
WRITERS: Writers[Made | None] = dict.fromkeys(BARE, _with_hint)
