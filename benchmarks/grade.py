"""How long marking takes: `viva grade` on many submissions of many questions, in a zip."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path

import click
import yaml

from viva.assignments import load_all, sheet
from viva.course.courses import load
from viva.course.layout import Layout

ROOT = Path(__file__).resolve().parent.parent


def _single(number: int) -> dict[str, object]:
    options: list[dict[str, object]] = [
        {"text": f"Option {n} of question {number}", "why": f"What is said about option {n}."}
        for n in range(4)
    ]
    options[number % 4]["correct"] = True
    return {
        "id": f"question-{number}",
        "type": "single",
        "stem": f"Which part of specimen {number} carries the weight of the body in sitting?",
        "options": options,
        "explanation": "The reading shows *which one* bears the load.",
    }


def _short(number: int) -> dict[str, object]:
    return {
        "id": f"question-{number}",
        "type": "short-answer",
        "stem": f"What is part {number} called?",
        "accept": ["left atrium", "left auricle of the heart"],
        "reject": ["right atrium"],
    }


def _write_course(folder: Path, questions: int) -> None:
    made = [_short(n) if n % 10 == 9 else _single(n) for n in range(questions)]
    (folder / "docs").mkdir()
    (folder / "quizzes/assignments").mkdir(parents=True)
    (folder / "mkdocs.yml").write_text("site_name: Sample\n")
    (folder / "docs/references.bib").write_text("")
    week = {"title": "Week 1", "private": made}
    path = folder / "quizzes/assignments/week-1.yml"
    path.write_text(yaml.safe_dump(week, sort_keys=False), encoding="utf-8")


def _write_submissions(folder: Path, students: int) -> None:
    (assignment,), problems = load_all(load(Layout.of(folder)))
    assert not problems
    chance = random.Random(1)
    hashes = {question.id: sheet.sheet_hash(question) for question in assignment.questions}
    typed = ("left atrium", "left atrum", "right atrium", "no idea")
    with zipfile.ZipFile(folder / "download.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for student in range(students):
            answers = {
                q.id: {
                    "hash": hashes[q.id],
                    "answer": chance.randrange(4) if q.type == "single" else chance.choice(typed),
                }
                for q in assignment.questions
            }
            data = {"viva": 1, "assignment": "week-1", "name": f"Student {student}", "attempt": 1,
                    "identifier": f"s{student}", "started": "2026-12-01T10:00:00",
                    "finished": "2026-12-01T11:00:00", "answers": answers}  # fmt: skip
            name = f"Student {student}_assignsubmission_file/week-1-s{student}.json"
            archive.writestr(name, json.dumps(data))


@click.command()
@click.option("--students", default=1000, show_default=True)
@click.option("--questions", default=50, show_default=True)
@click.option("--release", is_flag=True, help="Write the right answers into the feedback, too.")
def main(students: int, questions: int, release: bool) -> None:
    """Print the seconds that marking takes, the whole command, start-up included."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        _write_course(folder, questions)
        _write_submissions(folder, students)
        viva = str(Path(sys.executable).with_name("viva"))
        asked = ["quizzes/assignments/week-1.yml", "download.zip"]
        command = [viva, "grade", *asked, *(["--release"] if release else [])]
        start = time.perf_counter()
        subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL)
        seconds = time.perf_counter() - start
    click.echo(f"{students} submissions of {questions} questions: {seconds:.1f} s")


if __name__ == "__main__":
    main()
