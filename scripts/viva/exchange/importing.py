"""Files of other systems to banks: the importer is found by its name in `importers/`, or asked.

What is read goes through `writing`, which gives a bank that loads. Nothing is written here but by
`base.files`, and nothing at all on trial.
"""

from __future__ import annotations

import importlib
import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any, Literal

from viva.base import files
from viva.base.files.paths import real
from viva.base.problems import hint
from viva.base.refused import Refused
from viva.base.words import Said, row, say, shaped
from viva.course import fields
from viva.course.courses import Course
from viva.exchange import composing, decks, limits, naming, strangers
from viva.exchange.composing import Composed
from viva.exchange.decks import Dealt
from viva.exchange.limits import Incoming
from viva.exchange.reading import Asked, Desk, Importer, Read

Kind = Literal["changed", "left out", "note"]
KINDS: Mapping[Kind, Said] = {
    "changed": say("changed"),
    "left out": say("left out"),
    "note": say("note"),
}
PICTURES = "assets/imported"
GUESSED = (
    say(
        "its letters are read as those of Windows for western Europe (if any look wrong, save "
        "the file as UTF-8 and import it again)",
    )
)
LAST = ("table", "markdown")
"""What takes nearly any text: asked when nobody else knew the file."""


@dataclass(frozen=True)
class Finding:
    """What a teacher should know of one question, or of the whole file."""

    place: str
    kind: Kind
    message: str
    question: str = ""

    @property
    def told(self) -> Said:
        """The finding in a line, which any language can tell."""
        named = f"{self.place} ({self.question})" if self.question else self.place
        facts = {"kind": KINDS[self.kind], "message": self.message}
        return shaped("{place}: {kind}: {message}", place=named, **facts)

    def __str__(self) -> str:
        return str(self.told)


@dataclass(frozen=True)
class Report:
    """What became of a file."""

    format: str
    paths: tuple[str, ...]
    questions: int
    cards: int
    pictures: int
    findings: tuple[Finding, ...]
    updated: int = 0
    added: int = 0
    same: int = 0

    def count(self, kind: Kind) -> int:
        """How many questions were changed or left out."""
        found = {one.place for one in self.findings if one.kind == kind}
        return len(found)

    def as_json(self) -> str:
        """What `viva import --format json` prints."""
        counts = {"changed": self.count("changed"), "left_out": self.count("left out")}
        return json.dumps(asdict(self) | counts, ensure_ascii=False, indent=2)


@dataclass(frozen=True)
class Plan:
    """What is to be written: texts and pictures by their paths, and the report."""

    texts: Mapping[Path, str]
    pictures: Mapping[Path, bytes]
    report: Report
    saves: tuple[Callable[[], None], ...] = field(default=(), repr=False)


@cache
def names() -> tuple[str, ...]:
    """The formats, those that take nearly anything last."""
    folder = resources.files("viva.exchange.importers")
    found = (Path(one.name) for one in folder.iterdir())
    stems = sorted(one.stem for one in found if one.suffix == ".py" and one.stem[0] != "_")
    ordered = sorted(
        stems, key=lambda stem: (stem in LAST, LAST.index(stem) if stem in LAST else 0)
    )
    return tuple(stem.replace("_", "-") for stem in ordered)


def named(name: str) -> Importer:
    """The importer of a format."""
    if name not in names():
        near = hint(name, names())
        raise Refused(say("there is no format {name} ({hint})", name=name, hint=near), misuse=True)
    module: Any = importlib.import_module(f"viva.exchange.importers.{name.replace('-', '_')}")
    return module  # type: ignore[no-any-return]


def known(file: Incoming) -> tuple[str, Incoming]:
    """The format of a file, or of the one file in a zip that somebody knows. Raises Refused where
    nobody knows it."""
    name = _sniffed(file)
    if name is None and file.archive is not None:
        found = [(one, inside) for inside in file.archive.members() if (one := _sniffed(inside))]
        if len(found) > 1:
            said = say(
                "the zip holds {n} files with questions "
                "(unpack it, and import each of them: {files})",
                n=len(found), files=row(inside.name for _, inside in found[:3]),
            )
            raise Refused(said)
        if found:
            return found[0]
    if name is None:
        said = say(
            "nobody here knows this kind of file (say which: --from, one of {choices})",
            choices=row(names()),
        )
        raise Refused(said)
    return name, file


def _sniffed(file: Incoming) -> str | None:
    return next((name for name in names() if named(name).sniff(file)), None)


def taken(file: Incoming, wanted: str | None, desk: Desk) -> tuple[str, Read]:
    """The same, of a file that is open."""
    name, inner = (wanted, file) if wanted else known(strangers.readable(file))
    found = named(name).read(inner, desk)
    if not found.entries and not found.cards:
        raise Refused(say("no question is in it (look whether it is the right file)"))
    if inner.is_guessed:
        found = replace(found, notes=(*found.notes, GUESSED))
    return name, found


