"""Whatever stands in banks, pages and settings: a message, never a traceback; what passes, builds."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import traceback
from pathlib import Path
from typing import Any

import pytest
import yaml

import building
import mutation
from golden import FOLDER
from viva import lint
from viva.bank import types
from viva.base import net
from viva.cli import course as cli_course
from viva.scaffold import questions as scaffold

KINDS = ("quizzes/**/*.yml", "docs/**/*.md", "docs/**/*.yml", "docs/**/*.bib", "mkdocs.yml")
ELSEWHERE = ("objective", "read", "references", "tags")


@pytest.fixture(scope="module")
def course(tmp_path_factory) -> Path:
    """The neutral course with a question of every type, from `viva new` and from the cases."""
    folder = building.copied(building.NEUTRAL, tmp_path_factory.mktemp("fuzz") / "course")
    every = "title: Every\nquestions:\n" + "".join(
        scaffold.example(kind, f"a-{kind}") for kind in sorted(types.TYPES)
    )
    (folder / "quizzes/every.yml").write_text(every, "utf-8")
    for number, path in enumerate(sorted(FOLDER.glob("*/*.yml"))):
        asked = yaml.safe_load(path.read_text("utf-8"))["question"]
        asked = {**asked, "id": f"case-{number}"}
        bank = {"title": "Case", "questions": [_plain(asked)]}
        (folder / f"quizzes/golden-{number}.yml").write_text(mutation.as_json(bank), "utf-8")
    (folder / "docs/assets/figures").mkdir(parents=True, exist_ok=True)
    for name in ("assets/figures/name.svg", "figure.svg"):
        shutil.copy(FOLDER / "hotspot/figure.svg", folder / "docs" / name)
    return folder


def _plain(data: Any) -> Any:
    """The data with names for texts, and without what points into a course that is not here."""
    if isinstance(data, dict):
        return {str(key): _plain(value) for key, value in data.items() if key not in ELSEWHERE}
    return [_plain(one) for one in data] if isinstance(data, list) else data


def _targets(folder: Path) -> list[Path]:
    return sorted(path for kind in KINDS for path in folder.glob(kind))


def _changed(path: Path, chance: random.Random) -> bytes:
    """A file of the course with its bytes torn, or its data changed."""
    raw = path.read_bytes()
    if chance.random() < 0.4:
        return mutation.torn(raw, chance)
    if path.suffix == ".md" and raw.startswith(b"---\n"):
        head, _, body = raw.decode()[4:].partition("\n---")
        data = mutation.mutated(yaml.safe_load(head), chance)
        return f"---\n{mutation.as_json(data)}\n---{body}".encode("utf-8", "surrogatepass")
    if path.suffix == ".yml":
        data = mutation.mutated(_plain(yaml.safe_load(raw)), chance)
        return mutation.as_json(data).encode("utf-8", "surrogatepass")
    return mutation.torn(raw, chance)


def _checked() -> tuple[str, list[str]]:
    """What goes wrong when the course is checked as `viva check` does, and the errors it reports."""
    try:
        read = cli_course.read(cli_course.layout())
        lint.check(read)
    except Exception:
        return traceback.format_exc()[-1500:], []
    fallen = net.caught()
    return "\n".join(map(str, fallen)), [str(p) for p in read.problems if p.severity == "error"]


def _build_fault(folder: Path, site: Path) -> str:
    command = [sys.executable, "-m", "viva.engines.mkdocs", "build", "--strict", "--site-dir"]
    done = subprocess.run(
        [*command, str(site)], cwd=folder, capture_output=True, text=True, errors="replace",
        env=os.environ | {"NO_MKDOCS_2_WARNING": "1"}, check=False,
    )  # fmt: skip
    return f"build: {done.stderr[-900:]}" if done.returncode else ""


@pytest.mark.fuzz
def test_banks(course, tmp_path, monkeypatch):
    monkeypatch.chdir(course)
    net.caught()
    assert _checked() == ("", [])
    targets, built = _targets(course), 0
    for seed, chance in mutation.rounds("banks"):
        path = chance.choice(targets)
        sound, made = path.read_bytes(), _changed(path, chance)
        path.write_bytes(made)
        try:
            fault, errors = _checked()
            if not fault and not errors and chance.random() < 0.25 and made != sound:
                built += 1
                fault = _build_fault(course, tmp_path / "site")
        finally:
            path.write_bytes(sound)
        if fault:
            where = mutation.keep("banks", seed, path.name, made)
            pytest.fail(f"{path.relative_to(course)}: {fault}\nkept: {where}")
    print(f"banks: {built} of them built")
