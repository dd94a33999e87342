"""Canvas, which reads QTI 1.2 with names of its own for the kinds of questions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from viva.bank import interactions as ways
from viva.base.letters import letter
from viva.base.words import say
from viva.exchange.export import Job, Writers, writers
from viva.exchange.html import bold, numbered, paragraph
from viva.exchange.items import Item
from viva.exchange.losses import LeftOut
from viva.exchange.qti12 import (
    MANY,
    ONE,
    A,
    Node,
    choices,
    equal,
    exactly,
    plain,
    said,
    scored,
    typed,
)

ANSWER = "response1"
FILEBASE = "%24IMS-CC-FILEBASE%24/"
REPEATED = say(
    "its steps become questions that repeat the story so far (show one question at a time and lock "
    "questions after answering, or later steps give earlier ones away)"
)
TYPED_OPTIONS = say(
    "its lists become words to type, as Canvas mixes no lists with typed gaps (use one of both)"
)


@dataclass(frozen=True)
class Made:
    """An item without the parts that every item has."""

    kind: str
    asked: str
    responses: Sequence[Node]
    rules: Sequence[Node]
    whys: Sequence[tuple[str, str]] = ()
    """Feedback in HTML by the option that it is about."""
    closing: str = ""


def _choice(job: Job, one: Item, given: ways.Choice) -> Made:
    names = _names(given.options)
    flags = [(name, option.right) for name, option in zip(names, given.options, strict=True)]
    if given.several:
        ways = [exactly(ANSWER, flags)]
    else:
        ways = [equal(ANSWER, name) for name, is_right in flags if is_right]
    kind = "multiple_answers" if given.several else "multiple_choice"
    rules = [scored(right, 100, **{"continue": "No"}) for right in ways]
    return _chosen(job, kind, job.told(one), given.options, rules)


def _names(options: Sequence[object], first: int = 1000) -> list[str]:
    """Canvas takes numbers for the names of options."""
    return [str(first + place) for place in range(len(options))]


def _chosen(
    job: Job,
    kind: str,
    asked: str,
    options: Sequence[ways.Pick],
    rules: Sequence[Node],
    closing: str = "",
) -> Made:
    names = _names(options)
    cardinality = MANY if kind == "multiple_answers" else ONE
    texts = (said(job.html.told(option.text)) for option in options)
    listed = choices(ANSWER, zip(names, texts, strict=True), cardinality)
    whys = [
        (name, job.html.told(option.why))
        for name, option in zip(names, options, strict=True)
        if option.why
    ]
    return Made(kind, asked, [listed], rules, whys, closing)


def _panel(job: Job, one: Item, given: ways.Panel) -> Made:
    """Points by answer, which Classic Quizzes take for right whatever they are."""
    line = job.html.line
    notes = (paragraph(line(words), bold(line(more))) for words, more in given.notes)
    pairs = zip(_names(given.options), given.options, strict=True)
    rules = [scored(equal(ANSWER, name), 100 * option.share) for name, option in pairs]
    asked = job.told(one) + "".join(notes)
    source = job.html.block(given.source)
    return _chosen(job, "multiple_choice", asked, given.options, rules, source)


def _no_panel(job: Job, one: Item, given: ways.Panel) -> Made:
    raise LeftOut(
        say("Canvas Classic takes every answer with a vote for right"),
        say("use {command} for New Quizzes, or {other}",
            command="viva export canvas-new", other="scorm12"),
    )


def _judgement(job: Job, one: Item, given: ways.Judgement) -> Made:
    html = job.html
    asked = job.told(one)
    blanks = _blanks(asked + "".join(html.line(each.text) for each in given.statements))
    names = [f"{blanks}{number}" for number in range(1, len(given.statements) + 1)]
    rows = (
        f"{html.line(each.text)} [{name}]"
        for each, name in zip(given.statements, names, strict=True)
    )
    lists = [
        (name, job.truths, 0 if each.answer else 1)
        for each, name in zip(given.statements, names, strict=True)
    ]
    return _dropdowns(asked + numbered(rows), lists, job.judged(given))


def _blanks(html: str) -> str:
    """What the names of blanks begin with: nothing that an author typed in brackets."""
    name = "gap"
    while f"[{name}" in html:
        name += "x"
    return name


def _dropdowns(asked: str, lists: Sequence[tuple[str, list[str], int]], closing: str) -> Made:
    """A list in place of each name in brackets: its options, and the place of the right one."""
    responses, rules = [], []
    for number, (name, options, right) in enumerate(lists, 1):
        idents = _names(options, 1000 * number)
        labels = zip(idents, map(plain, options), strict=True)
        field = f"response_{name}"
        responses.append(choices(field, labels, ONE, A.material(A.mattext(name))))
        rules.append(scored(equal(field, idents[right]), 100 / len(lists), "Add"))
    return Made("multiple_dropdowns", asked, responses, rules, (), closing)


def _pairs(job: Job, one: Item, given: ways.Pairs) -> Made:
    job.menus(one)
    options = list(map(job.html.plain, given.options))
    idents = _names(options, 5000)
    responses, rules = [], []
    for number, prompt in enumerate(given.prompts):
        field = f"response_{1000 + number}"
        labels = zip(idents, map(plain, options), strict=True)
        responses.append(choices(field, labels, ONE, said(job.html.told(prompt.text))))
        share = 100 / len(given.prompts)
        rules.append(scored(equal(field, idents[prompt.answer]), share, "Add"))
    theme = paragraph(bold(job.html.line(given.theme)))
    asked = theme + job.told(one)
    return Made(MATCH, asked, responses, rules, (), job.matched(one))


MATCH = "matching"


def _numeric(job: Job, one: Item, given: ways.Number) -> Made:
    job.without_units(one)
    rules = [scored(_near(*right), 100, **{"continue": "No"}) for right in given.right]
    return Made("numerical", job.told(one), [typed(ANSWER, fibtype="Decimal")], rules)


def _near(value: float, slack: float) -> Node:
    """That a number is this one, or no further from it than it may be."""
    least, most = repr(value - slack), repr(value + slack)
    between = A("and", A.vargte(least, respident=ANSWER), A.varlte(most, respident=ANSWER))
    return A("or", equal(ANSWER, repr(value)), between)


def _words(job: Job, one: Item, given: ways.Words) -> Made:
    job.unforgiving(one)
    ways = [equal(ANSWER, words) for words in given.accept]
    score = A.setvar("100", varname="SCORE", action="Set")
    right = A.respcondition(A.conditionvar(*ways), score, **{"continue": "No"})
    closing = job.model(given.model)
    return Made("short_answer", job.told(one), [typed(ANSWER)], [right], (), closing)


def _spot(job: Job, one: Item, given: ways.Spot) -> Made:
    job.by_letters(one)
    places = range(len(given.regions))
    picks = [ways.Pick(letter(place), float(place == given.answer)) for place in places]
    names = _names(picks)
    rules = [scored(equal(ANSWER, names[given.answer]), 100, **{"continue": "No"})]
    asked = job.told(one, figure=False) + job.lettered(one)
    label = f"{letter(given.answer)}: {job.html.line(given.regions[given.answer].label)}"
    return _chosen(job, "multiple_choice", asked, picks, rules, paragraph(bold(label)))


def _gaps(job: Job, one: Item, given: ways.Gaps) -> Made:
    html = job.told(one) + job.html.block(given.text)
    blanks = _blanks(html)
    names = [f"{blanks}{number}" for number in range(1, len(given.gaps) + 1)]
    whys = job.whys([(f"{bold(job.html.line(gap.right))}:", gap.why) for gap in given.gaps])
    only_lists = all(isinstance(gap.filled, ways.Choice) for gap in given.gaps)
    for number, (name, gap) in enumerate(zip(names, given.gaps, strict=True)):
        offered = "" if only_lists else _offered(job, gap)
        html = html.replace(ways.Gaps.mark(number), f"[{name}]{offered}")
    if only_lists:
        lists = [_list(job, name, gap) for name, gap in zip(names, given.gaps, strict=True)]
        job.menus(one)
        return _dropdowns(html, lists, whys)
    job.unforgiving(one)
    if _mixed(given):
        job.near(one, TYPED_OPTIONS)
    return _fields(job, html, list(zip(names, given.gaps, strict=True)), whys)


def _mixed(given: ways.Gaps) -> bool:
    return any(isinstance(gap.filled, ways.Choice) for gap in given.gaps)


def _offered(job: Job, gap: ways.Gap) -> str:
    """What there is to choose from, where it has to be typed."""
    if isinstance(gap.filled, ways.Words):
        return ""
    return f" ({', '.join(job.html.line(option.text) for option in gap.filled.options)})"


def _list(job: Job, name: str, gap: ways.Gap) -> tuple[str, list[str], int]:
    assert isinstance(gap.filled, ways.Choice)
    options = gap.filled.options
    right = next(place for place, option in enumerate(options) if option.right)
    return name, [job.html.plain(option.text) for option in options], right


def _fields(job: Job, asked: str, gaps: Sequence[tuple[str, ways.Gap]], closing: str) -> Made:
    responses, rules = [], []
    for number, (name, gap) in enumerate(gaps, 1):
        typed = gap.filled.accept if isinstance(gap.filled, ways.Words) else ()
        accepted = typed or (job.html.plain(gap.right),)
        idents = _names(accepted, 1000 * number)
        field = f"response_{name}"
        labels = zip(idents, map(plain, accepted), strict=True)
        responses.append(choices(field, labels, ONE, A.material(A.mattext(name))))
        rules += [scored(equal(field, ident), 100 / len(gaps), "Add") for ident in idents]
    return Made("fill_in_multiple_blanks", asked, responses, rules, (), closing)


def _story(job: Job, one: Item, given: ways.Steps) -> None:
    job.near(one, REPEATED)


CLASSIC: Writers[Made | None] = writers(
    *(_choice, _no_panel, _judgement, _pairs, _numeric, _words, _spot, _gaps, _story)
)
NEW: Writers[Made | None] = dict(CLASSIC) | dict(writers(_panel))
