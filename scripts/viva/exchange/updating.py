"""A file again, into a bank that is there: its questions by id, in place.

What a teacher added stays: objective, level, reading, references, whys that the file lacks, notes
for the linter, statistics, and every comment. Only pieces of text change, and the result is read
back; a question that cannot be changed so is named and left alone.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from pathlib import Path
from typing import Any

from viva.bank import banks
from viva.base import edits
from viva.base.edits import Text
from viva.base.reader import Loc, parse
from viva.base.refused import Refused
from viva.base.words import Words, say
from viva.course.courses import Course
from viva.exchange import amending, composing, decks, importing, naming
from viva.exchange.composing import Composed
from viva.exchange.importing import Finding, Plan
from viva.exchange.merging import Wanted, merged
from viva.exchange.reading import Asked, Desk, Left, Read
from viva.exchange.yamltext import read_back

FROM = re.compile(
    r"^[ \t]*# from: (.+?)[ \t]*\n(?:[ \t]*#.*\n)*[ \t]*- id: ([a-z0-9-]+)", re.MULTILINE
)
NOTHING = Composed((), (), ())
MOST_ALIKE = 500
"""So many stems are compared with each other."""


def plan(
    path: Path,
    course: Course,
    bank: str,
    wanted: str | None,
    tick: Callable[[], None],
    expect: Callable[[int], None] = importing.nobody,
) -> Plan:
    """The bank with the questions of a file in place of its own."""
    where = course.layout.quizzes / f"{bank}.yml"
    name = course.layout.name(where)
    desk = importing.desk_for(course, bank, tick, expect)
    form, found = importing.read(path, wanted, desk)
    head = importing.head(path, form, course)
    dealt = decks.deal(found.cards, bank, course, head) if found.cards else None
    asks = any(isinstance(one, Asked) for one in found.entries)
    if not asks:
        return importing.planned(form, found, Composed((), (), _left(found)), {}, course, dealt)
    if not where.exists():
        raise Refused(say(
            "there is no {name} (leave out --update, or name the bank with --bank)",
            name=name,
        ))
    parts = [where, *_further(where)]
    shares = _shared(found, parts, course)
    pairs = zip(parts, shares, strict=True)
    done = [_part(part, share, bank, form, course, desk) for part, share in pairs]
    return reduce(_both, [*done, importing.planned(form, Read(), NOTHING, {}, course, dealt)])


def _further(where: Path) -> Iterator[Path]:
    """The other files of a bank that was too long for one."""
    number = 2
    while (path := where.with_name(f"{where.stem}-{number}.yml")).exists():
        yield path
        number += 1


def _shared(found: Read, parts: Sequence[Path], course: Course) -> list[Read]:
    """What of a file belongs to each file of the bank; what is new, to the last."""
    left, shares = list(found.entries), []
    for path in parts[:-1]:
        now = _now(path, course.layout.name(path))
        kept = _kept(Read(entries=tuple(left)), now, course)
        shares.append(Read(entries=tuple(left[number] for number in sorted(kept))))
        left = [one for number, one in enumerate(left) if number not in kept]
    first, *others = [*shares, Read(entries=tuple(left))]
    return [replace(first, notes=found.notes), *others]


def _both(one: Plan, other: Plan) -> Plan:
    """Two plans as one."""
    mine, theirs = one.report, other.report
    report = replace(
        mine,
        paths=(*mine.paths, *theirs.paths),
        findings=(*mine.findings, *theirs.findings),
        questions=mine.questions + theirs.questions,
        cards=mine.cards + theirs.cards,
        pictures=mine.pictures + theirs.pictures,
        updated=mine.updated + theirs.updated,
        added=mine.added + theirs.added,
        same=mine.same + theirs.same,
    )
    return Plan(
        {**one.texts, **other.texts},
        {**one.pictures, **other.pictures},
        report,
        (*one.saves, *other.saves),
    )


def _part(where: Path, found: Read, bank: str, form: str, course: Course, desk: Desk) -> Plan:
    """One file of the bank with its questions of a file in place of its own."""
    name = course.layout.name(where)
    now = _now(where, name)
    kept = _kept(found, now, course)
    made = composing.compose(found, bank, course, "", desk, kept)
    text, done, findings = _updated(now, made, kept, course.layout.settings.words)
    _checked(text, bank, name)
    plan_ = importing.planned(form, found, made, {}, course, None)
    report = replace(
        plan_.report,
        paths=(name,),
        findings=(*plan_.report.findings, *findings, *_gone(now, made)),
        updated=done.changed,
        added=done.added,
        same=done.same,
    )
    file = edits.load(where)
    assert file is not None
    saves = (lambda: edits.save(file, text),) if text != now.text else ()
    return replace(plan_, report=report, saves=saves)


def _left(found: Read) -> tuple[Left, ...]:
    return tuple(one for one in found.entries if isinstance(one, Left))


@dataclass(frozen=True)
class Done:
    """How many questions were changed, added, and as before."""

    changed: int
    added: int
    same: int


def _now(where: Path, name: str) -> Text:
    file = edits.load(where)
    if file is None:
        raise Refused(say("lines end in different ways (save the file again)"), name)
    source = parse(file.text, name)
    if source.problems or not isinstance(source.data, dict):
        if source.problems:
            wrong = source.problems[0].told
            raise Refused(say("{problem} (mend the bank first)", problem=wrong))
        raise Refused(say("this is no bank (mend it first)"), name)
    return Text(source, file.text)


def _ids(now: Text) -> dict[str, int]:
    """Every question of the bank by its id, with its place."""
    listed = now.source.data.get(amending.QUESTIONS)
    return {
        str(one["id"]).strip(): number
        for number, one in enumerate(listed if isinstance(listed, list) else [])
        if isinstance(one, dict) and isinstance(one.get("id"), str)
    }


def _kept(found: Read, now: Text, course: Course) -> dict[int, str]:
    """The id in the bank of each question that was read: by its source, its id, or its name."""
    known, there = dict(FROM.findall(now.text)), _ids(now)
    kept: dict[int, str] = {}
    left = set(there)
    for number, one in enumerate(found.entries):
        if not isinstance(one, Asked):
            continue
        names = (
            known.get(one.source) if one.source else known.get(one.place),
            composing.own_id(one, course),
            None if one.source else naming.slug(one.name[:48]),
        )
        name = next((n for n in names if n in left), None)
        if name:
            kept[number] = name
            left.remove(name)
    return kept | _alike_ids(found, now, kept, known)


def _alike_ids(
    found: Read, now: Text, kept: Mapping[int, str], known: Mapping[str, str]
) -> dict[int, str]:
    """Questions that have no id in the file: those whose stem has changed a little."""
    there, listed = _ids(now), now.source.data[amending.QUESTIONS]
    taken = set(kept.values())
    left = [name for name in known.values() if name in there and name not in taken]
    more: dict[int, str] = {}
    for number, one in enumerate(found.entries):
        if not isinstance(one, Asked) or one.source or number in kept or len(left) > MOST_ALIKE:
            continue
        stems = [str(listed[there[name]].get("stem", "")).strip() for name in left]
        near = difflib.get_close_matches(one.stem, stems, n=1, cutoff=0.8)
        if near:
            more[number] = left.pop(stems.index(near[0]))
    return more


def _gone(now: Text, made: Composed) -> Iterator[Finding]:
    """Questions that came from a file once and are not in it any more."""
    here = {one.id for one in made.made}
    for _, name in FROM.findall(now.text):
        if name not in here:
            yield Finding(
                name, "note", say("it is not in the file any more; it stays in the bank"), name
            )


def _checked(text: str, bank: str, name: str) -> None:
    """Nothing is written that would not load."""
    _, problems = banks.validate(parse(text, name), bank)
    if problems:
        wrong = problems[0].told
        said = say("the bank would not load: {problem} (nothing was changed)", problem=wrong)
        raise Refused(said)


def _updated(
    now: Text, made: Composed, kept: Mapping[int, str], words: Words
) -> tuple[str, Done, list[Finding]]:
    """The bank's text with what is new in it."""
    there, same = _ids(now), set(kept.values())
    wanted, fresh = [], []
    for one in made.made:
        if one.id in there and one.id in same:
            loc: Loc = (amending.QUESTIONS, there[one.id])
            old = now.value(loc)
            wanted.append(Wanted(loc, one, old, merged(old, one)))
        else:
            fresh.append(one)
    changed = [one for one in wanted if read_back(one.new) != _tidy(one.old)]
    text, failed = amending.changed(now, changed, words)
    text = amending.added(text, now.source.path, fresh, words) if fresh else text
    findings = [_cannot(now, one) for one in failed]
    count = len(changed) - len(failed)
    return text, Done(count, len(fresh), len(wanted) - len(changed)), findings


def _cannot(now: Text, one: Wanted) -> Finding:
    line, column = now.source.place(one.loc)
    where = f"{now.source.path}:{line}:{column}"
    said = say(
        "it changed, and cannot be changed here without losing a comment (change it yourself)",
    )
    return Finding(where, "left out", said, one.made.id)


def _tidy(value: Any) -> Any:
    """Data as read, with texts as authors mean them."""
    if isinstance(value, dict):
        return {name: _tidy(one) for name, one in value.items()}
    if isinstance(value, list):
        return [_tidy(one) for one in value]
    return value
