"""The commands that set a pass mark: sheets for judges, and a method each.

What a command needs is imported when it runs, as in `cli/analyse.py`.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from viva.base import files
from viva.base.refused import Refused
from viva.base.words import row, say, shaped
from viva.cli.analyse import results_of
from viva.cli.course import There, assignment_of
from viva.cli.talk import OTHER, echo, words
from viva.course import guard

if TYPE_CHECKING:
    from viva.analysis.standard.impact import Scores
    from viva.analysis.standard.methods import Standard, Vector
    from viva.analysis.standard.sheets import Kind, Round, Sheet

ENDINGS = (".xlsx", ".csv")


@click.group("standard")
def standard() -> None:
    """Set a pass mark that can be defended, and print on one page how it came about."""


def _out(command: Callable[..., Any]) -> Callable[..., Any]:
    """What all of them ask: where to write."""
    return click.option(
        "--out",
        type=click.Path(file_okay=False, path_type=Path),
        default="standard",
        show_default=True,
        help="Where to write.",
    )(command)


def _titled(command: Callable[..., Any]) -> Callable[..., Any]:
    return click.option("--title", help="What to call the test.")(command)


def _results(command: Callable[..., Any]) -> Callable[..., Any]:
    return click.option(
        "--results", type=There(),
        help="Answers of a class, as for viva analyse: who would pass, and who is near the mark.",
    )(command)  # fmt: skip


@standard.command("sheets")
@click.argument("assignment", type=There(dir_okay=False))
@click.option("--judges", required=True, help="Who judges, with commas between the names.")
@click.option(
    "--method",
    type=click.Choice(["angoff", "ebel"]),
    default="angoff",
    show_default=True,
    help="What the judges are asked.",
)
@click.option("--first", type=There(), help="The sheets of a first round, to show in a second.")
@_results
@_out
def sheets_command(
    assignment: Path, judges: str, method: Kind, first: Path | None, results: Path | None, out: Path
) -> None:
    """Write a spreadsheet for each judge, with every question of ASSIGNMENT and its key.

    \b
    Examples:
      viva standard sheets quizzes/assignments/week-1.yml --judges "Ada, Ben"
      viva standard sheets quizzes/assignments/week-1.yml --judges "Ada, Ben" \\
        --first standard --results results --out round-2
    """
    from viva.analysis.standard import sheets

    site, chosen = assignment_of(assignment)
    guard.outside(out, OTHER, site.course.layout, marks=True)
    names = list(dict.fromkeys(one.strip() for one in re.split("[,;]", judges) if one.strip()))
    if not names:
        raise Refused(say('nobody is named (write --judges "Ada, Ben")'), misuse=True)
    again = _round(first, method, results) if first else None
    made = sheets.workbooks(chosen, names, method, again, site.words)
    if len(made) < len(names):
        said = say("two names make the same file (write them so that they differ)")
        raise Refused(said, misuse=True)
    for path in files.outputs(out, made, remedy=OTHER, private=True):
        echo(str(path))


def _round(first: Path, method: Kind, results: Path | None) -> Round:
    from viva.analysis.standard import observed, sheets

    if method == "ebel":
        raise Refused(say("a second round is for --method angoff"), misuse=True)
    read = _read(first, method)
    ratings, questions = _matrix(read)
    means = dict(zip(questions, map(float, ratings.mean(axis=0)), strict=True))
    right = observed.shares(results_of(results)) if results else {}
    return sheets.Round(means, {one.judge: one.shares for one in read}, right)


def _read(path: Path, method: Kind) -> list[Sheet]:
    """Every sheet in a folder, or the one that is named. All mistakes are said at once."""
    from viva.analysis.standard import sheets

    listed = sorted(path.glob("*")) if path.is_dir() else [path]
    found = [one for one in listed if one.suffix.casefold() in ENDINGS and one.name[0] not in ".~"]
    if not found:
        raise Refused(say("there are no sheets (write them with viva standard sheets)"), path)
    read = [sheets.read(one, method, words(path)) for one in found]
    _end_with([fault for _, faults in read for fault in faults])
    return [sheet for sheet, _ in read if sheet]


def _matrix(read: Sequence[Sheet]) -> tuple[Vector, list[str]]:
    from viva.analysis.standard import sheets

    ratings, questions, faults = sheets.matrix(read)
    _end_with(faults)
    if not questions:
        raise Refused(say("the sheets hold no question (write them with viva standard sheets)"))
    return ratings, questions


def _counted(sheets: Sequence[Sheet], results: Path | None, told: bool = True) -> list[Sheet]:
    """The sheets by what counts a point, without the questions and the steps of cases that were
    voided since."""
    from viva.analysis.standard import observed

    void = observed.voided(results_of(results)) if results else set[str]()
    steps = [name for name in sheets[0].shares if name in void and "/" in name] if sheets else []
    if steps and told:
        names = row(steps)
        left = say("judged, but void in the results, and left out: {questions}", questions=names)
        echo(left, err=True)
    read = [one.without(steps).points() for one in sheets]
    asked = set(observed.shares(results_of(results))) if results else set[str]()
    gone = [name for name in read[0].shares if name not in asked]
    if not asked or not gone or not asked <= set(read[0].shares):
        return read  # that they do not fit is said where they meet
    if told:
        left = say("judged, but not in the results, and left out: {questions}", questions=row(gone))
        echo(left, err=True)
    return [one.without(gone) for one in read]


def _end_with(faults: Sequence[str]) -> None:
    for fault in faults:
        echo(fault)
    if faults:
        sys.exit(1)


@standard.command("angoff")
@click.argument("sheets", type=There())
@click.option("--first", type=There(), help="The sheets of the first round, if there were two.")
@_results
@_titled
@_out
def angoff_command(
    sheets: Path, first: Path | None, results: Path | None, title: str | None, out: Path
) -> None:
    """Angoff, in one round or two: SHEETS is a folder with what the judges filled in.

    \b
    Examples:
      viva standard angoff judged --results results
      viva standard angoff round-2 --first round-1 --results results --out protocol
    """
    from viva.analysis.standard import methods

    read = _counted(_read(sheets, "angoff"), results)
    ratings, questions = _matrix(read)
    before = None
    if first:
        before, asked = _matrix(_counted(_read(first, "angoff"), results, told=False))
        if set(asked) != set(questions):
            raise Refused(say("the first round had other questions"), first)
    found = methods.angoff(ratings, [one.judge for one in read], before)
    _finish(found, _scores(results, len(questions)), title, out)


@standard.command("ebel")
@click.argument("sheets", type=There())
@_results
@_titled
@_out
def ebel_command(sheets: Path, results: Path | None, title: str | None, out: Path) -> None:
    """Ebel: SHEETS is a folder with what the judges filled in.

    \b
    Example:
      viva standard ebel judged --results results
    """
    from viva.analysis.standard import methods
    from viva.analysis.standard.sheets import by_kind

    read = _counted(_read(sheets, "ebel"), results)
    cells, questions = _matrix(read)
    found = methods.ebel(cells, [one.judge for one in read], len(questions), by_kind(read))
    _finish(found, _scores(results, len(questions)), title, out)


@standard.command("hofstee")
@click.argument("limits", type=There(dir_okay=False))
@click.argument("results", type=There())
@_titled
@_out
def hofstee_command(limits: Path, results: Path, title: str | None, out: Path) -> None:
    """Hofstee: between the LIMITS of the judges, where the RESULTS of the class say.

    LIMITS is a CSV file, in per cent: judge, lowest pass mark, highest pass mark, lowest failing,
    highest failing.

    \b
    Example:
      viva standard hofstee limits.csv results
    """
    from viva.analysis.standard import methods, observed

    given, faults = observed.limits(limits)
    _end_with(faults)
    scores = observed.scores(results_of(results))
    found = methods.hofstee(scores.totals, scores.most, given)
    if isinstance(found, str):
        raise Refused(say("{mistake} (ask the judges again)", mistake=found), limits)
    _finish(found, scores, title, out)


@standard.command("cohen")
@click.argument("results", type=There())
@click.option("--share", type=click.FloatRange(1, 100), default=60, show_default=True,
              help="Per cent of what the best reach.")  # fmt: skip
@click.option("--best", type=click.FloatRange(50, 100), default=95, show_default=True,
              help="The percentile that stands for the best.")  # fmt: skip
@click.option("--guessing", type=click.FloatRange(0), default=0, show_default=True,
              help="Points that guessing brings: 8 of 40 with five options each.")  # fmt: skip
@_titled
@_out
def cohen_command(
    results: Path, share: float, best: float, guessing: float, title: str | None, out: Path
) -> None:
    """Cohen: a share of what the best students in RESULTS reach. No judges are needed.

    \b
    Example:
      viva standard cohen results --guessing 5
    """
    from viva.analysis.standard import methods, observed

    scores = observed.scores(results_of(results))
    found = methods.cohen(scores.totals, scores.most, share / 100, best, guessing)
    if isinstance(found, str):
        raise Refused(found, misuse=True)
    _finish(found, scores, title, out)


@standard.command("borderline")
@click.argument("stations", type=There(dir_okay=False))
@click.option("--border", type=float, required=True, help="The rating of who just passes.")
@_titled
@_out
def borderline_command(stations: Path, border: float, title: str | None, out: Path) -> None:
    """Borderline regression: STATIONS is a CSV file with student, station, score, of, rating.

    \b
    Example:
      viva standard borderline osce.csv --border 2
    """
    from viva.analysis.standard import methods, observed

    listed, scores, faults = observed.stations(stations)
    _end_with(faults)
    lines = [methods.line(one, border) for one in listed]
    wrong = [one for one in lines if isinstance(one, str)]
    _end_with([shaped("{path}: {why}", path=stations, why=one) for one in wrong])
    good = [one for one in lines if isinstance(one, methods.Line)]
    found = methods.borderline(good, sum(one.most for one in listed), border)
    if scores is None:
        echo(say("not everybody was at every station: who passes is not counted"), err=True)
    _finish(found, scores, title, out)


def _scores(results: Path | None, questions: int) -> Scores | None:
    from viva.analysis.standard import observed

    if results is None:
        return None
    scores = observed.scores(results_of(results))
    if scores.most != questions:
        said = say(
            "{questions} questions were judged, {most} are in the results (they have to be the "
            "same)",
            questions=questions,
            most=scores.most,
        )
        raise Refused(said, results)
    return scores


def _finish(found: Standard, scores: Scores | None, title: str | None, out: Path) -> None:
    from viva.analysis.standard import impact, protocol

    guard.outside(out, OTHER, marks=True)
    here = words()
    what = impact.impact(found, scores) if scores else None
    title = title or here.say("Pass mark")
    written = protocol.write(found, what, out, title, here)
    for line in protocol.as_text(found, what):
        echo(line)
    echo(str(written[0]), err=True)


COMMANDS = (standard,)
