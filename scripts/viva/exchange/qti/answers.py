"""The body and the rules of an item of QTI 3: one function for each way of answering."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from viva.bank import interactions as ways
from viva.base.words import say
from viva.exchange import ids
from viva.exchange.export import Job, Writers, writers
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
    Made,
    Node,
    Q,
    declared,
    div,
    entry,
    into,
    mapped,
    number,
    score,
    value,
    variable,
)
from viva.exchange.qti.gaps import gaps

REPEATED = say(
    "its steps become items of one section that repeat the story so far (let the player show one "
    "item after the other, or later steps give earlier ones away)"
)


def _choice(job: Job, one: Item, given: ways.Choice) -> Made:
    return _chosen(job, one, given.options, job.told(one), given.several)


def _panel(job: Job, one: Item, given: ways.Panel) -> Made:
    line = job.html.line
    notes = (paragraph(line(said), bold(line(more))) for said, more in given.notes)
    asked = job.told(one) + "".join(notes)
    return _chosen(job, one, given.options, asked, closing=job.html.block(given.source))


def _chosen(
    job: Job,
    one: Item,
    options: Sequence[ways.Pick],
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


def _option(job: Job, name: str, option: ways.Pick) -> Node:
    node = into(Q("qti-simple-choice", {"identifier": name}), job.html.told(option.text))
    if option.why:
        given = {"outcome-identifier": FEEDBACK, "identifier": name, "show-hide": "show"}
        feedback = Q("qti-feedback-inline", given)
        node.append(into(feedback, f" {job.html.line(option.why)}"))
    return node


def _judgement(job: Job, one: Item, given: ways.Judgement) -> Made:
    statements = [job.html.told(each.text) for each in given.statements]
    answers = [0 if each.answer else 1 for each in given.statements]
    return _matched(job.told(one), statements, job.truths, answers, job.judged(given))


def _pairs(job: Job, one: Item, given: ways.Pairs) -> Made:
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


def _order(job: Job, one: Item, given: ways.Order) -> Made:
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


def _numeric(job: Job, one: Item, given: ways.Number) -> Made:
    job.without_units(one)
    near = Q("qti-or", *(_near(*right) for right in given.right))
    scoring = Q("qti-response-condition", Q("qti-response-if", near, score(value("float", "1"))))
    answered = declared(ONE, "float", [repr(given.answer)])
    typed = Q("p", entry(RESPONSE, 10), f" {given.unit or ''}")
    return Made((answered,), (div(job.told(one)), typed), (scoring,))


def _near(right: float, slack: float) -> Node:
    """That a number is no further from the right one than it may be. Not every player knows how to
    be tolerant, but all can compare."""
    least, most = value("float", number(right - slack)), value("float", number(right + slack))
    above = Q("qti-gte", variable(RESPONSE), least)
    return Q("qti-and", above, Q("qti-lte", variable(RESPONSE), most))


def _words(job: Job, one: Item, given: ways.Words) -> Made:
    job.unforgiving(one)
    shares = dict.fromkeys(given.accept, 1.0)
    answered = declared(ONE, "string", given.accept[:1], shares, case_sensitive="false")
    model = job.model(given.model)
    body = (div(job.told(one)), Q("p", entry(RESPONSE, 30)))
    return Made((answered,), body, mapped(), closing=model)


def _spot(job: Job, one: Item, given: ways.Spot) -> Made:
    figure = one.question.figure
    assert figure is not None
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


def _story(job: Job, one: Item, given: ways.Steps) -> None:
    job.near(one, REPEATED)


def _with_hint(job: Job, one: Item, given: ways.Interaction) -> Made | None:
    job.without_hint(one)
    return BARE[type(given)](job, one, given)


BARE: Writers[Made | None] = writers(
    *(_choice, _panel, _judgement, _pairs, _order, _numeric, _words, _spot, gaps, _story)
)
WRITERS: Writers[Made | None] = dict.fromkeys(BARE, _with_hint)
