"""Courses to measure with: pages of reading, mostly 100, each with a page of questions.

They differ in who makes the questions: nobody, viva or mkdocs-quiz. All are given the settings that
viva gives a course, so that a difference is the questions' and not that of a theme's switch.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import yaml

from viva.engines.defaults import completed, plugin_name

ROOT = Path(__file__).resolve().parent.parent
PAGES = 100
OPTIONS = 4
SECTIONS = 6

READING = """\
---
title: Module {number}
description: "What the questions of bank {number} are about."
objectives:
  - {{id: reading-{number}, text: name the parts, level: remember}}
---

# Module {number}
"""
# Six of these make a module of about 1,000 words.
SECTION = """
## Part {part}

Module {number} goes on with part {part}. The *left atrium* is the chamber of the heart behind the
others. Its veins bring the blood back from the **lungs**. The mitral valve leads forwards and to
the left. A thick muscle lies beyond the valve, and the aorta leaves the chamber that it forms.
What fills the chamber depends on how long the heart rests between two beats.

- Running shortens the rest between the beats.
- Lying down brings more blood to the heart.
- Standing still leaves blood in the legs.

| position | what it does | where it shows |
|---|---|---|
| standing | less blood comes back | the pulse is faster |
| lying | more blood comes back | the pulse is slower |

A number on a screen is not a diagnosis. The position of the arm on the table changes it, and people
without a disease have high numbers too. What counts is that story, examination and tests
tell the same thing, and that nothing else explains the findings better. See the
[top](#module-{number}).
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


def write_plain(folder: Path, pages: int = PAGES) -> None:
    """The pages alone."""
    _write_settings(folder, [], pages)
    for number in range(pages):
        _write_page(folder, number, "Answer first, then see why.")


def write_viva(folder: Path, questions: int, pages: int = PAGES) -> None:
    """One bank for each page; the plugin makes the pages."""
    # The others make neither a zip nor a book.
    _write_settings(folder, [{"viva": {"offline": False}}], pages)
    (folder / "quizzes").mkdir()
    for number, numbers in enumerate(_shares(questions, pages)):
        bank = {
            "title": f"Bank {number}",
            "module": f"modules/reading-{number}.md",
            "questions": [_viva_question(number, n) for n in numbers],
        }
        text = yaml.safe_dump(bank, sort_keys=False, allow_unicode=True)
        (folder / "quizzes" / f"bank-{number:03}.yml").write_text(text, encoding="utf-8")


def write_mkdocs_quiz(folder: Path, questions: int, pages: int = PAGES) -> None:
    """The same questions in the pages, as mkdocs-quiz wants them."""
    _write_settings(folder, ["mkdocs_quiz"], pages)
    for number, numbers in enumerate(_shares(questions, pages)):
        _write_page(folder, number, "\n\n".join(_mkdocs_quiz_question(n) for n in numbers))


def _shares(questions: int, pages: int) -> Iterator[range]:
    """The numbers of each page's questions, spread evenly."""
    bounds = [questions * page // pages for page in range(pages + 1)]
    return (range(*pair) for pair in pairwise(bounds))


def _viva_question(bank: int, number: int) -> dict[str, object]:
    options: list[dict[str, object]] = [
        {"text": _option(number, n), "why": _why(number, n)} for n in range(OPTIONS)
    ]
    options[number % OPTIONS]["correct"] = True
    return {
        "id": f"question-{number}",
        "type": "single",
        "objective": f"reading-{bank}",
        "level": "remember",
        "stem": _stem(number),
        "options": options,
        "explanation": _explanation(number),
        "read": f"modules/reading-{bank}.md#part-{number % SECTIONS}",
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


def _write_settings(folder: Path, plugins: list[Any], pages: int) -> None:
    settings = {
        "site_name": "Sample",
        "use_directory_urls": False,
        "plugins": plugins,
        "nav": [
            {"Home": "index.md"},
            {"Reading": [f"modules/reading-{n}.md" for n in range(pages)]},
        ],
    }
    (folder / "docs" / "modules").mkdir(parents=True)
    (folder / "docs" / "self-checks").mkdir()
    is_ours = "viva" in map(plugin_name, plugins)
    whole = settings if is_ours else _without_viva(completed(settings))
    (folder / "mkdocs.yml").write_text(yaml.safe_dump(whole, sort_keys=False), encoding="utf-8")
    (folder / "docs" / "index.md").write_text("# Sample\n", encoding="utf-8")
    for number in range(pages):
        sections = [SECTION.format(number=number, part=part) for part in range(SECTIONS)]
        text = "".join([READING.format(number=number), *sections])
        (folder / "docs" / "modules" / f"reading-{number}.md").write_text(text, encoding="utf-8")


def _without_viva(settings: dict[str, Any]) -> dict[str, Any]:
    """The settings without the plugin and what names one of its files; with the theme's search,
    as viva makes one too."""
    theme = {k: v for k, v in settings["theme"].items() if k not in ("favicon", "icon")}
    plugins = ["search", *(name for name in settings["plugins"] if name != "viva")]
    rest = {k: v for k, v in settings.items() if k not in ("extra_css", "extra")}
    return {**rest, "theme": theme, "plugins": plugins}


def _write_page(folder: Path, number: int, body: str) -> None:
    path = folder / "docs" / "self-checks" / f"bank-{number:03}.md"
    path.write_text(PAGE.format(number=number, body=body), encoding="utf-8")
