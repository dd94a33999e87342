"""How long the rules take, beside reading the same questions: made-up ones and the course's own.

The course's own banks are written again and again under other names, their questions numbered,
until there are as many as wanted. Times to read and to lint are those of the processor, on all its
cores: other work on the machine does not count. Those of `viva check`, the first time and again,
are by the clock. With `--against FOLDER`, another version of this repository, both versions check
the course of that one, in turn.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from plot import plot
from samples import ROOT, write_viva

from viva import lint
from viva.bank.banks import flat
from viva.course import courses
from viva.course.layout import Layout

ID = re.compile(r"^(\s+(?:- )?)id: ([a-z0-9-]+)(?=\s)", re.MULTILINE)
NAMES = {"samples": "short made-up questions", "course": "the course’s own questions"}
SETTINGS = "site_name: Benchmark\ntheme: {name: material, custom_dir: overrides}\n"
Row = dict[str, float]


def measure(questions: int, write: Callable[[Path, int], None]) -> Row:
    """Seconds to read and to lint so many questions, and the one as a multiple of the other."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        write(folder, questions)
        started = spent()
        read = courses.load(Layout.of(folder))
        loaded = spent()
        found = lint.check(read)
        ended = spent()
        first, second = check(folder), check(folder)
    return {
        "first_seconds": round(first, 2),
        "second_seconds": round(second, 2),
        "questions": read.count(),
        "read_seconds": round(loaded - started, 3),
        "lint_seconds": round(ended - loaded, 3),
        "ratio": round((ended - loaded) / (loaded - started), 3),
        "ms_per_question": round((ended - loaded) / read.count() * 1000, 4),
        "problems": len(found),
    }


def spent() -> float:
    """Seconds of the processor that this process and those that it has waited for have used."""
    return sum(os.times()[:4])


def check(folder: Path, scripts: Path = ROOT / "scripts") -> float:
    """Seconds that `viva check` takes, as one waits for it."""
    command = [sys.executable, "-c", "from viva.cli import main; main()", "check"]
    known = {**os.environ, "PYTHONPATH": str(scripts)}
    started = time.perf_counter()
    subprocess.run(command, cwd=folder, env=known, capture_output=True, check=False)
    return time.perf_counter() - started


def write_course(folder: Path, questions: int, root: Path = ROOT) -> None:
    """The banks of a course, repeated; pages and bibliography as they are."""
    own = courses.load(Layout.of(root))
    names = {question.id for bank in own.banks for question in flat(bank.questions)}
    (folder / "mkdocs.yml").write_text(SETTINGS, "utf-8")
    for part in ("docs", "overrides"):
        (folder / part).symlink_to(root / part)
    (folder / "quizzes").mkdir()
    for bank in own.banks:
        text = (root / bank.path).read_text("utf-8")
        for copy in range(max(1, round(questions / own.count()))):
            again = _numbered(text, names, copy) if copy else text  # pages name the first
            name = f"{bank.id}-{copy}.yml" if copy else f"{bank.id}.yml"
            (folder / "quizzes" / name).write_text(again, "utf-8")


def write_samples(folder: Path, questions: int) -> None:
    """Short made-up questions, as a course that names no settings of its own."""
    write_viva(folder, questions)
    (folder / "mkdocs.yml").write_text("site_name: Benchmark\n", "utf-8")


def _numbered(text: str, names: set[str], copy: int) -> str:
    """A bank whose questions have other names; those of regions and gaps stay."""
    return ID.sub(lambda found: f"{found[0]}-{copy}" if found[2] in names else found[0], text)


def compare(root: Path, questions: int) -> str:
    """How long another version's first check takes, and ours, of the other's course."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        write_course(folder, questions, root)
        theirs = check(folder, root / "scripts")
        shutil.rmtree(folder / ".cache", ignore_errors=True)
        ours = check(folder)
    return f"first check of {root}: {theirs:.2f} s there, {ours:.2f} s here ({ours / theirs:.2f})"


WRITERS = {"samples": write_samples, "course": write_course}


def as_table(results: list[tuple[str, Row]]) -> str:
    """One row for each measurement."""
    numbers = f"{'questions':>10}{'read':>10}{'lint':>10}{'ratio':>8}{'ms each':>9}"
    lines = [f"{numbers}{'check':>10}{'again':>10}  of which kind"]
    for name, row in results:
        seconds = f"{row['read_seconds']:>8.2f} s{row['lint_seconds']:>8.2f} s"
        each = f"{row['ratio']:>8.2f}{row['ms_per_question']:>9.3f}"
        clock = f"{row['first_seconds']:>8.2f} s{row['second_seconds']:>8.2f} s"
        lines.append(f"{row['questions']:>10}{seconds}{each}{clock}  {NAMES[name]}")
    said = "ratio: linting as a multiple of reading the same files; check, again: by the clock"
    return "\n".join([*lines, said])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--questions", type=int, nargs="+", default=[1000, 10000], metavar="N")
    parser.add_argument("--format", choices=("text", "json"), default="text")
    parser.add_argument("--plot", type=Path, metavar="FILE", help="also draw FILE, an SVG")
    parser.add_argument("--against", type=Path, metavar="FOLDER", help="another version to compare")
    chosen = parser.parse_args()
    gc.disable()  # as viva check does
    if chosen.against:
        print(compare(chosen.against.resolve(), max(chosen.questions)))
        return
    results = []
    for name, write in WRITERS.items():
        for number in chosen.questions:
            print(f"measuring {number} questions: {NAMES[name]}", file=sys.stderr)
            results.append((name, measure(number, write)))
    if chosen.format == "json":
        print(json.dumps([{"kind": name, **row} for name, row in results], indent=2))
    else:
        print(as_table(results))
    if chosen.plot:
        chosen.plot.parent.mkdir(parents=True, exist_ok=True)
        series = {
            label: [(r["questions"], r["lint_seconds"]) for kind, r in results if kind == name]
            for name, label in NAMES.items()
        }
        chosen.plot.write_text(plot(series, "questions", "seconds for the rules"), "utf-8")


if __name__ == "__main__":
    main()
