"""A course so large that its pages load parts of it, with a bank that fills several pages."""

from __future__ import annotations

import random
from pathlib import Path

MODULES, ASKED, BANK = 30, 24, 120
"""Modules, questions of each, and those of the large bank."""
SETTINGS = """\
site_name: Large
use_directory_urls: false
plugins: [viva]
nav:
  - Home: index.md
  - First half: [{first}]
  - Second half: [{second}]
  - Self-checks: self-checks/index.md
  - Take it along: offline.md
"""
MODULE = """\
---
title: Module {n}
description: What module {n} is about.
objectives:
  - {{id: aim-{n}, text: name the parts of {n}, level: remember}}
cards:
  - {{id: fact-{n}, front: What is fact {n}?, back: Answer {n}.}}
---

# Module {n}

A module about the singular marker {marker}.

## Oedema in part {n}

{text}
"""
QUESTION = """\
  - id: {id}
    type: {type}
    {aim}
    level: remember
    stem: Which of these parts of specimen {id} carries the weight of the body when somebody sits on
      a stone for a long time and does not move at all, as in the picture of the module?
    {options}
"""
SINGLE = """options:
      - {text: The lower, correct: true, why: It rests on the stone.}
      - {text: The upper, why: It rests on the lower.}
      - {text: The left, why: It rests on nothing.}"""
DECIDED = """statements:
      - {text: The lower does, answer: true, why: It rests on the stone.}
      - {text: The upper does, answer: false, why: It rests on the lower.}"""
CASE = """\
  - id: long-case
    type: case
    vignette: Somebody sits on a stone.
    steps:
      - id: long-case-1
        type: single
        stem: What rests on it?
        {options}
      - id: long-case-2
        type: single
        reveal: The stone is warm.
        stem: What is warm?
        {options}
"""


def write(folder: Path) -> None:
    """Write the course."""
    names = [f"modules/module-{n:02}.md" for n in range(MODULES)]
    half = MODULES // 2
    nav = {"first": ", ".join(names[:half]), "second": ", ".join(names[half:])}
    _write(folder, "mkdocs.yml", SETTINGS.format(**nav))
    _write(folder, "docs/index.md", "---\ndescription: Home.\n---\n# Large\n\n[viva due]\n\n[viva modules]\n")
    for n, name in enumerate(names):
        text = MODULE.format(n=n, marker=marker(n), text=_text(n))
        _write(folder, f"docs/{name}", text)
        ids = [f"m{n:02}-{q:02}" for q in range(ASKED)]
        asked = "".join(question(one, n, q == 1) for q, one in enumerate(ids))
        head = f"title: Bank {n}\nmodule: {name}\nquestions:\n"
        _write(folder, f"quizzes/module-{n:02}.yml", head + asked)
    _write(folder, "quizzes/big.yml", big(BANK))


def big(many: int) -> str:
    """A bank of so many questions, the 50th of which is a case of two steps."""
    asked = [question(f"big-{n}") for n in range(1, many + 1)]
    options = SINGLE.replace("\n", "\n    ")
    asked[49] = CASE.format(options=options)
    return "title: Big\nquestions:\n" + "".join(asked)


def question(name: str, module: int | None = None, is_decided: bool = False) -> str:
    """A question, of a module or of none."""
    kind, options = ("true-false", DECIDED) if is_decided else ("single", SINGLE)
    aim = f"objective: aim-{module}" if module is not None else "tags: [big]"
    return QUESTION.format(id=name, type=kind, aim=aim, options=options)


def marker(n: int) -> str:
    """A word that stands in one module alone."""
    letters = "abcdefghij"
    return f"zyx{letters[n // 10] * 3}{letters[n % 10] * 3}q"


def _text(n: int) -> str:
    """About 36,000 letters of words that are hardly the same in two modules."""
    chance = random.Random(n)
    made = ["".join(chance.choices("bcdfglmnprst", k=1) + chance.choices("aeiou", k=1) + chance.choices("bdfgklmnprtv", k=3)) for _ in range(900)]
    words = chance.choices(made, k=6000)
    return "\n\n".join(" ".join(words[at : at + 60]).capitalize() + "." for at in range(0, len(words), 60))


def _write(folder: Path, name: str, text: str) -> None:
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text, "utf-8")
