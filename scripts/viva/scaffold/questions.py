"""What `viva new` writes: commented banks and questions for a teacher to fill in."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

from viva.bank import banks, types
from viva.base import edits, files, reader, windows
from viva.base.refused import Refused
from viva.base.words import say
from viva.course.courses import Course
from viva.course.inventory import BLUEPRINT, bank_named
from viva.course.layout import Layout

HEAD = """\
# yaml-language-server: $schema=schema.json
# {name}: a bank of questions. Lines that start with # are comments; delete them as you like.
title: {title}            # shown at the top of the self-check
{module}
questions:
"""
REST = """\
    explanation: What to remember of the whole question.
    # More fields, when you want them:
    # objective: knee-1       # an objective of the module
    # level: apply            # remember, understand, apply, analyse, evaluate or create
    # read: modules/knee.md#the-menisci    # where to read again
    # references: [smith2020]              # keys of references.bib
    # hint: A nudge that does not give the answer away.
"""


def prove_name(name: str) -> None:
    """Refuses a name that no bank can have."""
    if not banks.ID.fullmatch(name):
        allowed = re.sub(r"[^a-z0-9]+", "-", name.lower().removesuffix(".yml")).strip("-")
        called = repr(name)
        if not allowed:
            said = say("{called} cannot be a name (use a-z, 0-9 and single hyphens)", called=called)
            raise Refused(said)
        said = say("write {text}", text=allowed)
        raise Refused(say("{name} cannot be a file name here ({said})", name=called, said=said))
    windows.prove(name)


def new_bank(name: str, layout: Layout) -> int:
    """Write a bank with one example question. Returns the line to start at."""
    prove_name(name)
    if name == BLUEPRINT:
        said = say(
            "{name}.yml holds the targets of viva blueprint (choose another name)",
            name=name,
        )
        raise Refused(said)
    path = bank_named(name, layout)
    if os.path.lexists(path):
        said = say(
            "{name} is already there (use viva new question {name2})",
            name=layout.name(path),
            name2=name,
        )
        raise Refused(said)
    module = f"modules/{name}.md"
    there = (layout.docs / module).is_file()
    line = f"module: {module}" if there else f"# module: {module}     # the page that it checks"
    head = HEAD.format(name=layout.name(path), title=name.replace("-", " ").title(), module=line)
    files.create(path, head + example(types.FIRST, f"{name}-1"))
    return head.count("\n") + 1


def add_question(path: Path, kind: str, course: Course) -> int:
    """Add an example question at the end of a bank, whose text stays as it is. Returns its line."""
    name = course.layout.name(path)
    if not path.is_file():
        said = say("there is no {name} (use viva new bank {stem})", name=name, stem=path.stem)
        raise Refused(said)
    before = reader.read(path, name)
    if before.problems:
        raise Refused(str(before.problems[0]))
    file = edits.load(path)
    if file is None:
        said = say("{name}:1:1: lines end in different ways (save the file again)", name=name)
        raise Refused(said)
    text = file.text.rstrip() + "\n"
    if not re.search(r"^questions:[ \t]*(#.*)?$", text, re.MULTILINE):
        said = say(
            "{name} has no line questions: with the questions under it (write one)",
            name=name,
        )
        raise Refused(said)
    added = example(kind, _free_id(path.stem, text, course))
    indent = re.search(r"^questions:.*\n(?:[ \t]*(?:#.*)?\n)*([ ]*)- ", text, re.MULTILINE)
    if indent and indent[1] == "":
        added = re.sub(r"^  ", "", added, flags=re.MULTILINE)
    whole = f"{text}\n{added}"
    if not _adds_one(before.data, reader.parse(whole, name).data):
        said = say("{name} does not end with its questions (move questions: to its end)", name=name)
        raise Refused(said)
    edits.save(file, whole)
    return text.count("\n") + 2


def _adds_one(before: Any, after: Any) -> bool:
    """Whether there is a question more, and everything else is as it was."""
    if not isinstance(after, dict) or not isinstance(after.get("questions"), list):
        return False
    *old, _ = after["questions"] or [None]
    return bool({**after, "questions": old} == {**before, "questions": before["questions"] or []})


def example(kind: str, name: str) -> str:
    """An example question as YAML, at home under `questions:`."""
    body = types.TYPES[kind].example.replace("{id}", name)
    comment = "  # unique in the course, and stable: students' progress is kept by it"
    return f"  - id: {name}{comment}\n    type: {kind}\n{body}{REST}"


def _free_id(stem: str, text: str, course: Course) -> str:
    used = {q.id for one in course.banks for q in banks.flat(one.questions)}
    number = 1
    while f"{stem}-{number}" in used or f"id: {stem}-{number} " in text:
        number += 1
    return f"{stem}-{number}"
