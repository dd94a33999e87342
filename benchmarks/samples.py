"""Courses to measure with: the same pages without questions, with viva's and with mkdocs-quiz's."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parent.parent
PAGES = 100
OPTIONS = 4
MODULE = "modules/reading.md"

READING = """\
---
title: Reading
description: What the questions are about.
objectives:
  - {id: reading-1, text: name the parts, level: remember}
---

# Reading

## The parts

There are four parts.
"""
PAGE = """\
---
title: "Bank {number}"
description: "Questions of bank {number}."
hide: [toc]
---

# Bank {number}

{body}
"""


def write_plain(folder: Path) -> None:
    """The pages alone."""
    _write_settings(folder, [])
    for number in range(PAGES):
        _write_page(folder, number, "Answer first, then see why.")


def write_viva(folder: Path, questions: int) -> None:
    """One bank for each page; the plugin makes the pages."""
    _write_settings(folder, ["viva"])
    (folder / "quizzes").mkdir()
    for number, numbers in enumerate(_shares(questions)):
        bank = {
            "title": f"Bank {number}",
            "module": MODULE,
            "questions": [_viva_question(n) for n in numbers],
        }
        text = yaml.safe_dump(bank, sort_keys=False, allow_unicode=True)
        (folder / "quizzes" / f"bank-{number:03}.yml").write_text(text, encoding="utf-8")


def write_mkdocs_quiz(folder: Path, questions: int) -> None:
    """The same questions in the pages, as mkdocs-quiz wants them."""
    _write_settings(folder, ["mkdocs_quiz"])
    for number, numbers in enumerate(_shares(questions)):
        _write_page(folder, number, "\n\n".join(_mkdocs_quiz_question(n) for n in numbers))


def _shares(questions: int) -> Iterator[range]:
    """The numbers of each page's questions, spread evenly."""
    bounds = [questions * page // PAGES for page in range(PAGES + 1)]
    return (range(*pair) for pair in pairwise(bounds))


def _viva_question(number: int) -> dict[str, object]:
    options: list[dict[str, object]] = [
        {"text": _option(number, n), "why": _why(number, n)} for n in range(OPTIONS)
    ]
    options[number % OPTIONS]["correct"] = True
    return {
        "id": f"question-{number}",
        "type": "single",
        "objective": "reading-1",
        "level": "remember",
        "stem": _stem(number),
        "options": options,
        "explanation": _explanation(number),
        "read": f"{MODULE}#the-parts",
    }


def _mkdocs_quiz_question(number: int) -> str:
    marks = ["x" if n == number % OPTIONS else " " for n in range(OPTIONS)]
    options = [f"- [{mark}] {_option(number, n)}" for n, mark in enumerate(marks)]
    whys = [f"- {_why(number, n)}" for n in range(OPTIONS)]
    lines = [_stem(number), *options, "", *whys, "", _explanation(number)]
    return "\n".join(["<quiz>", *lines, "</quiz>"])


def _stem(number: int) -> str:
    return f"Which part of specimen {number} carries the weight of the body in sitting?"


def _option(number: int, n: int) -> str:
    return f"The {('anterior', 'inferior', 'posterior', 'superior')[n]} part of specimen {number}"


def _why(number: int, n: int) -> str:
    return f"Choice {n} of question {number} tempts those who look at it from *one side* only."


def _explanation(number: int) -> str:
    return f"Specimen {number} has four parts; the reading shows **which one** bears the load."


def _write_settings(folder: Path, plugins: list[str]) -> None:
    settings = {
        "site_name": "Sample",
        "use_directory_urls": False,
        "theme": {
            "name": "material",
            "custom_dir": str(ROOT / "overrides"),
            "font": False,
            "features": ["navigation.prune"],
        },
        "plugins": ["search", *plugins],
        "markdown_extensions": ["admonition", "attr_list", "md_in_html", "tables"],
        "nav": [{"Home": "index.md"}, {"Reading": MODULE}],
    }
    (folder / "docs" / "modules").mkdir(parents=True)
    (folder / "docs" / "self-checks").mkdir()
    (folder / "mkdocs.yml").write_text(yaml.safe_dump(settings, sort_keys=False), encoding="utf-8")
    (folder / "docs" / "index.md").write_text("# Sample\n", encoding="utf-8")
    (folder / "docs" / MODULE).write_text(READING, encoding="utf-8")


def _write_page(folder: Path, number: int, body: str) -> None:
    path = folder / "docs" / "self-checks" / f"bank-{number:03}.md"
    path.write_text(PAGE.format(number=number, body=body), encoding="utf-8")
