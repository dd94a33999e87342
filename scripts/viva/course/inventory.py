"""What lies in the folders of a course, and what of it is not used: nothing is left out in silence.

Banks may lie in folders of their own; a bank's id is its file's name, wherever it lies.
"""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from viva.base import windows
from viva.base.folders import Entry, Kind, entries, inside
from viva.base.problems import Problem, Severity
from viva.base.words import Said, say, shaped
from viva.course.layout import Layout

ASSIGNMENTS, BLUEPRINT, SCHEMA = "assignments", "blueprint", "schema.json"
YAML = {".yml", ".yaml"}
PAGE = ".md"
TRANSLATED = ".po"
README = "README.md"
OTHER_PAGES = {".markdown", ".mdown", ".mkdn", ".mkd", PAGE}
"""What some engine takes for a page, in any case."""

# What editors for prose add to a name, or save as unless told otherwise.
PROSE = {".txt", ".rtf", ".doc", ".docm", ".odt", ".pages"}
FOREIGN = {".gift", ".docx", ".xlsx", ".xls", ".ods", ".xml", ".zip", ".apkg", ".h5p", ".imscc"}
"""What other programs keep questions in."""
PICTURES = {".svg", ".png", ".jpg", ".jpeg", ".webp", ".gif", ".avif", ".tif", ".tiff", ".bmp"}
UNWRITABLE = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")
NO_NAME = say(
    "this name is not UTF-8, or has a control character (rename it: letters, digits, hyphens)"
)
CUT = say(
    "Windows cannot read a path of more than {n} characters "
    "(move the course nearer to the root of the disk, or shorten names)",
    n=windows.LONGEST,
)
EXPECTED = ("readme", "license", "licence", "copying", "changelog")


@dataclass(frozen=True)
class Inventory:
    """The files of a course by what they are, and a problem for all that is none of these."""

    banks: tuple[Path, ...]
    assignments: tuple[Path, ...]
    blueprint: Path | None
    pages: tuple[Path, ...]
    problems: tuple[Problem, ...]
    beside: tuple[Path, ...] = ()
    """YAML that lies among the pages."""
    twins: tuple[Problem, ...] = ()
    """Of the problems, those of banks that are not read for another one of their name."""


def take(layout: Layout) -> Inventory:
    """Look through the folders of a course. No file is opened."""
    asked, strange = _asked(layout.quizzes, layout)
    shown, odd = _told_apart(list(entries(layout.docs)), layout.docs, layout)
    listed = [one.path for one in asked if _is_read(one)]
    given, rest = _parted(listed, partial(is_assignment, layout=layout))
    banks, named = _parted(rest, lambda path: path.stem != BLUEPRINT)
    blueprints, misplaced = _parted(named, partial(_is_blueprint, layout=layout))
    problems = [
        *(*strange, *odd),
        *_same_elsewhere(_put_there(asked), layout.quizzes, layout),
        *_same_elsewhere(_put_there(shown), layout.docs, layout),
        *_misplaced(misplaced, layout),
        *(found for one in asked for found in _unused(one, layout)),
        *(found for one in shown for found in _unshown(one, layout)),
        *(found for one in (*asked, *shown) for found in _unfit(one, layout)),
        *(twins := tuple(_clashes(banks, BANKS, layout))),
        *_clashes(given, GIVEN, layout),
        *_clashes(blueprints, BLUEPRINTS, layout),
    ]
    pages = tuple(one.path for one in shown if _is_page(one, layout))
    problems += _two_homes(pages, layout)
    first = blueprints[0] if blueprints else None
    beside = tuple(one.path for one in shown if _is_yaml(one) and one.kind is Kind.FILE)
    return Inventory(_first(banks), _first(given), first, pages, tuple(problems), beside, twins)


def assignments(layout: Layout) -> list[Path]:
    """The assignment files of a course, by name."""
    asked, _ = _asked(layout.quizzes / ASSIGNMENTS, layout)
    return [*_first(one.path for one in asked if _is_read(one))]


def blueprint(layout: Layout) -> Path | None:
    """The file of the course's blueprint."""
    asked, _ = _told_apart(list(inside(layout.quizzes)), layout.quizzes, layout)
    found = (one.path for one in asked if _is_read(one))
    return next((path for path in found if _is_blueprint(path, layout)), None)


def is_assignment(path: Path, layout: Layout) -> bool:
    """Whether a file under the folder of banks is an assignment: it lies in `assignments/`."""
    return Path(os.path.relpath(path, layout.quizzes)).parts[0] == ASSIGNMENTS


def bank_named(name: str, layout: Layout) -> Path:
    """The file of a bank, by its id or its name with folders; where a new one would be."""
    wanted = layout.quizzes / f"{name}.yml"
    found = [
        path
        for path in take(layout).banks
        if name in (path.stem, path.relative_to(layout.quizzes).with_suffix("").as_posix())
    ]
    return found[0] if found else wanted


