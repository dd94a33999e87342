"""The commands of a sitting: begin one, decide, give back. `viva grade` takes its folder too.

What a command needs is imported when it runs, as in `cli/grade.py`.
"""

from __future__ import annotations

import getpass
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from viva.base.files.paths import real
from viva.base.refused import Refused
from viva.base.words import Percent, Said, joined, row, say, shaped, told
from viva.cli.course import There, assignment_of, layout
from viva.cli.talk import echo, many

if TYPE_CHECKING:
    from viva.assignments.grading import Graded
    from viva.assignments.model import Assignment
    from viva.base.problems import Problem
    from viva.base.words import Words
    from viva.course.layout import Layout
    from viva.site.site import Site
    from viva.sittings.classlist import Student
    from viva.sittings.decisions import Decision
    from viva.sittings.folder import Sitting


MOST_NAMES = 20
"""How many who are missing are named on the screen."""


@click.group("sitting")
def sitting() -> None:
    """Keep a class, what it sent, what you decided and the marks in one private folder."""


def _person() -> str:
    """Who sits at this computer, as far as it knows."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "teacher"


@sitting.command("new")
@click.argument("assignment")
@click.option(
    "--class", "given", type=There(dir_okay=False),
    help="The class list: Moodle's participants or grading worksheet, Canvas's gradebook, or a "
    "table with the columns name, identifier, lms id, group, extra time, due.",
)  # fmt: skip
@click.option("--name", help="What to call it; the year and the assignment unless you say.")
@click.option("--by", help="Who decides: stands beside every decision.")
def new(assignment: str, given: Path | None, name: str | None, by: str | None) -> None:
    """Begin a sitting of ASSIGNMENT: a private folder in quizzes/sittings.

    \b
    Examples:
      viva sitting new week-2 --class class.csv --by "Dr A. Example"
      viva sitting new week-2 --class resit.csv --name 2027-week-2-resit
    """
    from viva.bank.banks import ID
    from viva.sittings import folder

    here = layout()
    path = _assignment(here, assignment)
    called = name or f"{folder.today()[:4]}-{path.stem}"
    if not ID.fullmatch(called):
        said = say(
            "{called} cannot be a name (use a-z, 0-9 and single hyphens)",
            called=repr(called),
        )
        raise Refused(said)
    _, chosen = assignment_of(path)
    drawn = [one.id for one in chosen.questions] if chosen.draws else []
    made, problems = folder.start(here, path, given, called, by or _person(), drawn)
    _stop(problems)
    said = say(
        "{name}: put what your students send into {received}/, then",
        name=here.name(made),
        received=folder.RECEIVED,
    )
    echo(said)
    echo(say("viva grade {name}", name=here.name(made)))
    said = say(
        "{name}/ is private: git leaves it out, and so do site and zip",
        name=here.name(here.sittings),
    )
    echo(said, err=True)


def _assignment(here: Layout, named: str) -> Path:
    """The file of an assignment, by its id or its path."""
    from viva.assignments.model import files
    from viva.base.problems import hint

    known = {path.stem: path for path in files(here)}
    if named in known:
        return real(known[named])
    if Path(named).is_file():
        return real(Path(named))
    said = say(
        "there is no assignment {name} ({hint})",
        name=named,
        hint=hint(named, list(known)),
    )
    raise Refused(said)


def _stop(problems: Sequence[Problem]) -> None:
    for problem in problems:
        echo(problem.told)
    if problems:
        sys.exit(1)


def read(path: Path) -> tuple[Sitting, Site, Assignment]:
    """A sitting, its course and its assignment; what is wrong with them ends the command."""
    from viva.course.layout import Layout
    from viva.sittings import folder

    root = next((one for one in real(path).parents if (one / "mkdocs.yml").is_file()), None)
    if root is None:
        said = say("{path} is not in a course (there is no mkdocs.yml above it)", path=path)
        raise click.UsageError(said)
    here = Layout.of(root)
    found, problems = folder.load(path, here)
    _stop(problems if found is None or problems else ())
    assert found is not None
    site, assignment = assignment_of(_assignment(here, found.assignment))
    assignment = folder.as_begun(found, assignment, site.course)
    _stop(list(folder.faults(found, assignment, here)))
    return found, site, assignment


def mark(path: Path, by: str | None, accept_changed: bool) -> tuple[Sitting, Site, Graded]:
    """Mark a sitting. What was decided in its tables since is written down first."""
    from viva.assignments import gradebooks, identity, judging
    from viva.sittings import decisions, folder, marking

    found, site, assignment = read(path)
    sent = marking.received(found, assignment)
    judge, decide = found.results / gradebooks.JUDGE, found.results / gradebooks.DECIDE
    rows = judging.read(judge).rows if judge.is_file() else ()
    files = identity.read(decide) if decide.is_file() else {}
    why = identity.reasons(decide) if decide.is_file() else {}
    first = marking.grade(found, assignment, sent, found.decisions, rows, files, accept_changed)
    person = by or found.by or _person()
    stand = decisions.standing(found.decisions)
    new = marking.new_decisions(
        first, stand, rows, why, person, folder.today(), site.words
    )
    decisions.add(found.file, new)
    for one in new:
        echo(say("written down: {decision}", decision=one.rests), err=True)
    if new:
        found, _, _ = read(path)
    graded = marking.grade(
        found, assignment, sent, found.decisions, rows, accept_changed=accept_changed
    )
    return found, site, graded


def tables_of(found: Sitting, graded: Graded, words: Words) -> dict[str, str]:
    """The tables that only a sitting has: the decisions, and the class."""
    from viva.base import tables
    from viva.sittings import reports

    made = {"decisions.csv": tables.text(tables.told(reports.decisions(found.decisions), words))}
    if found.classlist:
        rows = reports.roster(found.classlist, graded)
        made["class.csv"] = tables.text(tables.told(rows, words))
    return made


def summed(found: Sitting, graded: Graded) -> None:
    """Who is missing, and what was decided."""
    from viva.sittings import marking, reports
    from viva.sittings.decisions import standing

    for one in marking.idle(graded, standing(found.decisions)):
        said = say(
            "decision {number} concerns nothing that came in: {decision} (is a name mistyped? Then "
            "decide again)",
            number=one.number,
            decision=one.decision.rests,
        )
        echo(said)
    if found.classlist:
        missing = reports.missing(found.classlist, graded)
        if missing:
            shown: list[Any] = [*map(_student, missing[:MOST_NAMES])]
            more = len(missing) - len(shown)
            path = found.results / "class.csv"
            shown += [say("and {n} more: {path}", n=more, path=path)] if more else []
            said = say(
                "nothing came from {missing} of {students}: {names}",
                missing=len(missing),
                students=len(found.classlist.students),
                names=row(shown),
            )
            echo(said)
    if found.decisions:
        said = say(
            "marks rest on {decisions}: {path}",
            decisions=many(len(found.decisions), "decision"),
            path=found.results / "decisions.csv",
        )
        echo(said, err=True)


def _student(one: Student) -> str:
    return f"{one.identifier} ({one.name})" if one.name else one.identifier


def differences(path: Path, accept_changed: bool) -> None:
    """Say whose mark each decision has changed."""
    from viva.sittings import marking

    found, _, assignment = read(path)
    sent = marking.received(found, assignment)
    for numbered, changes in marking.changes(found, assignment, sent, accept_changed):
        what = many(len(changes), "mark")
        said = say(
            "decision {number}, {decision}: {marks} changed",
            number=numbered.number,
            decision=numbered.decision.rests,
            marks=what,
        )
        echo(said)
        for one in changes:
            before, after = map(_percent, (one.before, one.after))
            change = say("{before} to {after}", before=before, after=after)
            echo(shaped("  {student}: {change}", student=one.student, change=change))


def _percent(value: float | None) -> Said:
    return say("no mark") if value is None else told(Percent(value / 100, 6))


@sitting.command("decide")
@click.argument("folder", type=There(file_okay=False))
@click.option("--void", multiple=True, metavar="QUESTION",
              help="It counts for nobody; a step of a case alone: CASE/STEP.")  # fmt: skip
@click.option("--count", multiple=True, metavar="QUESTION", help="It was void, and counts again.")
@click.option("--also", multiple=True, metavar="QUESTION=C",
              help="C counts as right, too; for a step of a case: CASE/STEP=C.")  # fmt: skip
@click.option("--key", multiple=True, metavar="QUESTION=B", help="B is right, and nothing else.")
@click.option("--late", multiple=True, metavar="STUDENT", help="Late, and accepted.")
@click.option("--belongs", multiple=True, metavar="FILE=STUDENT", help="Whose a file is.")
@click.option("--reason", required=True, help="Why.")
@click.option("--by", help="Who decides; as the sitting says unless you say.")
def decide(folder: Path, reason: str, by: str | None, **given: tuple[str, ...]) -> None:
    """Write down a decision on the sitting in FOLDER, with reason, person and today’s date.

    Which of two files counts, and the marks of answers in words, you write into to-decide.csv and
    to-judge.csv in its results; viva grade writes them down.

    \b
    Examples:
      viva sitting decide quizzes/sittings/2026-week-2 --void q-one --reason "Two readings."
      viva sitting decide quizzes/sittings/2026-week-2 --also q-two=C --reason "C is right as well."
    """
    from viva.base import files
    from viva.sittings import decisions
    from viva.sittings import folder as sittings

    found, site, assignment = read(folder)
    person = {"reason": reason, "by": by or found.by or _person(), "date": sittings.today()}
    new = list(_decisions(given, person, _typed(assignment)))
    if not new:
        raise Refused(say("nothing is decided (say --void, --also, --key, --late or --belongs)"))
    here = site.course.layout
    before = found.file.read_bytes() if found.file.exists() else None
    decisions.add(found.file, new)
    again, problems = sittings.load(folder, here)
    problems += list(sittings.faults(again, assignment, here)) if again else []
    if problems and before is not None:
        files.write(found.file, before)
    _stop(problems)
    for one in new:
        echo(one.rests)


def _typed(assignment: Assignment) -> set[str]:
    """The questions whose answers are typed, by their last name: a comma in one is part of it."""
    from viva.bank import types
    from viva.bank.banks import flat

    return {one.id for one in flat(assignment.questions) if not types.options(one)}


def _decisions(
    given: dict[str, tuple[str, ...]], person: dict[str, str], typed: set[str]
) -> Iterator[Decision]:
    for question in given["count"]:
        again = {"what": "void", "question": question, "void": False}
        yield _decision(f"--count {question}", {**again, **person})
    fields = {
        "void": ("question", ""), "late": ("student", ""), "also": ("question", "also"),
        "key": ("question", "right"), "belongs": ("file", "student"),
    }  # fmt: skip
    for what, (first, second) in fields.items():
        for said in given[what]:
            about, _, value = said.rpartition("=") if second else (said, "", "")
            if second and not (about and value):
                advice = say(
                    "{option} is not clear (write {example})",
                    option=f"--{what} {said}", example=f"{first.upper()}={second.upper()}",
                )
                raise Refused(advice)
            apart = ";" if about.rpartition("/")[2] in typed else r"[;,\s]+"
            listed: Any = value
            if second in ("also", "right"):
                listed = tuple(filter(None, (one.strip() for one in re.split(apart, value))))
            more = {second: listed} if second else {}
            fact = {"what": what, first: about, **more, **person}
            yield _decision(f"--{what} {said}", fact)


def _decision(option: str, given: Mapping[str, Any]) -> Decision:
    from pydantic import ValidationError

    from viva.sittings.decisions import KINDS

    try:
        return KINDS[given["what"]].model_validate(given)
    except ValidationError as error:
        name = str(error.errors()[0]["loc"][0])
        said = f"--{name} {given[name]}" if name in ("reason", "by") else option
        facts = {"option": said.rstrip(), "example": name.upper()}
        advice = say("{option} is not clear (write {example})", **facts)
        raise Refused(advice) from None


@sitting.command("return")
@click.argument("folder", type=There(file_okay=False))
@click.option("--release", is_flag=True, help="Print right answers and whys on the feedback pages.")
@click.option("--accept-changed", is_flag=True, help="Mark answers to questions edited since, too.")
def return_(folder: Path, release: bool, accept_changed: bool) -> None:
    """Mark the sitting in FOLDER and write what Moodle and Canvas take back: marks and feedback.

    \b
    Example:
      viva sitting return quizzes/sittings/2026-week-2 --release
    """
    from viva.assignments import feedback, gradebooks
    from viva.base import files
    from viva.sittings import folder as sittings
    from viva.sittings import returned

    found, site, graded = mark(folder, None, accept_changed)
    if not graded.results:
        said = say("nobody to mark: no answer file is in {received}", received=found.received)
        raise Refused(said)
    made = list(feedback.pages(graded, site, release))
    failed = [page.bad for page in made if page.bad]
    html = {page.name: page.html for page in made if not page.bad}
    written = html | tables_of(found, graded, site.words)
    gradebooks.write(graded, found.results, written, words=site.words)
    pairs = zip(graded.results, made, strict=True)
    pages = {one.submission.identifier: page.html for one, page in pairs if not page.bad}
    done = returned.documents(graded, found.classlist, pages)
    where = found.folder / sittings.RETURN
    remedy = say("move what is yours out of that folder")
    for path in files.outputs(where, done.files, remedy=remedy, private=True, whole=True):
        echo(path)
    for identifier, why in done.left_out:
        echo(joined(identifier, why), err=True)
    for bad in failed:
        echo(bad.told)
    sys.exit(bool(failed))


COMMANDS = (sitting,)
