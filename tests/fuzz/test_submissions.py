"""Whatever lies among the files that students sent: marked, held or named, and never a traceback."""

from __future__ import annotations

import io
import json
import random
import shutil
import zipfile
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import mutation
import shrinking
from golden import example
from viva.assignments import Assignment, load_all, sheet
from viva.bank import types
from viva.base import net
from viva.cli import main
from viva.course import courses
from viva.course.layout import Layout
from viva.scaffold import questions as scaffold

EVERY = "title: Every\nquestions:\n" + "".join(
    scaffold.example(kind, f"a-{kind}") for kind in sorted(types.TYPES)
)
WEEK = "title: Week 1\nquestions:\n" + "".join(f"  - a-{kind}\n" for kind in sorted(types.TYPES))
OURS = ("mistake of viva", net.REPORT)
TABLES = ("to-judge.csv", "to-decide.csv")


@pytest.fixture
def week(tmp_path: Path) -> Assignment:
    """An assignment with a question of every type, in a course of its own."""
    for name, text in {
        "mkdocs.yml": "site_name: Test\n",
        "docs/index.md": "# Test\n",
        "docs/assets/figures/name.svg": "<svg/>",
        "quizzes/every.yml": EVERY,
        "quizzes/assignments/week-1.yml": WEEK,
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    found, problems = load_all(courses.load(Layout.of(tmp_path)))
    assert not problems
    return found[0]


def _sent(week: Assignment, chance: random.Random) -> dict[str, Any]:
    """What the page writes for a student whose answers are right."""
    return {
        "viva": 1,
        "assignment": week.id,
        "name": chance.choice(("Ada", "Bo", "Zoë", "=1+1", "")),
        "identifier": chance.choice(("s1", "s2", "S1 ", "ſ1", "..", "con")),
        "attempt": chance.choice((1, 2)),
        "started": "2026-12-01T10:00:00+01:00",
        "finished": "2026-12-01T11:00:00+01:00",
        "answers": {
            one.id: {"hash": sheet.sheet_hash(one), "answer": example(one.type)[0]}
            for one in week.questions
        },
    }


def _file(week: Assignment, chance: random.Random) -> tuple[str, bytes]:
    """One file: changed, torn, zipped, or as it was written."""
    name = f"{chance.choice(('a', 'b', 'Ü'))}-{chance.randrange(3)}.json"
    data = _sent(week, chance)
    if chance.random() < 0.7:
        data = mutation.mutated(data, chance)
    raw = json.dumps(data, ensure_ascii=chance.random() < 0.5, default=str).encode("utf-8", "replace")
    if chance.random() < 0.3:
        raw = mutation.torn(raw, chance)
    if chance.random() < 0.2:
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as archive:
            archive.writestr(chance.choice(("x.json", "../x.json", "a/b_1_assignsubmission_file/x.json")), raw)
        zipped = packed.getvalue()
        return "all.zip", mutation.torn(zipped, chance) if chance.random() < 0.4 else zipped
    return name, raw


def _grade(folder: Path, *options: str) -> str:
    """What went wrong in marking, if anything did."""
    asked = [folder / "quizzes/assignments/week-1.yml", folder / "in", "--out", folder / "out"]
    done = CliRunner().invoke(main, ["grade", *map(str, asked), *options])
    broken = done.exception and not isinstance(done.exception, SystemExit)
    if broken or any(words in done.output for words in OURS) or done.exit_code not in (0, 1):
        said = [line for line in done.output.splitlines() if any(words in line for words in OURS)]
        return "\n".join([done.output[-800:], *said, repr(done.exception) if broken else ""])
    return ""


def _graded(folder: Path, files: dict[str, bytes]) -> str:
    """What goes wrong in marking these files, with nothing marked before."""
    for name in ("in", "out"):
        shutil.rmtree(folder / name, ignore_errors=True)
    (folder / "in").mkdir()
    for name, raw in files.items():
        (folder / "in" / name).write_bytes(raw)
    return _grade(folder)


@pytest.mark.fuzz
def test_submissions(week, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    net.caught()
    for seed, chance in mutation.rounds("submissions"):
        files = dict(_file(week, chance) for _ in range(chance.randint(1, 4)))
        fault = _graded(tmp_path, files)
        for table in TABLES:  # a spreadsheet and a person have been at it
            path = tmp_path / "out" / table
            if not fault and path.is_file() and chance.random() < 0.3:
                path.write_bytes(mutation.torn(path.read_bytes(), chance))
                fault = _grade(tmp_path, *chance.choice(((), ("--release",))))
        if fault:
            small = shrinking.small(files, fault, lambda some: _graded(tmp_path, some))
            kept = [mutation.keep("submissions", seed, name, raw) for name, raw in small.items()]
            pytest.fail(f"{fault}\n{small}\nkept: {kept}")
