"""IMS Common Cartridge 1.1: the few kinds of questions that many systems read.

The order of the rules matters: Moodle, for one, looks at the first that fits. First what is always
said, then the right answer, which ends, then what is said of wrong ones.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from viva.bank import interactions as ways
from viva.base.letters import letter
from viva.base.words import say
from viva.exchange import xml
from viva.exchange.cartridge_manifest import manifest
from viva.exchange.export import Job, Writers, writers
from viva.exchange.html import bold, paragraph
from viva.exchange.items import Item
from viva.exchange.labels import TRUTH
from viva.exchange.qti12 import (
    GENERAL,
    MANY,
    ONE,
    PICTURES,
    A,
    Node,
    assessment,
    choices,
    equal,
    exactly,
    feedback,
    labelled,
    processing,
    said,
    scored,
    shown,
    typed,
)
from viva.offline.archive import packed

TITLE = "Common Cartridge 1.1"
CLIENT = say("a cartridge")
ENDING = ".imscc"
KEEPS = say(
    "one best answer, with pictures and whys; several answers, true/false, matching and words in "
    "pieces or nearly; no ordering, numbers, measurements, script concordance or hints"
)
STEPS = (
    say("In your system choose Import or Restore, then Common Cartridge, and pick the file."),
    say(
        "Moodle: course, More, Course reuse, Restore. Open edX: turn it into a course with "
        "cc2olx."
    ),
    say(
        "Look at one question of each kind before you use it: systems read cartridges "
        "differently."
    ),
)
FILEBASE = "$IMS-CC-FILEBASE$/"
CASE = {"case": "Yes"}
FREE = say(
    "systems do not take marks off for wrong picks: choosing everything is right (warn students)"
)
IN_PIECES = say("each part becomes a question of its own (give each a part of the points)")
REPEATED = say(
    "its steps become questions that repeat the story so far (let them be answered in order)"
)


@dataclass(frozen=True)
class Made:
    """An item without the parts that every item has. `part` tells those of a question apart."""

    profile: str
    asked: str
    response: Node
    right: Node
    whys: Sequence[tuple[str, str]] = ()
    closing: str = ""
    part: str = ""


def address(name: str) -> str:
    """A picture that lies in the cartridge."""
    return FILEBASE + PICTURES + name


def write(job: Job) -> bytes:
    """An assessment for each bank, the pictures, and the manifest."""
    tests: dict[str, tuple[str, bytes]] = {}
    for bank in job.banks:
        found = []
        for item, made in job.written(bank, WRITERS):
            if made:
                job.without_hint(item)
                found += [_item(job, item, one, len(made) > 1) for one in made]
        if found:
            name = job.name(bank.id)
            whole = assessment(name, bank.title, found, labelled(EXAM))
            tests[name] = bank.title, xml.document(whole)
    pictures = {PICTURES + name: data for name, data in job.pictures.files.items()}
    files = {f"{name}/assessment.xml": data for name, (_, data) in tests.items()}
    titles = {name: title for name, (title, _) in tests.items()}
    listed = xml.document(manifest(job, titles, list(pictures)))
    return packed({**files, **pictures, "imsmanifest.xml": listed}, "imsmanifest.xml")


EXAM = (("cc_profile", "cc.exam.v0p1"), ("qmd_assessmenttype", "Examination"))


def _item(job: Job, item: Item, made: Made, is_part: bool) -> Node:
    part = made.part if is_part else ""
    ident = job.name(f"{item.id}-{part}" if part else item.id)
    closing = job.closing(item, made.closing)
    general = [shown(A.other(), GENERAL)] if closing else []
    told = [shown(equal(ANSWER, option, **CASE), f"{option}_fb") for option, _ in made.whys]
    return A.item(
        A.itemmetadata(labelled([("cc_profile", f"cc.{made.profile}.v0p1")])),
        A.presentation(said(made.asked), made.response),
        processing(*general, made.right, *told),
        *([feedback(GENERAL, closing)] if closing else []),
        *(feedback(f"{option}_fb", why) for option, why in made.whys),
        ident=ident,
        title=f"{item.name} {part}".strip(),
    )


ANSWER = "response1"


def _chosen(
    job: Job,
    asked: str,
    options: Sequence[ways.Pick],
    several: bool = False,
    closing: str = "",
    part: str = "",
    profile: str = "multiple_choice",
) -> Made:
    names = [f"o{place}" for place in range(len(options))]
    pairs = list(zip(names, options, strict=True))
    if several:
        right = exactly(ANSWER, [(name, option.right) for name, option in pairs], **CASE)
    else:
        ways = [equal(ANSWER, name, **CASE) for name, option in pairs if option.right]
        right = ways[0] if len(ways) == 1 else A("or", *ways)
    texts = [(name, said(job.html.told(option.text))) for name, option in pairs]
    whys = [(name, job.html.told(option.why)) for name, option in pairs if option.why]
    # A right answer ends the rules: what is said of it comes with what is always said.
    first = next((job.html.told(one.why) for one in options if one.right and one.why), "")
    return Made(
        "multiple_response" if several else profile,
        asked,
        choices(ANSWER, texts, MANY if several else ONE),
        scored(right, 100, **{"continue": "No"}),
        [(name, why) for name, why in whys if several or why != first],
        paragraph(first) + closing if first and not several else closing,
        part,
    )


def _choice(job: Job, item: Item, given: ways.Choice) -> list[Made]:
    if given.several:
        job.near(item, FREE)
    return [_chosen(job, job.told(item), given.options, given.several)]


def _judgement(job: Job, item: Item, given: ways.Judgement) -> list[Made]:
    if len(given.statements) > 1:
        job.near(item, IN_PIECES)
    made = []
    for number, one in enumerate(given.statements, 1):
        picks = [ways.Pick(said, float(one.answer is value)) for value, said in TRUTH.items()]
        asked, why = job.told(item) + job.html.block(one.text), job.html.block(one.why)
        made.append(_chosen(job, asked, picks, False, why, str(number), "true_false"))
    return made


def _pairs(job: Job, item: Item, given: ways.Pairs) -> list[Made]:
    if len(given.prompts) > 1:
        job.near(item, IN_PIECES)
    theme = paragraph(bold(job.html.line(given.theme)))
    made = []
    for number, one in enumerate(given.prompts, 1):
        places = enumerate(given.options)
        picks = [ways.Pick(text, float(place == one.answer)) for place, text in places]
        asked = theme + job.told(item) + job.html.block(one.text)
        made.append(_chosen(job, asked, picks, False, job.html.block(one.why), str(number)))
    return made


def _words(job: Job, item: Item, given: ways.Words) -> list[Made]:
    job.unforgiving(item)
    model = given.model or given.accept[0]
    closing = job.model(model)
    return [_typed(job.told(item), given.accept, closing)]


def _typed(asked: str, accept: Sequence[str], closing: str, part: str = "") -> Made:
    ways = A("or", *(equal(ANSWER, words, case="No") for words in accept))
    one = equal(ANSWER, accept[0], case="No") if len(accept) == 1 else ways
    right = scored(one, 100, **{"continue": "No"})
    return Made("fib", asked, typed(ANSWER), right, (), closing, part)


def _spot(job: Job, item: Item, given: ways.Spot) -> list[Made]:
    job.by_letters(item)
    picks = [ways.Pick(letter(n), float(n == given.answer)) for n in range(len(given.regions))]
    label = f"{letter(given.answer)}: {job.html.line(given.regions[given.answer].label)}"
    asked = job.told(item, figure=False) + job.lettered(item)
    return [_chosen(job, asked, picks, closing=paragraph(bold(label)))]


def _gaps(job: Job, item: Item, given: ways.Gaps) -> list[Made]:
    """A question for each gap, which the text shows by its number."""
    typed_too = any(isinstance(gap.filled, ways.Words) for gap in given.gaps)
    job.near(item, IN_PIECES)
    if typed_too:
        job.unforgiving(item)
    return list(_gap_items(job, item, given))


def _gap_items(job: Job, item: Item, given: ways.Gaps) -> Iterator[Made]:
    html = job.told(item) + job.html.block(given.text)
    for number in range(len(given.gaps)):
        html = html.replace(ways.Gaps.mark(number), bold(f"____ ({number + 1})"))
    for number, gap in enumerate(given.gaps, 1):
        asked = html + paragraph(bold(f"({number})"))
        yield _gap(job, asked, gap, str(number))


def _gap(job: Job, asked: str, gap: ways.Gap, part: str) -> Made:
    why = job.html.block(gap.why)
    if isinstance(gap.filled, ways.Choice):
        return _chosen(job, asked, gap.filled.options, False, why, part)
    return _typed(asked, gap.filled.accept, why, part)


def _story(job: Job, item: Item, given: ways.Steps) -> list[Made]:
    job.near(item, REPEATED)
    return []


WRITERS: Writers[list[Made]] = writers(_choice, _judgement, _pairs, _words, _spot, _gaps, _story)