def _asked(folder: Path, layout: Layout) -> tuple[list[Entry], list[Problem]]:
    """What lies in a folder of questions, less what belongs to sittings."""
    private = str(layout.sittings)
    kept = (
        one
        for one in entries(folder)
        if not f"{one.path}{os.sep}".startswith(f"{private}{os.sep}")
    )
    return _told_apart([*kept], folder, layout)


def _parted(paths: Iterable[Path], wanted: Callable[[Path], bool]) -> tuple[list[Path], list[Path]]:
    """The paths that are wanted, and the others."""
    yes, no = list[Path](), list[Path]()
    for path in paths:
        (yes if wanted(path) else no).append(path)
    return yes, no


def _told_apart(
    found: list[Entry], folder: Path, layout: Layout
) -> tuple[list[Entry], list[Problem]]:
    """The entries whose names can be written and read, and a problem for each of the others.

    Of what lies in a folder with such a name nothing more is said.
    """
    named, problems = [], []
    for one in found:
        inside = one.path.relative_to(folder)
        if windows.cut(one.path):
            if one.kind is not Kind.FOLDER:
                problems.append(Problem(layout.name(one.path), 1, 1, "RD010", CUT))
        elif not UNWRITABLE.search(str(inside)):
            named.append(one)
        elif not (one.is_left or UNWRITABLE.search(str(inside.parent))):
            problems.append(Problem(layout.name(one.path), 1, 1, "RD009", NO_NAME))
    return named, problems


def _is_blueprint(path: Path, layout: Layout) -> bool:
    return path.stem == BLUEPRINT and path.parent == layout.quizzes


def _put_there(found: Iterable[Entry]) -> Iterator[Path]:
    """The paths of what somebody has put there."""
    return (one.path for one in found if not one.is_left)


def _same_elsewhere(found: Iterable[Path], folder: Path, layout: Layout) -> Iterator[Problem]:
    """What some systems would hold in place of another file."""
    seen: dict[str, Path] = {}
    for path in found:
        plain = unicodedata.normalize("NFC", str(path.relative_to(folder))).casefold()
        other = seen.setdefault(plain, path)
        if other != path:
            said = say(
                "{name} is the same file on Windows and macOS (rename one)",
                name=layout.name(other),
            )
            yield Problem(layout.name(path), 1, 1, "RD009", said, "warning")


def _misplaced(paths: Iterable[Path], layout: Layout) -> Iterator[Problem]:
    """A blueprint in a folder of banks is not read."""
    right = layout.name(layout.quizzes / f"{BLUEPRINT}.yml")
    said = say(
        "a blueprint is read as {right} only (move it there, or rename it if it is a bank)",
        right=right,
    )
    return (Problem(layout.name(path), 1, 1, "RD008", said) for path in paths)


def _is_yaml(entry: Entry) -> bool:
    return entry.path.suffix.lower() in YAML and not entry.is_left


def _is_read(entry: Entry) -> bool:
    """Whether something is read as YAML, or is found then not to be readable."""
    return _is_yaml(entry) and entry.kind not in (Kind.FOLDER, Kind.AGAIN)


def _is_page(entry: Entry, layout: Layout) -> bool:
    return entry.kind is Kind.FILE and entry.path.suffix == PAGE and not _is_hidden(entry, layout)


def _is_hidden(entry: Entry, layout: Layout) -> bool:
    """Whether no engine looks at something under docs/: its name begins with a dot."""
    return any(part.startswith(".") for part in entry.path.relative_to(layout.docs).parts)


def _first(paths: Iterable[Path]) -> tuple[Path, ...]:
    """The files without those that have the name of an earlier one."""
    return tuple({path.stem: path for path in reversed(list(paths))}.values())[::-1]


BANKS = say("{other} has the same name, which is the bank’s id (rename one of them)")
GIVEN = say("{other} has the same name, which is the assignment’s id (rename one of them)")
BLUEPRINTS = say("{other} is a blueprint too, and a course has one (delete one of them)")


def _clashes(paths: Iterable[Path], message: Said, layout: Layout) -> Iterator[Problem]:
    """Two files of one name would be one bank: the second is not read."""
    seen: dict[str, Path] = {}
    for path in paths:
        if path.stem in seen:
            other = layout.name(seen[path.stem])
            yield Problem(layout.name(path), 1, 1, "MD501", shaped(message, other=other))
        seen.setdefault(path.stem, path)


def _unfit(entry: Entry, layout: Layout) -> Iterator[Problem]:
    """A name or a path that colleagues on another system cannot have."""
    name = layout.name(entry.path)
    said = None if entry.is_left else windows.unfit(entry.path.name)
    if said:
        yield Problem(name, 1, 1, "RD010", said, "warning")
    elif not entry.is_left and entry.kind is Kind.FILE and windows.too_long(name):
        said = say(
            "Windows may not hold this file: its path is {n} characters long from the folder of "
            "the course on (shorten names of files or folders)",
            n=len(name),
        )
        yield Problem(name, 1, 1, "RD010", said, "warning")


