"""How long a build takes with many questions: MkDocs alone, viva cold and cached, mkdocs-quiz.

All four build the same 100 pages of reading and 100 pages for questions with the same theme; the
questions are the same too. A time is that on the clock: the best of several runs of the whole
command, start-up included. Viva makes questions on all cores, the others use one, so that the time
of the processor stands behind it; other work on the machine hardly changes that. What a question
costs is what it adds to the build without questions.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from plot import plot
from samples import PAGES, write_mkdocs_quiz, write_plain, write_viva

NAMES = {
    "plain": "MkDocs alone",
    "cold": "viva, cold",
    "cached": "viva, cached",
    "mkdocs-quiz": "mkdocs-quiz",
}
Result = dict[str, dict[str, float]]
Taken = tuple[float, float]
"""Seconds on the clock, and those of the processor."""


def measure(questions: int, repeat: int, plain: Taken) -> Result:
    """Seconds, and milliseconds a question adds to the plain build, of each build."""
    with tempfile.TemporaryDirectory() as scratch:
        viva = _course(Path(scratch) / "viva", lambda path: write_viva(path, questions))
        other = _course(Path(scratch) / "other", lambda path: write_mkdocs_quiz(path, questions))
        seconds = {
            "plain": plain,
            "cold": _best(viva, repeat, before=_forget),
            "cached": _best(viva, repeat),
            "mkdocs-quiz": _best(other, repeat),
        }
    return {name: _row(value, plain, questions) for name, value in seconds.items()}


def measure_plain(repeat: int) -> Taken:
    """What the build takes without questions; once before, to warm the machine's file cache."""
    with tempfile.TemporaryDirectory() as scratch:
        course = _course(Path(scratch) / "plain", write_plain)
        _seconds(course)
        return _best(course, repeat)


def _course(folder: Path, write: Callable[[Path], None]) -> Path:
    folder.mkdir()
    write(folder)
    return folder


def _forget(course: Path) -> None:
    shutil.rmtree(course / ".cache", ignore_errors=True)


def _best(course: Path, repeat: int, before: Callable[[Path], None] = lambda _: None) -> Taken:
    clock, processor = [], []
    for _ in range(repeat):
        before(course)
        taken = _seconds(course)
        clock.append(taken[0])
        processor.append(taken[1])
    return min(clock), min(processor)


def _seconds(course: Path) -> Taken:
    began, before = time.perf_counter(), _processor_time()
    subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--quiet"],
        cwd=course,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
        check=True,
    )
    return time.perf_counter() - began, _processor_time() - before


def _processor_time() -> float:
    """What finished child processes have used so far."""
    spent = os.times()
    return spent.children_user + spent.children_system


def _row(taken: Taken, plain: Taken, questions: int) -> dict[str, float]:
    pairs = zip(taken, plain, strict=True)
    clock, processor = ((one - alone) / questions * 1000 for one, alone in pairs)
    return {
        "seconds": round(taken[0], 3),
        "ms_per_question": round(clock, 3),
        "processor_seconds": round(taken[1], 3),
        "processor_ms_per_question": round(processor, 3),
    }


def as_table(results: dict[int, Result]) -> str:
    """One row for each number of questions."""
    head = "".join(f"{name:>24}" for name in NAMES.values())
    lines = [f"questions{head}"]
    for questions, result in results.items():
        for name, start in (("", f"{questions:>9}"), ("processor_", f"{'processor':>9}")):
            cells = (
                f"{r[f'{name}seconds']:.2f} s {r[f'{name}ms_per_question']:7.3f} ms"
                for r in result.values()
            )
            lines.append(start + "".join(f"{cell:>24}" for cell in cells))
    note = f"on {PAGES} pages; ms: what one question adds to the build of MkDocs alone"
    return "\n".join([*lines, note])


def as_json(results: dict[int, Result]) -> str:
    """The same for programs."""
    rows = [{"questions": questions, **result} for questions, result in results.items()]
    return json.dumps({"pages": PAGES, "results": rows}, indent=2)


def as_plot(results: dict[int, Result]) -> str:
    """The same as a picture."""
    series = {
        label: [(questions, result[name]["seconds"]) for questions, result in results.items()]
        for name, label in NAMES.items()
    }
    return plot(series, "questions on 100 pages", "seconds for the whole build")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--questions", type=int, nargs="+", default=[5000], metavar="N")
    parser.add_argument("--repeat", type=int, default=3, help="runs of each build (3)")
    parser.add_argument("--format", choices=("text", "json"), default="text")
    parser.add_argument("--plot", type=Path, metavar="FILE", help="also draw FILE, an SVG")
    chosen = parser.parse_args()
    plain = measure_plain(chosen.repeat)
    results = {number: measure(number, chosen.repeat, plain) for number in chosen.questions}
    print((as_json if chosen.format == "json" else as_table)(results))
    if chosen.plot:
        chosen.plot.parent.mkdir(parents=True, exist_ok=True)
        chosen.plot.write_text(as_plot(results), encoding="utf-8")


if __name__ == "__main__":
    main()
