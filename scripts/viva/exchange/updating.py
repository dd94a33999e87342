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
from pathlib import Path
from typing import Any

from viva.bank import banks, types
from viva.bank.question import Question
from viva.base import edits
from viva.base.edits import Edit, Piece, Text
from viva.base.reader import Loc, parse
from viva.base.refused import Refused
from viva.course.courses import Course
from viva.exchange import composing, decks, importing, naming, writing
from viva.exchange.composing import Composed
from viva.exchange.importing import Finding, Plan
from viva.exchange.reading import Asked, Left, Made, Read
from viva.exchange.yamltext import entry, field, read_back, scalar

FROM = re.compile(
    r"^[ \t]*# from: (.+?)[ \t]*\n(?:[ \t]*#.*\n)*[ \t]*- id: ([a-z0-9-]+)", re.MULTILINE
)
ASKING = re.compile(r"#\s*(?:why|objective|alt): .*")
"""A comment of ours that asks for what is missing."""
COMMENT = re.compile(r"^[ \t]*#.*$", re.MULTILINE)
BESIDE = re.compile(r"^[ \t]*[^\s#].*[ \t]#[ \t]", re.MULTILINE)
"""A line with a comment behind what it says."""
PARTS = {"text", "stem", "id"}
"""What entries of lists are known by."""
QUESTIONS = "questions"
MOST_ALIKE = 500
"""So many stems are compared with each other."""


@dataclass(frozen=True)
class Wanted:
    """A question as it stands, and as it should be."""

    loc: Loc
    made: Made
    old: Mapping[str, Any]
    new: dict[str, Any]


def plan(
    path: Path, course: Course, bank: str, wanted: str | None, tick: Callable[[], None]
) -> Plan:
    """The bank with the questions of a file in place of its own."""
    where = course.layout.quizzes / f"{bank}.yml"
    name = course.layout.name(where)
    form, found = importing.read(path, wanted, importing.desk_for(course, bank, tick))
    dealt = (
        decks.deal(found.cards, bank, course, importing.head(path, form)) if found.cards else None
    )
    asks = any(isinstance(one, Asked) for one in found.entries)
    if not asks:
        return importing.planned(form, found, Composed((), (), _left(found)), {}, course, dealt)
    if not where.exists():
        raise Refused(f"there is no {name} (leave out --update, or name the bank with --bank)")
    now = _now(where, name)
    kept = _kept(found, now, course)
    made = composing.compose(found, bank, course, "", kept)
    text, done, findings = _updated(now, made, kept)
    _checked(text, bank, name)
    plan_ = importing.planned(form, found, made, {}, course, dealt)
    gone = _gone(now, made)
    report = replace(
        plan_.report,
        paths=(name, *plan_.report.paths),
        findings=(*plan_.report.findings, *findings, *gone),
        updated=done.changed,
        added=done.added,
        same=done.same + plan_.report.same,
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
        raise Refused("lines end in different ways (save the file again)", name)
    source = parse(file.text, name)
    if source.problems or not isinstance(source.data, dict):
        said = source.problems[0] if source.problems else f"{name}:1:1: this is no bank"
        raise Refused(f"{said} (mend the bank first)")
    return Text(source, file.text)


def _ids(now: Text) -> dict[str, int]:
    """Every question of the bank by its id, with its place."""
    listed = now.source.data.get(QUESTIONS)
    return {
        str(one["id"]).strip(): number
        for number, one in enumerate(listed if isinstance(listed, list) else [])
        if isinstance(one, dict) and isinstance(one.get("id"), str)
    }


def _kept(found: Read, now: Text, course: Course) -> dict[int, str]:
    """The id in the bank of each question that was read: by its source, its id, or its name."""
    known, there = dict(FROM.findall(now.text)), _ids(now)
    kept: dict[int, str] = {}
    for number, one in enumerate(found.entries):
        if not isinstance(one, Asked):
            continue
        names = (
            known.get(one.source) if one.source else known.get(one.place),
            composing.own_id(one, course),
            None if one.source else naming.slug(one.name[:48]),
        )
        name = next((n for n in names if n in there and n not in kept.values()), None)
        if name:
            kept[number] = name
    return kept | _alike_ids(found, now, kept, known)


def _alike_ids(
    found: Read, now: Text, kept: Mapping[int, str], known: Mapping[str, str]
) -> dict[int, str]:
    """Questions that have no id in the file: those whose stem has changed a little."""
    there, listed = _ids(now), now.source.data[QUESTIONS]
    left = [name for name in known.values() if name in there and name not in kept.values()]
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
                name, "note", "it is not in the file any more; it stays in the bank", name
            )


