"""Traceability: the facts a course rests on, the claims it examines, and the pages that show both.

A course may keep `docs/evidence/facts.yml` and `docs/evidence/claims.yml`. A question names the
facts that its key rests on among its tags; a claim names its facts too, and so finds its questions.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints, TypeAdapter, ValidationError

from viva.bank.banks import Bank, flat
from viva.bank.mistakes import model_problems
from viva.bank.question import Model, Text
from viva.base.problems import Problem, hint
from viva.base.reader import Loc, Source, read
from viva.base.words import ENGLISH, Words, say, within
from viva.course.fields import as_text
from viva.course.pages import Page
from viva.formulas import typed

FACT_TAG = re.compile(r"F-\d+")
VERDICTS = {
    "supported": say("Supported."),
    "needs nuance": say("In need of a qualification."),
    "inaccurate": say("Inaccurate."),
}
SEEN = {
    "primary": within("a source", "primary"),
    "secondary": within("a source", "secondary"),
    "web": within("a source", "web"),
}

EvidenceId = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][\w.-]*$")]
"""It is an anchor of a page too, and the tag of a question."""


class Fact(Model):
    """A statement of the literature, and whether it was seen there."""

    whole = "fact"
    written = "- id: …, module: …, says: … and status: … under it"

    id: EvidenceId
    module: Text
    says: Text
    status: Literal["verified", "recalled"]
    seen: Literal["primary", "secondary", "web"] | None = None
    references: tuple[Text, ...] = ()


class Claim(Model):
    """A statement that the course examines, what it found, and where it teaches that."""

    whole = "claim"
    written = "- id: …, says: …, verdict: …, taught: … and section: … under it"

    id: EvidenceId
    says: Text
    verdict: Literal["supported", "needs nuance", "inaccurate"]
    taught: Text
    section: Text
    facts: tuple[Text, ...] = ()
    references: tuple[Text, ...] = ()


@dataclass(frozen=True)
class Evidence:
    """Facts by id and claims in order; empty for a course that keeps none."""

    facts: Mapping[str, Fact]
    claims: tuple[Claim, ...]


FACTS: TypeAdapter[tuple[Fact, ...]] = TypeAdapter(Annotated[tuple[Fact, ...], Field(min_length=1)])
CLAIMS: TypeAdapter[tuple[Claim, ...]] = TypeAdapter(tuple[Claim, ...])


@dataclass(frozen=True)
class LoadedEvidence:
    """The evidence with its sources, to report problems in."""

    evidence: Evidence
    facts: Source | None
    claims: Source | None
    problems: tuple[Problem, ...]


def load(docs: Path, root: Path) -> LoadedEvidence:
    """Read a course's evidence. What is wrong inside the files is in `problems`."""
    facts, listed, problems = _read(docs / "evidence/facts.yml", root, FACTS)
    claims, source, more = _read(docs / "evidence/claims.yml", root, CLAIMS)
    evidence = Evidence({fact.id: fact for fact in facts}, claims)
    return LoadedEvidence(evidence, listed, source, (*problems, *more))


def _read(
    path: Path, root: Path, kind: TypeAdapter[Any]
) -> tuple[tuple[Any, ...], Source | None, list[Problem]]:
    if not path.is_file():
        return (), None, []
    source = read(path, path.relative_to(root).as_posix())
    if source.problems:
        return (), source, list(source.problems)
    try:
        return kind.validate_python(source.data), source, []
    except ValidationError as error:
        model = Fact if kind is FACTS else Claim
        return (), source, list(model_problems(error, (), source, model))


def problems(
    loaded: LoadedEvidence, pages: Mapping[str, Page], keys: Mapping[str, Any]
) -> Iterator[Problem]:
    """What facts and claims say of each other, of pages and of references that is not so."""
    for number, fact in enumerate(loaded.evidence.facts.values()):
        assert loaded.facts is not None
        for name in fact.references if fact.status == "verified" else ():
            if name not in keys:
                yield loaded.facts.problem((number, "references"), "MD517", _unknown(name))
    for number, claim in enumerate(loaded.evidence.claims):
        assert loaded.claims is not None
        for field, message in _claim_faults(claim, loaded.evidence.facts, pages, keys):
            yield loaded.claims.problem((number, field), "MD517", message)


def tag_problems(
    facts: Mapping[str, Fact], source: Source, loc: Loc, data: Any
) -> Iterator[Problem]:
    """What a question's tags say of facts that is not so."""
    tags = data.get("tags") if facts else None
    for number, tag in enumerate(tags if isinstance(tags, list) else []):
        if isinstance(tag, str) and FACT_TAG.fullmatch(tag):
            for message in _tag_faults(tag, facts):
                yield source.problem((*loc, "tags", number), "MD517", message)


def _claim_faults(
    claim: Claim, facts: Mapping[str, Fact], pages: Mapping[str, Page], keys: Mapping[str, Any]
) -> Iterator[tuple[str, str]]:
    path, _, anchor = claim.section.partition("#")
    page = pages.get(path)
    anchors = page.anchors if page else frozenset[str]()
    if page is None or (anchor and not page.has(anchor) and not anchor.startswith("term-")):
        near = hint(anchor, anchors)
        said = say("there is no section {section} ({hint})", section=claim.section, hint=near)
        yield "section", said
    for name in claim.facts:
        for message in _tag_faults(name, facts):
            yield "facts", message
    for name in claim.references:
        if name not in keys:
            yield "references", _unknown(name)


def _unknown(reference: str) -> str:
    return say("reference {name} is not in references.bib (add it there)", name=reference)


