"""Every command of the teachers' guide runs, in its order, in a copy of the course."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from viva.assignments import load_all, sheet
from viva.course import Layout, load

ROOT = Path(__file__).resolve().parents[2]
GUIDE = ROOT / "docs/faculty/index.md"
BLOCK = re.compile(r'^```(\w+)(?: title="([^"]+)")?\n(.*?)^```$', re.MULTILINE | re.DOTALL)
COMMANDS = {"new", "check", "build", "grade", "analyse", "feedback", "print"}


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the course."""
    folder = tmp_path_factory.mktemp("guide")
    for name in ("docs", "quizzes"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy(ROOT / "mkdocs.yml", folder)
    (folder / "overrides").symlink_to(ROOT / "overrides")
    return folder


def run(script: str, folder: Path) -> None:
    paths = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = os.environ | {"PATH": paths, "NO_MKDOCS_2_WARNING": "1"}
    command = ["bash", "-e", "-c", script]
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, f"{script}{done.stdout}{done.stderr}"


def hand_in(folder: Path) -> None:
    """Thirty files as the page writes them."""
    found, problems = load_all(load(Layout.of(folder)))
    assert not problems
    week = next(one for one in found if one.id == "week-2")
    (folder / "submissions").mkdir()
    for student in range(30):
        answers = {
            q.id: {
                "hash": sheet.digest(q),
                "answer": "quadratus femoris" if q.type == "short-answer" else None,
            }
            for q in week.questions
        }
        answers["lowest-deep-gluteal"]["answer"] = 3 if student < 20 else 0
        data = {"viva": 1, "assignment": "week-2", "name": "A", "identifier": f"s{student}",
                "attempt": 1, "started": None, "finished": None, "answers": answers}  # fmt: skip
        (folder / "submissions" / f"week-2-s{student}.json").write_text(json.dumps(data))


def test_every_command_of_the_guide_runs(course):
    for language, title, text in BLOCK.findall(GUIDE.read_text("utf-8")):
        if language == "text":  # what the reader sees, nothing to type
            continue
        if language == "yaml":
            (course / title).write_text(text, "utf-8")
        else:
            assert language == "sh"
            if "submissions" in text and not (course / "submissions").exists():
                hand_in(course)
            run(text, course)
    assert (course / "site/assignments/week-2.html").is_file()
    for name in ("results.xlsx", "moodle.csv", "canvas.csv", "feedback/s7.html", "to-judge.csv",
                 "problems.csv", "responses.csv", "marks.csv", "key.csv", "analysis.html"):  # fmt: skip
        assert (course / "results" / name).is_file(), name
    assert len(list((course / "paper").iterdir())) == 12
    analysis = json.loads((course / "results/analysis.json").read_text())
    single = next(item for item in analysis["items"] if item["id"] == "lowest-deep-gluteal")
    assert single["p"] == pytest.approx(2 / 3)
    told = re.compile(
        r"^  - id: lowest-deep-gluteal\n    statistics: \{p: 0\.67.*, n: 30\}$", re.MULTILINE
    )
    assert told.search((course / "quizzes/gluteal.yml").read_text("utf-8"))
    assert "statistics: {p: 1.00, n: 30}" in (course / "quizzes/assignments/week-2.yml").read_text(
        "utf-8"
    )


def test_the_guide_uses_every_command_that_teachers_need():
    used = re.findall(r"^viva (\w+)", GUIDE.read_text("utf-8"), re.MULTILINE)
    assert set(used) == COMMANDS
