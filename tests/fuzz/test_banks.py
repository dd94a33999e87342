"""Whatever stands in banks, pages and settings: a message, never a traceback; what passes, builds."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import traceback
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

import building
import mutation
import shrinking
from golden import FOLDER
from viva import lint
from viva.bank import types
from viva.base import net
from viva.cli import course as cli_course
from viva.scaffold import questions as scaffold

Files = dict[str, bytes]
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


def _files(folder: Path) -> Files:
    """The files of a course that are changed, by their paths in it."""
    paths = sorted(path for kind in KINDS for path in folder.glob(kind))
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def _changed(path: str, raw: bytes, chance: random.Random) -> bytes:
    """A file of the course with its bytes torn, or its data changed."""
    how = chance.choice((mutation.mutated, mutation.reworded, mutation.reworded))
    if chance.random() < 0.3:
        return mutation.torn(raw, chance)
    if path.endswith(".md") and raw.startswith(b"---\n"):
        head, _, body = raw.decode()[4:].partition("\n---")
        text = f"---\n{mutation.as_json(how(yaml.safe_load(head), chance))}\n---{body}"
        return text.encode("utf-8", "surrogatepass")
    if path.endswith(".yml"):
        data = how(_plain(yaml.safe_load(raw)), chance)
        return mutation.as_json(data).encode("utf-8", "surrogatepass")
    return mutation.torn(raw, chance)


def _checked() -> tuple[str, set[str]]:
    """What goes wrong when the course is checked as `viva check` does, and the files with errors."""
    try:
        read = cli_course.read(cli_course.layout())
        lint.check(read)
    except Exception:
        return traceback.format_exc()[-1500:], set()
    fallen = net.caught()
    return "\n".join(map(str, fallen)), {p.path for p in read.problems if p.severity == "error"}


def _build_fault(site: Path) -> str:
    command = [sys.executable, "-m", "viva.engines.mkdocs", "build", "--strict", "--site-dir"]
    done = subprocess.run(
        [*command, str(site)], capture_output=True, text=True, errors="replace",
        env=os.environ | {"NO_MKDOCS_2_WARNING": "1"}, check=False,
    )  # fmt: skip
    return f"build: {done.stderr[-900:]}" if done.returncode else ""


def _fault(sound: Files, made: Files, site: Path | None) -> str:
    """What goes wrong with some files changed: in the check, or in the build of what passed it."""
    try:
        _write(made)
        fault, wrong = _checked()
        return fault or (_build_fault(site) if site and not wrong else "")
    finally:
        _write({path: sound[path] for path in made})


def _write(files: Files) -> None:
    for path, raw in files.items():
        Path(path).write_bytes(raw)


def _passing(sound: Files, made: Files, chance: random.Random) -> tuple[str, Files]:
    """What goes wrong in the checks until all that is changed passes: the rest changes again."""
    for tries in range(12):
        _write({**sound, **made})
        fault, wrong = _checked()
        if fault or not wrong:
            return fault, made
        again = made.keys() & wrong if tries < 4 else set()
        if not made.keys() & wrong:  # something that is as it was misses what has changed
            made = dict(chance.sample(sorted(made.items()), len(made) // 2))
        made = {path: raw for path, raw in made.items() if path not in wrong}
        made |= {path: _changed(path, sound[path], chance) for path in sorted(again)}
    _write(sound)
    return "", {}


def _found(seed: int, sound: Files, made: Files, fault: str, site: Path | None) -> None:
    """Fail with a finding that is as small as it gets, and kept."""
    small = shrinking.small(made, fault, lambda files: _fault(sound, files, site), 60)
    kept = [mutation.keep("banks", seed, path.replace("/", "-"), raw) for path, raw in small.items()]
    inputs = "\n".join(f"{path}: {raw[:600]!r}" for path, raw in small.items())
    pytest.fail(f"{fault}\n{inputs}\nkept: {kept}")


@pytest.mark.fuzz
def test_banks(course, tmp_path, monkeypatch):
    """Every other round tears one file; the others build many that have changed and pass."""
    monkeypatch.chdir(course)
    net.caught()
    assert _checked() == ("", set())
    sound, counted = _files(course), Counter[str]()
    for seed, chance in mutation.rounds("banks"):
        one = chance.random() < 0.5
        names = chance.sample(sorted(sound), 1 if one else len(sound))
        made = {path: _changed(path, sound[path], chance) for path in names}
        site = None if one else tmp_path / "site"
        if one:
            fault = _fault(sound, made, None)
        else:
            fault, made = _passing(sound, made, chance)
            fault = fault or _build_fault(site)
            counted.update(builds=1, built=len(made))
            _write(sound)
        if fault:
            _found(seed, sound, made, fault, site)
    print(f"banks: {counted['builds']} builds of {counted['built']} changed files")
    assert counted["built"] or mutation.SECONDS < 60