def read(path: Path, wanted: str | None, desk: Desk) -> tuple[str, Read]:
    """The format of a file, and all that it holds. What is wrong is `Refused`, with the file."""
    try:
        return taken(limits.opened(path), wanted, desk)
    except Refused as refused:
        raise Refused(refused.said, refused.path or path.name, misuse=refused.misuse) from None
    except (RecursionError, MemoryError):
        raise Refused(say("the file is nested too deeply to be read"), path.name) from None


def nobody(many: int) -> None:
    """Hears how many there will be, where nobody counts."""


def desk_for(
    course: Course,
    bank: str,
    tick: Callable[[], None],
    expect: Callable[[int], None] = nobody,
) -> Desk:
    """What an importer works with in this course."""
    used = [name for name, _ in course.layout.settings.extensions]
    extra = {sign for name in used for sign in fields.READS.get(name, "")} & set("$:=+")
    docs = real(course.layout.docs)

    def is_there(src: str) -> bool:
        path = real(docs / src)
        return path.is_relative_to(docs) and path.is_file()

    whole, known = fields.whole(course.converter), course.bibliography.references

    def to_html(text: str) -> str:
        return fields.convert(text, whole)

    folder, signs = f"{PICTURES}/{bank}", "".join(sorted(extra))
    language = course.layout.settings.words
    return Desk(folder, signs, tick, expect, is_there, to_html, language, known)


def bank_name(path: Path, given: str | None) -> str:
    """The id of the bank: as given, or after the file."""
    name = given or naming.slug(path.name.partition(".")[0]) or "imported"
    if re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", name) and name != "blueprint":
        return name
    raise Refused(
        say(
            "{name} cannot be a bank (write --bank {example})",
            name=repr(name), example=naming.slug(name) or "knee",
        ),
        misuse=True,
    )


def plan(
    path: Path,
    course: Course,
    bank: str,
    wanted: str | None,
    tick: Callable[[], None],
    expect: Callable[[int], None] = nobody,
) -> Plan:
    """A new bank from a file, and its cards into the module of the bank."""
    where = course.layout.quizzes / f"{bank}.yml"
    desk = desk_for(course, bank, tick, expect)
    form, found = read(path, wanted, desk)
    asks = any(isinstance(one, Asked) for one in found.entries)
    if where.exists() and asks:
        name = course.layout.name(where)
        raise Refused(say(
            "{name} is already there (add --update, or name another with --bank)",
            name=name,
        ))
    first = head(path, form, course)
    made = composing.compose(found, bank, course, first, desk)
    texts = {_part(where, number): text for number, text in enumerate(made.parts, 1)}
    dealt = decks.deal(found.cards, bank, course, first) if found.cards else None
    return planned(form, found, made, texts, course, dealt)


def head(path: Path, form: str, course: Course) -> str:
    """What the first lines of a new file say."""
    words = course.layout.settings.words
    title = words.tell(named(form).TITLE)
    lines = (
        words.say("Imported from {file} ({format}).", file=path.name, format=title),
        words.say(
            "Look at each line that starts with #, add what it asks for, then run: viva check"
        ),
    )
    return "\n".join(lines)


def _part(path: Path, number: int) -> Path:
    return path if number == 1 else path.with_name(f"{path.stem}-{number}.yml")


def planned(
    form: str,
    found: Read,
    made: Composed,
    texts: Mapping[Path, str],
    course: Course,
    dealt: Dealt | None,
) -> Plan:
    """What is to be written, and the report about it."""
    pages = {course.layout.docs / dealt.page: dealt.text} if dealt and dealt.made else {}
    pictures = {**made.pictures, **(dealt.pictures if dealt else {})}
    files_ = {course.layout.docs / name: content for name, content in pictures.items()}
    findings = tuple(all_findings(found, made, dealt))
    paths = tuple(course.layout.name(path) for path in (*texts, *pages))
    cards, same = (len(dealt.made), dealt.same) if dealt else (0, 0)
    counted = Report(form, paths, len(found.entries), cards, len(files_), findings, same=same)
    return Plan({**texts, **pages}, files_, counted)


def all_findings(found: Read, made: Composed, dealt: Dealt | None = None) -> Iterator[Finding]:
    """Everything to know, about the file first."""
    for note in found.notes:
        yield Finding(say("the file"), "note", note)
    for one in made.made:
        yield from (
            Finding(one.asked.place, "note", say("{flaw}, ignored so far", flaw=flaw), one.id)
            for flaw in one.flaws
        )
    named_ = [(one.id, one.asked.place, one.asked.notes) for one in made.made]
    named_ += [(name, card.place, card.notes) for name, card in (dealt.made if dealt else ())]
    for name, place, notes in named_:
        yield from (Finding(place, "changed", note, name) for note in notes)
    for gone in (*made.left, *(dealt.left if dealt else ())):
        yield Finding(gone.place, "left out", gone.why)


def write(made: Plan) -> None:
    """Put all of it into files: pictures first, so that no bank names one that is not there."""
    for path, content in made.pictures.items():
        files.write(path, content)
    for path, text in made.texts.items():
        files.write(path, text)
    for save in made.saves:
        save()
