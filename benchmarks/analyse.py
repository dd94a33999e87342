"""How much time and memory `viva analyse` takes on large tables: should grow in step with them."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import click
import numpy as np

LETTERS = np.array(list("ABCD"))


def write(path: Path, students: int, questions: int) -> None:
    """A table of chosen options with its key, from a logistic model."""
    chance = np.random.default_rng(1)
    place = chance.uniform(-2, 1.5, questions)
    with path.open("w", encoding="utf-8") as file:
        file.write(",".join(["student", *(f"q{n}" for n in range(questions))]) + "\n")
        file.write(",".join(["key", *["A"] * questions]) + "\n")
        for number in range(students):
            ability = chance.normal()
            knows = chance.random(questions) < 1 / (1 + np.exp(place - ability))
            chosen = np.where(knows, 0, chance.integers(1, 4, questions))
            file.write(f"s{number}," + ",".join(LETTERS[chosen]) + "\n")


def measured(path: Path) -> tuple[float, float, float]:
    """Seconds, those of the processor, and the highest memory, in MB, of the whole command."""
    viva = str(Path(sys.executable).with_name("viva"))
    start = time.perf_counter()
    with subprocess.Popen([viva, "analyse", str(path)], stdout=subprocess.DEVNULL) as running:
        _, status, usage = os.wait4(running.pid, 0)
        running.returncode = os.waitstatus_to_exitcode(status)
    if running.returncode:
        raise SystemExit(f"viva analyse ended with {running.returncode}")
    seconds = time.perf_counter() - start
    return seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


@click.command()
@click.option("--questions", default=200, show_default=True)
@click.argument("students", nargs=-1, type=int)
def main(questions: int, students: tuple[int, ...]) -> None:
    """Print seconds and memory for tables of STUDENTS (12500, 25000, 50000 and 100000)."""
    for count in students or (12_500, 25_000, 50_000, 100_000):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "answers.csv"
            write(path, count, questions)
            seconds, busy, memory = measured(path)
        said = f"{seconds:.1f} s ({busy:.1f} s of the processor), {memory:.0f} MB"
        click.echo(f"{count} students of {questions} questions: {said}")


if __name__ == "__main__":
    main()