def _checked(text: str, bank: str, name: str) -> None:
    """Nothing is written that would not load."""
    _, problems = banks.validate(parse(text, name), bank)
    if problems:
        raise Refused(f"the bank would not load: {problems[0]} (nothing was changed)")


def _updated(now: Text, made: Composed, kept: Mapping[int, str]) -> tuple[str, Done, list[Finding]]:
    """The bank's text with what is new in it."""
    there = _ids(now)
    wanted, fresh = [], []
    for one in made.made:
        if one.id in there and one.id in kept.values():
            loc: Loc = (QUESTIONS, there[one.id])
            old = now.value(loc)
            wanted.append(Wanted(loc, one, old, merged(old, one)))
        else:
            fresh.append(one)
    changed = [one for one in wanted if read_back(one.new) != _tidy(one.old)]
    text, failed = _changed(now, changed)
    text = _added(text, now.source.path, fresh) if fresh else text
    findings = [_cannot(now, one) for one in failed]
    count = len(changed) - len(failed)
    return text, Done(count, len(fresh), len(wanted) - len(changed)), findings


def _cannot(now: Text, one: Wanted) -> Finding:
    line, column = now.source.place(one.loc)
    where = f"{now.source.path}:{line}:{column}"
    said = "it changed, and cannot be changed here without losing a comment (change it yourself)"
    return Finding(where, "left out", said, one.made.id)


def _tidy(value: Any) -> Any:
    """Data as read, with texts as authors mean them."""
    if isinstance(value, dict):
        return {name: _tidy(one) for name, one in value.items()}
    if isinstance(value, list):
        return [_tidy(one) for one in value]
    return value


# What the question should be.


def merged(old: Mapping[str, Any], made: Made) -> dict[str, Any]:
    """The question of the file with all that it does not say kept from the bank."""
    before = types.MODELS.get(str(old.get("type")))
    is_other = before is not None and before is not types.MODELS[str(made.data["type"])]
    stale = set(before.model_fields) - set(Question.model_fields) if before and is_other else set()
    new = {name: value for name, value in old.items() if name not in stale}
    for name, value in made.data.items():
        if name == "lint" or (name in ("id", "objective", "level") and old.get(name)):
            continue
        new[name] = _merged_field(name, old.get(name), value)
    return new


def _merged_field(name: str, old: Any, value: Any) -> Any:
    if name == "tags" and isinstance(old, list):
        return [*old, *(one for one in value if one not in old)]
    if isinstance(value, Mapping) and isinstance(old, dict):
        return _same_or(old, {**old, **{n: v for n, v in value.items() if v != "Picture"}})
    if (
        isinstance(value, list)
        and value
        and isinstance(value[0], Mapping)
        and isinstance(old, list)
    ):
        return _merged_list(old, value)
    return old if old is not None and _alike(old, value) else value


def _same_or(old: Mapping[str, Any], new: dict[str, Any]) -> dict[str, Any]:
    """The mapping, with what is alike written as it was."""
    return {
        name: old[name] if name in old and _alike(old[name], v) else v for name, v in new.items()
    }


def _alike(old: Any, new: Any) -> bool:
    """Whether two values say the same."""
    if isinstance(old, str) and not isinstance(new, (list, Mapping)):
        said = scalar(new) if not isinstance(new, str) else new
        return (
            old.split() == said.split()
            or (_number(old) is not None
            and _number(old) == _number(said))
        )
    if isinstance(old, list) and isinstance(new, (list, tuple)):
        return len(old) == len(new) and all(map(_alike, old, new))
    return bool(old == new)


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def _merged_list(old: list[Any], value: list[Any]) -> list[Any]:
    """Entries with what the bank says of the same ones; the same entries keep the bank's order."""
    pairs = _paired(old, value)
    made = [(_merged_entry(o, v) if o is not None else dict(v), o) for v, o in pairs]
    if len(old) == len(value) and all(o is not None and _known(o) == _known(n) for n, o in made):
        at = {id(o): number for number, o in enumerate(old)}
        made.sort(key=lambda one: at[id(one[1])])
    return [one for one, _ in made]


