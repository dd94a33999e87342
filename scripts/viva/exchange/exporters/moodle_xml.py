"""Moodle XML, of Moodle 4 and 5. A question is skipped there without a word if a share of it is not
on Moodle's list, so shares off the list go into a cloze, where any may stand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from lxml import etree
from lxml.builder import E

from viva.bank import interactions as ways
from viva.bank.banks import Bank
from viva.base.words import say
from viva.exchange import ids, xml
from viva.exchange.cloze import alternatives, outside, starred
from viva.exchange.export import Job, Writers, writers
from viva.exchange.html import bold, numbered, paragraph
from viva.exchange.items import Item
from viva.exchange.labels import TRUTH
from viva.exchange.moodle import FEEDBACKS, LOCAL, attached, framed, offered, silent

TITLE = "Moodle XML"
CLIENT = "Moodle"
ENDING = ".xml"
KEEPS = say(
    "all kinds but measurements, with pictures, whys, hints and tags; typed answers nearly"
)
STEPS = (
    say("In Moodle open your course, then More, Question bank, Import."),
    say("Choose “Moodle XML format”, drop the file in, click Import, and compare how many came."),
    say(
        "Moodle never updates a question: a second import makes new ones, in a category of their "
        "own."
    ),
)

SHARES = (100, 50, 100 / 3, 25, 20, 100 / 6, 100 / 7, 12.5, 100 / 9, 10)
"""Of the shares that Moodle knows, those of 1 to 10 right options."""
FIGURE = (600, 400)
"""A marker question's picture, which Moodle shrinks to this when somebody edits the question."""
UNITS = say(
    "in Moodle an unknown unit is ignored, and an English one takes no decimal comma "
    "(name the unit in the stem)"
)
SEQUENTIAL = say(
    "its steps become questions that repeat the story so far (in the quiz set Navigation method "
    "to Sequential, or later steps give earlier ones away)"
)


def address(name: str) -> str:
    """A picture that lies in the question itself."""
    return LOCAL + name


def write(job: Job) -> bytes:
    """All questions in one file, each bank a category below the course's."""
    quiz = E.quiz()
    parts = [(bank, [node for _, node in job.written(bank, WRITERS)]) for bank in job.banks]
    made = [etree.tostring(node) for _, nodes in parts for node in nodes if node is not None]
    above = f"{job.title} ({ids.edition(*made)})"
    quiz.extend(map(etree.Comment, _first_lines(job)))
    for bank, nodes in parts:
        quiz.append(_category(bank, above))
        quiz.extend(node for node in nodes if node is not None)
    return xml.document(quiz)


def _first_lines(job: Job) -> Iterable[str]:
    """What a person who opens the file has to know."""
    if any(loss.message == SEQUENTIAL for loss in job.tally.losses):
        said = say("Steps of cases: set the quiz’s Navigation method to Sequential.")
        yield f" {job.html.words.tell(said)} "


def _category(bank: Bank, above: str) -> etree._Element:
    names = (part.replace("/", "//") for part in (above, bank.title))
    return E.question(
        E.category(E.text("/".join(("top", *names)))),
        E.info(E.text(""), format="html"),
        E.idnumber(bank.id),
        type="category",
    )




def _choice(job: Job, item: Item, given: ways.Choice) -> etree._Element:
    right = sum(one.right for one in given.options)
    if given.several and right > len(SHARES):
        said = alternatives("MR", _picks(job, given.options))
        return _cloze(job, item, job.told(item), paragraph(said))
    html = job.html
    parts = [
        E.single("false" if given.several else "true"),
        E.shuffleanswers(str(int(item.question.shuffle))),
        E.answernumbering("ABCD"),
        *silent(*FEEDBACKS),
        *(
            offered(job, one.share, html.block(one.text), html.block(one.why))
            for one in given.options
        ),
    ]
    return framed(job, item, "multichoice", job.told(item), parts)


def _picks(job: Job, options: Sequence[ways.Pick]) -> list[tuple[float, str, str]]:
    return [(one.share, job.html.line(one.text), job.html.line(one.why)) for one in options]


def _cloze(
    job: Job, item: Item, before: str, asked: str, closing: str = "", after: str = ""
) -> etree._Element:
    """A question whose answers stand in its text."""
    return framed(job, item, CLOZE, outside(before) + asked + outside(after), [], closing)


CLOZE = "cloze"


def _panel(job: Job, item: Item, given: ways.Panel) -> etree._Element:
    html = job.html
    notes = "".join(paragraph(html.line(said), bold(html.line(more))) for said, more in given.notes)
    asked = paragraph(alternatives("MCV", _picks(job, given.options)))
    return _cloze(job, item, job.told(item) + notes, asked, html.block(given.source))


def _judgement(job: Job, item: Item, given: ways.Judgement) -> etree._Element:
    html = job.html
    if len(given.statements) == 1:
        (only,) = given.statements
        answers = [
            offered(
                job,
                float(only.answer is value),
                str(value).lower(),
                html.block(only.why),
                "moodle_auto_format",
            )
            for value in (True, False)
        ]
        asked = job.told(item) + html.block(only.text)
        return framed(job, item, "truefalse", asked, answers)
    rows = []
    for one in given.statements:
        why = html.line(one.why)
        picks = [
            (float(one.answer is value), job.html.line(said), why) for value, said in TRUTH.items()
        ]
        rows.append(f"{outside(html.line(one.text))} {alternatives('MC', picks)}")
    return _cloze(job, item, job.told(item), numbered(rows))


