"""GIFT, Moodle's questions as plain text, which knows no pictures and no gaps with lists."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from viva.bank import interactions as ways
from viva.bank.banks import Bank
from viva.base.words import say
from viva.exchange.cloze import starred
from viva.exchange.export import MOODLE, Job, Writers, writers
from viva.exchange.exporters.moodle_xml import SEQUENTIAL, SHARES
from viva.exchange.html import bold, paragraph
from viva.exchange.items import Item
from viva.exchange.losses import LeftOut

TITLE = say("GIFT, for Moodle")
CLIENT = "GIFT"
ENDING = ".gift.txt"
KEEPS = say(
    "choices, ordering, matching and whys; true/false in pieces, numbers and words nearly; no "
    "pictures, places in figures, gaps, script concordance, measurements or hints"
)
STEPS = (
    say("In Moodle open your course, then More, Question bank, Import."),
    say("Choose “GIFT format”, drop the file in, click Import, and compare how many came."),
    say("If you can choose the format, take moodle-xml: it keeps pictures and gaps."),
)
SIGNS = re.compile(r"[\\~=#{}:]")
IN_PIECES = say(
    "each statement becomes a question of its own ({instead} to keep them together)",
    instead=MOODLE,
)


def write(job: Job) -> bytes:
    """All questions, each bank a category."""
    parts = (part for bank in job.banks for part in _bank(job, bank))
    return ("\n\n".join(parts) + "\n").encode()


def _bank(job: Job, bank: Bank) -> Iterator[str]:
    names = (part.replace("/", "//").replace("\n", " ") for part in (job.title, bank.title))
    yield f"$CATEGORY: top/{'/'.join(names)}"
    for item, made in job.written(bank, WRITERS):
        if made:
            job.without_hint(item)
        yield from made


def escaped(said: str) -> str:
    """Text in which nothing means anything to GIFT; lines end as blanks, since an empty one ends a
    question."""
    return SIGNS.sub(lambda sign: f"\\{sign[0]}", said).replace("\n", "\\n")


def _question(
    job: Job,
    item: Item,
    asked: str,
    answers: str,
    part: str = "",
    more: str = "",
    closing: bool = True,
) -> str:
    """A question with its id and tags in a comment, where Moodle looks for them."""
    name = f"{item.name} {part}".strip()
    ident = f"{item.id}-{part}" if part else item.id
    labels = "".join(f" [tag:{_bare(label)}]" for label in job.labels(item))
    after = job.closing(item, more) if closing else ""
    general = f"####{escaped(after)}\n" if after else ""
    return (
        f"// [id:{ident}]{labels}\n::{escaped(name)}::[html]{escaped(asked)}{{{answers}{general}}}"
    )


def _bare(label: str) -> str:
    return re.sub(r"[\[\]\n\\]", " ", label)


def _told(job: Job, item: Item) -> str:
    try:
        return job.told(item)
    except LeftOut as lost:
        raise LeftOut(lost.why, MOODLE) from None


def _lines(answers: Iterable[str]) -> str:
    return "".join(f"\n\t{one}" for one in answers) + "\n"


def _why(job: Job, why: str | None) -> str:
    return f"#{escaped(job.html.told(why))}" if why else ""


def _choice(job: Job, item: Item, given: ways.Choice) -> list[str]:
    right = sum(one.right for one in given.options)
    if given.several and right > len(SHARES):
        raise LeftOut(say("GIFT takes at most {n} right options", n=len(SHARES)), MOODLE)
    key = next(place for place, one in enumerate(given.options) if one.right)
    answers = (
        _worth(one.share, place == key and not given.several)
        + _unweighted(escaped(job.html.told(one.text)))
        + _why(job, one.why)
        for place, one in enumerate(given.options)
    )
    return [_question(job, item, _told(job, item), _lines(answers))]


def _worth(share: float, is_key: bool) -> str:
    """What an answer begins with. Where one begins with `=` one is chosen, else several are; where
    two do, they are words to type."""
    if is_key:
        return "="
    return f"~%{_percent(100 * share)}%" if share else "~"


def _unweighted(said: str) -> str:
    """An option that begins with a percentage is no weight."""
    return f"&percnt;{said[1:]}" if said.startswith("%") else said


def _percent(value: float) -> str:
    return f"{value:.5f}".rstrip("0").rstrip(".")


def _judgement(job: Job, item: Item, given: ways.Judgement) -> list[str]:
    told = _told(job, item)
    if len(given.statements) == 1:
        (only,) = given.statements
        return [_statement(job, item, told, only, "")]
    job.near(item, IN_PIECES)
    numbered = enumerate(given.statements, 1)
    return [_statement(job, item, told, one, str(number)) for number, one in numbered]


def _statement(job: Job, item: Item, told: str, one: ways.Statement, part: str) -> str:
    """Feedback comes first for a wrong answer, then for a right one."""
    why = _why(job, one.why)
    answer = ("TRUE" if one.answer else "FALSE") + why * 2
    return _question(job, item, told + job.html.block(one.text), answer, part)


def _pairs(job: Job, item: Item, given: ways.Pairs) -> list[str]:
    job.menus(item)
    options = [escaped(job.html.plain(one)) for one in given.options]
    used = {one.answer for one in given.prompts}
    rows = [
        f"={escaped(job.html.told(one.text))} -> {options[one.answer]}" for one in given.prompts
    ]
    rows += [f"= -> {said}" for place, said in enumerate(options) if place not in used]
    theme = paragraph(bold(job.html.line(given.theme)))
    asked = theme + _told(job, item)
    return [_question(job, item, asked, _lines(rows), more=job.matched(item))]


def _order(job: Job, item: Item, given: ways.Order) -> list[str]:
    """Items are read as they stand, one on a line, so feedback would be one too."""
    items = "\n".join(_as_it_stands(job.html.told(one)) for one in given.items)
    how = f">{len(given.items)} ALL VERTICAL RELATIVE_NEXT_EXCLUDE_LAST SHOW none\n{items}\n"
    if job.closing(item):
        job.near(item, say("what is said afterwards stays behind ({instead})", instead=MOODLE))
    told = _told(job, item).replace("{", "&lbrace;").replace("}", "&rbrace;")
    return [_question(job, item, told, how, closing=False)]


def _as_it_stands(html: str) -> str:
    """HTML on one line that neither ends the list nor begins a comment."""
    line = " ".join(html.split()).replace("{", "&lbrace;").replace("}", "&rbrace;")
    return f"&sol;{line[1:]}" if line.startswith("/") else line


def _numeric(job: Job, item: Item, given: ways.Number) -> list[str]:
    job.without_units(item)
    right = [f"{_decimal(value)}:{_decimal(slack)}" for value, slack in given.right]
    several = _lines(f"={one}" for one in right)
    answer = f"#{several}" if len(right) > 1 else f"#{right[0]}"
    return [_question(job, item, _told(job, item), answer)]


def _decimal(value: float) -> str:
    """Without an exponent, which not every reader of GIFT knows."""
    return f"{value:.12f}".rstrip("0").rstrip(".")


def _words(job: Job, item: Item, given: ways.Words) -> list[str]:
    job.unforgiving(item)
    model = given.model or given.accept[0]
    said = [f"=%0%{escaped(starred(one))}" for one in given.reject]
    said += [f"=%100%{escaped(starred(one))}" for one in given.accept]
    said.append(f"=%0%*#{escaped(job.model(model))}")
    return [_question(job, item, _told(job, item), _lines(said))]


def _story(job: Job, item: Item, given: ways.Steps) -> list[str]:
    job.near(item, SEQUENTIAL)
    return []


WRITERS: Writers[list[str]] = writers(_choice, _judgement, _pairs, _order, _numeric, _words, _story)
