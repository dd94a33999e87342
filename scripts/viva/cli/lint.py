"""The commands of `viva` that judge questions: check, rules, blueprint."""

from __future__ import annotations

import gc
import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import click

from viva import lint
from viva.assignments import model as assignments
from viva.base import problems
from viva.base.files.paths import real
from viva.base.problems import Problem, hint
from viva.base.refused import Refused
from viva.base.words import Said, count, joined, row, say, shaped
from viva.cli import checked
from viva.cli import course as cli_course
from viva.cli.checked import Checked
from viva.cli.talk import echo, many, words
from viva.course.courses import Course
from viva.course.layout import Layout
from viva.lint import baseline, fixes, manual, quotes, report, testwise, triage
from viva.lint.views import view
from viva.site import blueprint

COLOURS = {"error": "red", "warning": "yellow", "info": "cyan"}
FILE = click.Path(dir_okay=False, path_type=Path)


@dataclass(frozen=True)
class Selection:
    """Which problems to show: of which files and codes, and whether remarks too."""

    files: tuple[Path, ...]
    select: tuple[str, ...]
    ignore: tuple[str, ...]

    def of(self, found: Iterable[Problem], layout: Layout) -> list[Problem]:
        """Those of the problems."""
        root = real(layout.root)
        files = [real(file) for file in self.files]
        return [
            problem
            for problem in found
            if (not files or any((root / problem.path).is_relative_to(file) for file in files))
            and (not self.select or problem.code.startswith(self.select))
            and not (self.ignore and problem.code.startswith(self.ignore))
        ]


def _codes(_: click.Context, option: click.Parameter, given: tuple[str, ...]) -> tuple[str, ...]:
    """Codes or the beginnings of codes, apart by commas or given one by one."""
    codes = tuple(part.strip().upper() for one in given for part in one.split(",") if part.strip())
    known = (*lint.RULES, *manual.MISTAKES)
    for code in codes:
        if not any(name.startswith(code) for name in known):
            said = say("there is no rule {code} ({hint})", code=code, hint=hint(code, known))
            raise click.BadParameter(said, param=option)
    return codes


@click.command()
@click.argument("files", nargs=-1, type=cli_course.There())
@click.option("--select", multiple=True, callback=_codes, help="Only these codes: KY302 or KY.")
@click.option("--ignore", multiple=True, callback=_codes, help="All but these codes.")
@click.option("--info", is_flag=True, help="Show information too, not only errors and warnings.")
@click.option("--strict", is_flag=True, help="Fail on warnings too.")
@click.option("--fix", is_flag=True, help="Mend what is safe to mend, in the files themselves.")
@click.option("--baseline", "old", type=FILE, help="Show only what this file does not hold.")
@click.option(
    "--write-baseline", "new", type=FILE, help="Write what the rules find into this file."
)
@click.option("--testwise", "play", is_flag=True, help="Let a solver without knowledge play.")
@click.option("--triage", "worst", is_flag=True, help="Only the worst twenty questions, and why.")
@click.option(
    "--format",
    "style",
    type=click.Choice(["text", "json", "github", "sarif"]),
    default="text",
    help="How to print what is found.",
)
def check(
    files: tuple[Path, ...],
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    info: bool,
    strict: bool,
    fix: bool,
    old: Path | None,
    new: Path | None,
    play: bool,
    worst: bool,
    style: str,
) -> None:
    """Look for mistakes in every bank, assignment and page, or in FILES only.

    A mistake in a file stops the build. A flaw in a question breaks one of the rules, which
    `viva rules` lists and explains.

    \b
    Examples:
      viva check
      viva check quizzes/knee.yml
      viva check --select KY --info
      viva check --fix
      viva check --testwise
      viva check --triage quizzes/imported.yml
      viva check --format json > report.json
    """
    with _uncollected():
        where = cli_course.layout()
        selection = Selection(files, select, ignore)
        if play:
            _play(cli_course.read(where), style)
            return
        if fix:
            _fix(cli_course.read(where), selection)
        read = checked.check(where)
        found = _found(read, selection, old, new)
    if worst:
        _triage(found, read, style)
        return
    shown = found if info or select else [p for p in found if p.severity != "info"]
    _print(found, shown, read, style)
    failing = ("error", "warning") if strict else ("error",)
    sys.exit(any(problem.severity in failing for problem in found))