def _pairs(job: Job, item: Item, given: ways.Pairs) -> etree._Element:
    html = job.html
    job.menus(item)
    options = [html.plain(option) for option in given.options]
    used = {one.answer for one in given.prompts}
    asked = [(html.block(one.text), options[one.answer]) for one in given.prompts]
    asked += [("", said) for place, said in enumerate(options) if place not in used]
    subquestions = (
        E.subquestion(E.text(said), E.answer(E.text(answer)), format="html")
        for said, answer in asked
    )
    theme = paragraph(bold(html.line(given.theme)))
    parts = [E.shuffleanswers("0"), *silent(*FEEDBACKS), *subquestions]
    return framed(job, item, MATCH, theme + job.told(item), parts, job.matched(item))


MATCH = "matching"


def _order(job: Job, item: Item, given: ways.Order) -> etree._Element:
    answers = (
        E.answer(E.text(job.html.told(one)), fraction=str(place), format="html")
        for place, one in enumerate(given.items, 1)
    )
    parts = [
        E.layouttype("VERTICAL"),
        E.selecttype("ALL"),
        E.selectcount("0"),
        E.gradingtype("RELATIVE_NEXT_EXCLUDE_LAST"),
        E.showgrading("SHOW"),
        E.numberingstyle("none"),
        *silent(*FEEDBACKS),
        E.shownumcorrect("1"),
        *answers,
    ]
    return framed(job, item, ORDER, job.told(item), parts)


ORDER = "ordering"


def _numeric(job: Job, item: Item, given: ways.Number) -> etree._Element:
    answers = []
    for value, slack in given.right:
        answers.append(offered(job, 1, repr(value), "", "moodle_auto_format"))
        answers[-1].append(E.tolerance(repr(slack)))
    units = [
        E.unit(E.multiplier(repr(1 / size)), E.unit_name(name))
        for name, size in _with_plurals(given.units).items()
    ]
    parts = [
        *answers,
        *([E.units(*units)] if units else []),
        E.unitgradingtype("0"),
        E.unitpenalty("0"),
        E.showunits("0"),
        E.unitsleft("0"),
    ]
    job.near(item, UNITS)
    return framed(job, item, "numerical", job.told(item), parts)


def _with_plurals(units: dict[str, float] | object) -> dict[str, float]:
    """The names of units and, of words, their plurals."""
    assert isinstance(units, dict)
    more = {f"{name}s": size for name, size in units.items() if len(name) > 2}
    return {**units, **{name: size for name, size in more.items() if name not in units}}


def _words(job: Job, item: Item, given: ways.Words) -> etree._Element:
    form = "moodle_auto_format"
    said = [(0.0, starred(one), "") for one in given.reject]
    said += [(1.0, starred(one), "") for one in given.accept]
    model = given.model or given.accept[0]
    said += [(0.0, "*", job.model(model))]
    answers = [offered(job, share, one, why, form) for share, one, why in said]
    job.unforgiving(item)
    return framed(job, item, "shortanswer", job.told(item), [E.usecase("0"), *answers])


def _spot(job: Job, item: Item, given: ways.Spot) -> etree._Element:
    file = job.drawn(item, within=FIGURE)
    width, height = file.size
    region = given.regions[given.answer]
    corners = ";".join(f"{round(x * width)},{round(y * height)}" for x, y in region.points)
    parts = [
        E.shuffleanswers(),
        *silent(*FEEDBACKS),
        attached(file.name, file.content),
        E.drag(E.no("1"), E.text("●"), E.noofdrags("1")),
        E.drop(E.no("1"), E.shape("polygon"), E.coords(corners), E.choice("1")),
    ]
    closing = paragraph(bold(job.html.line(region.label)))
    return framed(job, item, "ddmarker", job.told(item, figure=False), parts, closing)


def _gaps(job: Job, item: Item, given: ways.Gaps) -> etree._Element:
    html = outside(job.html.block(given.text))
    for number, gap in enumerate(given.gaps):
        why = job.html.line(gap.why)
        if isinstance(gap.filled, ways.Choice):
            picks = [(one.share, job.html.line(one.text), why) for one in gap.filled.options]
            said = alternatives("MC", picks)
        else:
            words = [(0.0, starred(one), why) for one in gap.filled.reject]
            words += [(1.0, starred(one), why) for one in gap.filled.accept]
            said = alternatives("SA", words)
        html = html.replace(ways.Gaps.mark(number), said)
    if any(isinstance(gap.filled, ways.Words) for gap in given.gaps):
        job.unforgiving(item)
    return _cloze(job, item, job.told(item), html)


def _story(job: Job, item: Item, given: ways.Steps) -> None:
    job.near(item, SEQUENTIAL)


WRITERS: Writers[etree._Element | None] = writers(
    *(_choice, _panel, _judgement, _pairs, _order, _numeric, _words, _spot, _gaps, _story)
)