def _tag_faults(tag: str, facts: Mapping[str, Fact]) -> Iterator[str]:
    if tag not in facts:
        yield say("there is no fact {fact} (add it to evidence/facts.yml)", fact=tag)
    elif facts[tag].status == "recalled":
        yield say("fact {fact} is only recalled (use a verified one)", fact=tag)


def claims_page(
    evidence: Evidence,
    banks: tuple[Bank, ...],
    pages: Mapping[str, Page],
    words: Words = ENGLISH,
) -> str:
    """The Markdown of the page that follows every claim into the course."""
    places = _places(banks, words)
    title = words.say("From claim to question")
    about = words.say(
        "Every claim that the course examines: its verdict, where it is taught and checked."
    )
    sheet = f"[{as_text(words.say('Fact sheet'))}](facts.md)" if evidence.facts else ""
    intro = (
        _held(evidence.claims, words),
        words.say(
            "Here is where each is taught, which questions check it, and what it rests on."
        ),
        words.say("The facts themselves are here: {page}.", page=sheet) if sheet else "",
    )
    blocks = (_claim(claim, places, pages, words) for claim in evidence.claims)
    head = _head(title, about, "hide: [toc]")
    return "\n".join((head, *filter(None, intro), "", "".join(blocks)))


def _head(title: str, about: str, *more: str) -> str:
    fields = {"title": title, "description": about}
    said = (f"{name}: {json.dumps(text)}" for name, text in fields.items())
    return "\n".join(("---", *said, *more, "---", f"# {as_text(title)}", ""))


def _held(claims: tuple[Claim, ...], words: Words) -> str:
    """How many claims stand, and how many do not."""
    many = Counter(claim.verdict for claim in claims)
    counts = (
        words.count("{n} is supported", "{n} are supported", many["supported"]),
        words.count("{n} needs a qualification", "{n} need a qualification", many["needs nuance"]),
        words.count("{n} is inaccurate", "{n} are inaccurate", many["inaccurate"]),
    )
    return words.count(
        "{n} claim was held against the literature: {counts}.",
        "{n} claims were held against the literature: {counts}.",
        len(claims),
        counts=words.listed(counts),
    )


def _places(banks: tuple[Bank, ...], words: Words) -> dict[str, list[str]]:
    """For each fact the questions that rest on it, as links."""
    places: dict[str, list[str]] = {}
    for bank in banks:
        for number, question in enumerate(bank.questions, 1):
            name = f"{_escaped(bank.title)} {words.number(number)}"
            link = f"[{name}](self-checks/{bank.id}.md#{question.id})"
            for tag in {tag for each in flat((question,)) for tag in each.tags}:
                places.setdefault(tag, []).append(link)
    return places


def _claim(
    claim: Claim, places: Mapping[str, list[str]], pages: Mapping[str, Page], words: Words
) -> str:
    path, _, anchor = claim.section.partition("#")
    title = pages[path].headings.get(anchor) or (pages[path].said("title") or path)
    links = dict.fromkeys(link for fact in claim.facts for link in places.get(fact, []))
    cited = f"[{'; '.join(f'@{key}' for key in claim.references)}]" if claim.references else ""
    where = words.say("Taught here: {place}.", place=f"[{title}]({claim.section})")
    return f"""## {claim.id}: {_escaped(claim.says)} {{ .viva-claim }}

**{words.tell(VERDICTS[claim.verdict])}** {_escaped(claim.taught)}{cited}
{where} {_checked(list(links), words)}

"""


def _checked(links: list[str], words: Words) -> str:
    if not links:
        return words.say("No question asks for it by itself.")
    return words.say("Checked here: {questions}.", questions=words.listed(links, "row"))


def facts_page(evidence: Evidence, words: Words = ENGLISH) -> str:
    """The Markdown of the fact sheet."""
    facts = [fact for fact in evidence.facts.values() if fact.status == "verified"]
    about = words.count(
        "The {n} fact on which the course rests, with its sources.",
        "The {n} facts on which the course rests, each with its sources.",
        len(facts),
    )
    sections = (
        f"## {_escaped(module)}\n\n{''.join(_fact(fact, words) for fact in group)}\n"
        for module, group in groupby(facts, key=lambda fact: fact.module)
    )
    head = _head(words.say("Fact sheet"), about)
    recalled = len(evidence.facts) - len(facts)
    intro = filter(None, _how_sure(len(facts), recalled, words))
    return "\n".join((head, *intro, "", "".join(sections)))


def _how_sure(facts: int, recalled: int, words: Words) -> Iterator[str]:
    yield words.count(
        "The course rests on {n} fact, seen in its source, mostly in the abstract.",
        "The course rests on {n} facts. Each was seen in its source, mostly in the abstract.",
        facts,
    )
    if recalled:
        yield words.count(
            "{n} more is only remembered; it is not printed, and no key rests on it.",
            "{n} more are only remembered; they are not printed, and no key rests on them.",
            recalled,
        )
    yield words.say(
        "“{primary}” means the study itself, “{secondary}” another paper that reports it, "
        "“{web}” a teaching page.",
        **SEEN,
    )


def _fact(fact: Fact, words: Words) -> str:
    cited = f" [{'; '.join(f'@{key}' for key in fact.references)}]" if fact.references else ""
    how = f" *({words.tell(SEEN[fact.seen])})*" if fact.seen else ""
    return f"- **{fact.id}**{{ #{fact.id.lower()} }} {_escaped(fact.says)}{cited}{how}\n"


def _escaped(text: str) -> str:
    """A text that is no Markdown, as it was typed; a formula in it is a line of text."""
    return as_text(typed.words(" ".join(text.split())))