@contextmanager
def _uncollected() -> Iterator[None]:
    """A short run keeps what it makes; to look for garbage would take a seventh of its time."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()  # not at its end either
        gc.enable()


def _found(
    read: Checked, selection: Selection, old: Path | None, new: Path | None
) -> list[Problem]:
    """The problems of the files and those of the rules, less the known ones."""
    flaws = selection.of(read.flaws, read.layout)
    if new:
        said = say("{count} problems written to {file}", count=baseline.write(new, flaws), file=new)
        echo(said, err=True)
    if old:
        flaws = baseline.without(flaws, baseline.known(old))
    return problems.in_order([*selection.of(read.mistakes, read.layout), *flaws])


def _fix(read: Course, selection: Selection) -> None:
    """Mend the files of questions, and say what was done."""
    done: Counter[str] = Counter(_quote(read, selection))
    read = cli_course.read(read.layout) if done else read
    refused = []
    found = selection.of(lint.check(read), read.layout)
    files = {*read.sources, *map(read.layout.name, assignments.files(read.layout))}
    for path in sorted({problem.path for problem in found} & files):
        try:
            done.update(fixes.fix(read, path, {p.code for p in found if p.path == path}))
        except Refused as one:  # the other files can do without this one
            refused.append(one.told)
    codes = row(f"{code} {count}×" for code, count in sorted(done.items()))
    if done or not refused:
        echo(
            say("mended: {codes}", codes=codes)
            if done
            else say("nothing to mend that is safe to mend"),
            err=True,
        )
    if refused:
        raise Refused(joined(*refused, by="\n"))


def _quote(read: Course, selection: Selection) -> Iterator[str]:
    """Put quotes into the files where YAML cuts a text or cannot read it; a code for each."""
    codes = (quotes.CODE, quotes.UNREADABLE)
    found = [one for one in selection.of(read.problems, read.layout) if one.code in codes]
    for path in sorted({one.path for one in found} - {read.layout.settings.source.path}):
        yield from quotes.fix(read.layout.root / path, path)


def _triage(found: list[Problem], read: Checked, style: str) -> None:
    seen = triage.of(found, read.questions)
    if style == "json":
        echo(json.dumps(triage.as_data(seen), ensure_ascii=False, indent=2))
    elif style == "text":
        echo(triage.as_text(seen))
    else:
        raise click.UsageError(say("--triage prints text or json, not {style}", style=style))


def _print(found: list[Problem], shown: list[Problem], read: Checked, style: str) -> None:
    if style == "json":
        echo(problems.as_json(found, read.banks, read.questions))
    elif style == "sarif":
        echo(report.as_sarif(found, lint.RULES))
    else:
        for problem in shown:
            echo(problems.as_github(problem, words()) if style == "github" else _coloured(problem))
    echo(_summary(found, shown, read), err=True)


def _coloured(problem: Problem) -> str:
    place = click.style(f"{problem.path}:{problem.line}:{problem.column}:", bold=True)
    code = click.style(problem.code, fg=COLOURS[problem.severity])
    return f"{place} {words().tell(problem.message)} {code}"


def _summary(found: list[Problem], shown: list[Problem], read: Checked) -> Said:
    """How much was read and what was found: `11 banks, 178 questions: 2 warnings`."""
    facts = {
        "amount": row([many(read.banks, "bank"), many(read.questions, "question")]),
        "found": problems.counted(shown) if shown else say("no problems"),
    }
    hidden = len(found) - len(shown)
    if not hidden:
        return shaped("{amount}: {found}", **facts)
    more = count("{n} remark more: --info", "{n} remarks more: --info", hidden)
    return shaped("{amount}: {found} ({more})", **facts, more=more)


def _play(read: Course, style: str) -> None:
    seen = view(read)
    if style == "json":
        echo(json.dumps(testwise.as_data(seen), ensure_ascii=False, indent=2))
    elif style == "text":
        echo(testwise.as_text(seen, words()))
    else:
        raise click.UsageError(say("--testwise prints text or json, not {style}", style=style))


@click.command("rules")
@click.argument("codes", nargs=-1)
def rules(codes: tuple[str, ...]) -> None:
    """List the rules for questions, or explain CODES with a bad and a good example.

    \b
    Examples:
      viva rules
      viva rules KY302
    """
    if not codes:
        echo(manual.listed(lint.RULES, words()))
        return
    for number, code in enumerate(codes):
        echo(("\n" if number else "") + _explained(code.upper()))


def _explained(code: str) -> str:
    if code in lint.RULES:
        return manual.explained(lint.RULES[code], words())
    if code in manual.MISTAKES:
        return f"{code}: {words().tell(manual.MISTAKES[code])}"
    known = [*lint.RULES, *manual.MISTAKES]
    said = say("there is no rule {code} ({hint})", code=code, hint=hint(code, known))
    raise click.UsageError(said)


@click.command("blueprint")
@click.option(
    "--format",
    "style",
    type=click.Choice(["text", "csv", "json"]),
    default="text",
    help="How to print the table.",
)
def blueprint_command(style: str) -> None:
    """Count the questions of every objective by level and type, and show the gaps.

    Targets are in quizzes/blueprint.yml; without it, two questions for each objective.

    \b
    Examples:
      viva blueprint
      viva blueprint --format csv > blueprint.csv
    """
    found = blueprint.load(cli_course.read(cli_course.layout()))
    printed: dict[str, Any] = {
        "text": partial(blueprint.as_text, words=words()),
        "csv": blueprint.as_csv,
        "json": blueprint.as_json,
    }
    echo(printed[style](found), nl=style != "csv")
    for problem in found.problems:
        echo(problem.told, err=True)
    sys.exit(problems.has_errors(found.problems))


COMMANDS = (check, rules, blueprint_command)