def _paired(old: list[Any], value: list[Any]) -> list[tuple[Any, Any]]:
    """Each new entry with the old one of the same text, else with one that is left, in order."""
    left = [one for one in old if isinstance(one, dict)]
    found: list[Any] = []
    for one in value:
        same = next((o for o in left if _known(o) == _known(one)), None)
        left = [o for o in left if o is not same]
        found.append(same)
    if len(old) == len(value):
        rest = iter(left)
        found = [one if one is not None else next(rest, None) for one in found]
    return list(zip(value, found, strict=True))


def _known(one: Mapping[str, Any]) -> str:
    """What an entry is known by."""
    return " ".join(
        str(next((one[name] for name in ("text", "stem", "id") if name in one), "")).split()
    )


def _merged_entry(old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, Any]:
    """An entry of the file with what only the bank says of it. A why belongs to its text."""
    is_same = _known(old) == _known(new)
    kept = {n: v for n, v in old.items() if n != "why" or is_same}
    if "correct" in kept and "correct" not in new:
        kept["correct"] = False if _alike(kept["correct"], "true") else kept["correct"]
    return _same_or(old, {**kept, **new})


# How its text changes.


def _changed(now: Text, wanted: Sequence[Wanted]) -> tuple[str, list[Wanted]]:
    """The text with all that fits, and what does not."""
    ways = [(one, _edits(now, one)) for one in wanted]
    good, failed = _fitting(now, [(one, way) for one, way in ways if way])
    failed += [one for one, way in ways if not way]
    return edits.applied(now, [e for one in good for e in one]) or now.text, failed


def _fitting(
    now: Text, ways: Sequence[tuple[Wanted, list[list[Edit]]]]
) -> tuple[list[list[Edit]], list[Wanted]]:
    """The first way of each question that gives what was meant; halves are tried apart."""
    if not ways:
        return [], []
    firsts = [way[0] for _, way in ways]
    if edits.applied(now, [edit for one in firsts for edit in one]) is not None:
        return firsts, []
    if len(ways) == 1:
        one, tried = ways[0]
        return _fitting(now, [(one, tried[1:])]) if tried[1:] else ([], [one])
    middle = len(ways) // 2
    (a, b), (c, d) = _fitting(now, ways[:middle]), _fitting(now, ways[middle:])
    return [*a, *c], [*b, *d]


def _edits(now: Text, one: Wanted) -> list[list[Edit]]:
    """The ways in which a question may be changed, the gentlest first."""
    fine = _fine(now, one)
    whole = _whole(now, one)
    return [way for way in (fine, whole) if way]


def _fine(now: Text, one: Wanted) -> list[Edit]:
    """Value by value, where nothing but values changes and fields are added at the end."""
    if set(one.old) - set(one.new):
        return []
    made: list[Edit] = []
    more: dict[str, Any] = {}
    for name, value in one.new.items():
        if name not in one.old:
            more[name] = value
            continue
        found = list(_value_edits(now, (*one.loc, name), one.old[name], value))
        if any(edit is None for edit in found):
            return []
        made += [edit for edit in found if edit is not None]
    return [*made, *_more(now, one.loc, more)]


def _value_edits(now: Text, loc: Loc, old: Any, new: Any) -> Iterator[Edit | None]:
    """How a value changes; None where its shape does."""
    if read_back(new) == old:
        return
    if isinstance(old, str) and not isinstance(new, (list, Mapping)):
        yield _scalar(now, loc, new)
    elif isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        for number, (a, b) in enumerate(zip(old, new, strict=True)):
            yield from _value_edits(now, (*loc, number), a, b)
    elif isinstance(old, dict) and isinstance(new, Mapping) and not set(old) - set(new):
        for name in old:
            yield from _value_edits(now, (*loc, name), old[name], new[name])
        yield from _more(now, loc, {n: v for n, v in new.items() if n not in old})
    else:
        yield None