def _unused(entry: Entry, layout: Layout) -> Iterator[Problem]:
    """What an entry among the questions is that is not read, and what to do with it."""
    name = layout.name(entry.path)
    if _is_read(entry):
        return
    severity, said = _advice(entry, layout)
    if said:
        yield Problem(name, 1, 1, "RD008", said, severity)


Advice = tuple[Severity, Said | None]
"""How bad it is that a file is not read, and what is said; nothing where all is well."""


def _advice(entry: Entry, layout: Layout) -> Advice:
    if entry.is_left:
        return _left(entry)
    if entry.kind is Kind.FOLDER:
        is_named = entry.path.suffix.lower() in YAML
        return "warning", FOLDER_AS_FILE if is_named else None
    if entry.kind is not Kind.FILE:
        return "warning", REFUSED[entry.kind]
    return _foreign(entry.path, layout)


FOLDER_AS_FILE = say("this is a folder with the name of a file (rename it: without a point)")
REFUSED = {
    Kind.AGAIN: say("this is a link to a folder that is read already (delete the link)"),
    Kind.NOWHERE: say(
        "this is a link that leads nowhere (put the file there, or delete the link)"
    ),
    Kind.LOCKED: say("this is something that you may not read (allow reading it)"),
    Kind.OTHER: say("this is a pipe, socket or device and not a file (delete it)"),
}


def _left(entry: Entry) -> Advice:
    """What nobody meant to be read, but for a bank whose name happens to look like that."""
    if entry.kind is Kind.FILE and entry.path.suffix.lower() in YAML:
        hidden = not entry.path.name.startswith((".#", "._", "#"))
        if hidden:
            said = say("this file is hidden and not read (rename it: without the first sign)")
            return "warning", said
    said = say("this is not read: its name is that of what systems and editors leave behind")
    return "info", said


def _foreign(path: Path, layout: Layout) -> Advice:
    ending, folder = path.suffix.lower(), layout.name(layout.quizzes)
    right = path.name.split(".")[0] + ".yml"
    if ending == TRANSLATED:
        return _translation(path, layout)
    if path.name == SCHEMA or path.name.lower().startswith(EXPECTED):
        return "info", None
    if ending in PROSE:
        return "error", say(
            "this file is not read "
            "(save it as plain text and name it {name}, or bring it in with viva import)",
            name=right,
        )
    if ending in FOREIGN:
        return "error", say(
            "this file is not read (bring it in with viva import, then move it out of {folder}/)",
            folder=folder,
        )
    if ending in PICTURES:
        return "warning", say(
            "this picture is not used (figures belong into {folder}/assets/)",
            folder=layout.name(layout.docs),
        )
    if ending == ".json":
        return "warning", say(
            "this file is not read (name it {name} if it is a bank, or move it out of {folder}/)",
            name=right, folder=folder,
        )
    return "warning", say(
        "this file is not read (a bank ends in .yml; other questions come in with viva import; "
        "else move it out of {folder}/)",
        folder=folder,
    )


def _translation(path: Path, layout: Layout) -> Advice:
    """Whether a translation is used: it is one of a file that is there, into a language wanted."""
    name, _, language = path.stem.rpartition(".")
    if not any(path.with_name(f"{name}{ending}").is_file() for ending in (*YAML, PAGE)):
        said = say("this translation is of no file that is here (move it beside its file)")
        return "warning", said
    if language not in layout.settings.translations:
        return "info", say(
            "this translation is not built "
            "(write under viva in mkdocs.yml: translations: [{language}])",
            language=language,
        )
    return "info", None


def _two_homes(pages: Sequence[Path], layout: Layout) -> Iterator[Problem]:
    """A README beside an index: both would be the first page of their folder, and engines stop."""
    for path in pages:
        name = path.relative_to(layout.docs).as_posix()
        other = path.with_name("index.md")
        if path.name == README and other in pages and not layout.settings.hides(name):
            said = say(
                "{other} is the first page of this folder already (rename or delete one of them)",
                other=layout.name(other),
            )
            yield Problem(layout.name(path), 1, 1, "RD009", said)


def _unshown(entry: Entry, layout: Layout) -> Iterator[Problem]:
    """What lies among the pages and would stop an engine, or be left out by it."""
    if _is_hidden(entry, layout):
        return
    name, ending = layout.name(entry.path), entry.path.suffix
    if entry.kind is Kind.FOLDER:
        if ending == PAGE:
            said = say(
                "this is a folder with the name of a page (rename it: without a point)"
            )
            yield Problem(name, 1, 1, "RD009", said)
    elif entry.kind is not Kind.FILE:
        yield Problem(name, 1, 1, "RD009", REFUSED[entry.kind])
    elif ending != PAGE and ending.lower() in OTHER_PAGES:
        said = say(
            "this file is not read as a page: a page ends in {page} (name it {stem}{page})",
            page=PAGE,
            stem=entry.path.stem,
        )
        yield Problem(name, 1, 1, "RD009", said)
