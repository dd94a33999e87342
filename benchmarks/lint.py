"""How long the rules take, beside reading the same questions: made-up ones and the course's own.

The course's own banks are written again and again under other names, each word of theirs that
names a question numbered, until there are as many questions as wanted. Times to read and to lint
are those of this processor: other work on the machine does not count, and neither does what other
processes do. Those of `viva check`, the first time and again, are by the clock.
"""

from __future__ import annotations

import argparse
import gc
import json
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from plot import plot
from samples import ROOT, write_viva

from viva import lint
from viva.course import courses
from viva.course.layout import Layout

ID = re.compile(r"^(\s+(?:- )?)id: ([a-z0-9-]+)", re.MULTILINE)
NAMES = {"samples": "short made-up questions", "course": "the course’s own questions"}
Row = dict[str, float]


def measure(questions: int, write: Callable[[Path, int], None]) -> Row:
    """Seconds to read and to lint so many questions, and the one as a multiple of the other."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        write(folder, questions)
        started = time.process_time()
        read = courses.load(Layout.of(folder))
        loaded = time.process_time()
        found = lint.check(read)
        ended = time.process_time()
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


def check(folder: Path) -> float:
    """Seconds that `viva check` takes, as one waits for it."""
    (folder / "mkdocs.yml").write_text("site_name: Benchmark\n", "utf-8")
    command = [sys.executable, "-c", "from viva.cli import main; main()", "check"]
    started = time.perf_counter()
    subprocess.run(command, cwd=folder, capture_output=True, check=False)
    return time.perf_counter() - started


def write_course(folder: Path, questions: int) -> None:
    """The course's banks, repeated; pages and bibliography as they are."""
    own = courses.load(Layout.of(ROOT))
    copies = max(1, round(questions / own.count()))
    (folder / "docs").symlink_to(ROOT / "docs")
    (folder / "quizzes").mkdir()
    for bank in own.banks:
        text = (ROOT / bank.path).read_text("utf-8")
        for copy in range(copies):
            again = ID.sub(rf"\1id: \2-{copy}", text) if copy else text  # pages name the first
            (folder / "quizzes" / f"{bank.id}-{copy}.yml").write_text(again, "utf-8")


WRITERS = {"samples": write_viva, "course": write_course}


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
    chosen = parser.parse_args()
    gc.disable()  # as viva check does
    results = [
        (name, measure(number, write))
        for name, write in WRITERS.items()
        for number in chosen.questions
    ]
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
