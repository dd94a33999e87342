"""The site engines in the tests: how each is run, and what a built page has whatever made it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import commands
from shared import once

ROOT = Path(__file__).resolve().parents[2]
NAMES = ("mkdocs", "properdocs", "zensical")
ARTICLE = re.compile(r"<article\b[^>]*>(.*)</article>", re.DOTALL)
ID = re.compile(r'\sid="([^"]+)"')
KEY = re.compile(r"data-key='([^']*)'")
OWN = {"__skip"}  # an id of an engine's own
TYPED = 'ALT <ULN & "AST" >ULN'
TITLED = {
    "field": f"---\ntitle: >-\n  {TYPED}\ndescription: '{TYPED}'\n---\nText.\n",
    "heading": f"# {TYPED}\n\nText.\n",
}
"""Pages whose titles stand in the front matter and in a heading."""
FOREIGN = """---
title: القلب
description: صفحة
lang: ar
objectives: [{id: foreign-1, text: القلب, level: remember}]
---
القلب.

## الدم

القلب.

## النبض

القلب.
"""
CHECKED = """title: القلب
module: foreign.md
questions:
  - {id: foreign-beat, type: numeric, objective: foreign-1, stem: كم؟, answer: 70, explanation: سبعون.}
  - {id: foreign-rest, type: numeric, objective: foreign-1, stem: كم الآن؟, answer: 60, explanation: ستون.}
"""
"""A module in another language than the course, and its questions."""


def python(engine: str) -> str:
    """The interpreter with an engine; ProperDocs' theme cannot share one with Material."""
    if engine != "properdocs":
        return sys.executable
    found = ROOT / ".venv-properdocs/bin/python"
    assert found.is_file(), "ProperDocs is not installed here (type: make .venv-properdocs/.ready)"
    return str(found)


def viva(engine: str, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a command of viva in a folder, where an engine is installed."""
    if python(engine) == sys.executable:
        return commands.viva(*arguments, cwd=folder)
    return subprocess.run(
        [python(engine), "-c", "from viva.cli import main; main()", *arguments],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(ROOT / "scripts")},
        capture_output=True,
        text=True,
        check=False,
    )


def choose(engine: str, settings: Path) -> None:
    """Let a course pick an engine."""
    text = settings.read_text("utf-8")
    assert re.search(r"^  - viva$", text, re.MULTILINE)
    chosen = re.sub(r"^  - viva$", f"  - viva: {{engine: {engine}}}", text, flags=re.MULTILINE)
    settings.write_text(chosen, "utf-8")


def build(engine: str, folder: Path) -> Path:
    """Build the course in a folder with an engine, and return its site."""
    choose(engine, folder / "mkdocs.yml")
    done = viva(engine, folder, "build")
    assert done.returncode == 0, done.stdout + done.stderr
    return folder / "site"


def new_course(factory: pytest.TempPathFactory) -> Path:
    """The course that `viva new course` writes, once in a run, and titles of pages and a bank that have signs in them."""

    def make(folder: Path) -> None:
        assert viva("mkdocs", folder, "new", "course", "small").returncode == 0
        settings = folder / "small/mkdocs.yml"
        named = re.sub("^site_name:.*$", f"site_name: '{TYPED}'", settings.read_text("utf-8"), flags=re.MULTILINE)
        settings.write_text(named, "utf-8")
        bank = folder / "small/quizzes/spacing.yml"
        bank.write_text(re.sub("^title:.*$", f"title: '{TYPED}'", bank.read_text("utf-8"), count=1, flags=re.MULTILINE), "utf-8")
        for name, page in TITLED.items():
            (folder / f"small/docs/{name}.md").write_text(page, "utf-8")
        (folder / "small/docs/foreign.md").write_text(FOREIGN, "utf-8")
        (folder / "small/quizzes/foreign.yml").write_text(CHECKED, "utf-8")

    return once(factory, "new-course", make) / "small"


def new_site(factory: pytest.TempPathFactory, engine: str) -> Path:
    """The site of that course by an engine, built once in a run."""
    course = new_course(factory)

    def make(folder: Path) -> None:
        build(engine, shutil.copytree(course, folder / "small"))

    return once(factory, f"new-course-{engine}", make) / "small/site"


def ids(page: Path) -> list[str]:
    """Every id in the text of a page, in order."""
    return [name for name in ID.findall(article(page)) if name not in OWN]


def keys(page: Path) -> list[str]:
    """What each question of a page is marked by."""
    return KEY.findall(article(page))


def article(page: Path) -> str:
    """The text of a page, as HTML."""
    found = ARTICLE.search(page.read_text("utf-8"))
    assert found, page
    return found[1]