def _scalar(now: Text, loc: Loc, new: Any) -> Edit:
    """A scalar in place of another, a block under a bar where there was one."""
    start, end = now.span(loc)
    given = now.text[start:end]
    text = str(new) if isinstance(new, str) else scalar(new)
    if (
        given.startswith(("|", ">"))
        and "\n" in text
        and not given.startswith((">-", "|-", ">+", "|+"))
    ):
        indent = re.search(r"\n([ ]+)\S", given)
        lines = [f"{indent[1] if indent else '    '}{line}".rstrip() for line in text.split("\n")]
        return Edit(loc, f"{text}\n", ((start, end, "\n".join(["|", *lines, ""])),))
    piece = scalar(text)
    return Edit(loc, text, ((start, end, piece + ("\n" if given.endswith("\n") else "")),))


def _more(now: Text, loc: Loc, more: Mapping[str, Any]) -> Iterator[Edit]:
    """New fields behind the last one of a mapping in lines."""
    if not more:
        return
    value = now.value(loc)
    keys = now.source.marks[id(value)].keys
    column = min(column for _, column in keys.values())
    _, end = now.span(loc)
    inside = now.text[end - 1 : end] == "\n"
    at = end if inside else _line_end(now.text, end)
    for name, one in more.items():
        lines = "\n".join(field(name, one, " " * (column - 1)))
        piece: Piece = (at, at, f"{lines}\n" if inside else f"\n{lines}")
        yield Edit((*loc, name), read_back(one), (piece,))


def _line_end(text: str, at: int) -> int:
    found = text.find("\n", at)
    return len(text) if found < 0 else found


def _past_comments(text: str, end: int, indent: int) -> int:
    """The end of a value and of the comments below it that stand as deep as it does."""
    inside = text[end - 1 : end] == "\n"
    at = end if inside else _line_end(text, end) + 1
    past = at
    while (line := text[past : _line_end(text, past)]).lstrip().startswith("#"):
        if len(line) - len(line.lstrip()) < indent:
            break
        past = _line_end(text, past) + 1
    return end if past == at else past if inside else past - 1


def _whole(now: Text, one: Wanted) -> list[Edit]:
    """The question written anew, its comments above it. Not where one stands beside a value."""
    _, column = now.source.place(one.loc)
    start, end = now.span(one.loc)
    end = _past_comments(now.text, end, column - 1)
    given = now.text[start:end]
    if BESIDE.search(given):
        return []
    indent = " " * (column - 3)
    lines = list(entry(writing.commented(one.new), indent))
    comments = [line.strip() for line in COMMENT.findall(given) if not ASKING.match(line.strip())]
    text = "\n".join(lines)[len(indent) + 2 :]
    if comments:
        inside = "\n".join(f"{indent}  {line}" for line in comments)
        first, _, rest = text.partition("\n")
        text = f"{first}\n{inside}\n{rest}"
    return [Edit(one.loc, read_back(one.new), ((start, end, text + "\n" * given.endswith("\n")),))]


def _added(text: str, name: str, fresh: Sequence[Made]) -> str:
    """The text with new questions at the end of its list."""
    now = Text(parse(text, name), text)
    listed = now.source.data[QUESTIONS]
    _, column = now.source.place((QUESTIONS, 0))
    _, end = now.span((QUESTIONS, len(listed) - 1))
    end = _past_comments(text, end, column - 1)
    at = end if now.text[end - 1 : end] == "\n" else _line_end(text, end)
    rows = "\n\n".join("\n".join(writing.question_lines(one)) for one in fresh)
    indent = " " * (column - 3)
    rows = re.sub(r"^  ", indent, rows, flags=re.MULTILINE)
    before = "" if now.text[end - 1 : end] == "\n" else "\n"
    made = f"{text[:at]}{before}\n{rows}\n{text[at:].removeprefix(chr(10))}"
    read = parse(made, name)
    meant = [*listed, *(read_back(one.data) for one in fresh)]
    if read.problems or read.data != {**now.source.data, QUESTIONS: meant}:
        raise Refused(
            "new questions cannot be put at the end of the bank (import them into another)", name
        )
    return made
