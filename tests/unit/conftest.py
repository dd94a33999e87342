"""A small course on disk for tests that need one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from textwrap import dedent

import pytest

from viva.course import courses
from viva.course.courses import Course
from viva.course.layout import Layout

MODULE = """\
---
title: Knee
objectives:
  - id: knee-1
    text: name the bones
    level: remember
---
# Knee

## The two menisci

Text [@smith2001].

[viva: knee-bones]
"""
BIB = """\
@article{smith2001, author={Smith, Anna B. and O'Neill, C.}, title={On knees}, journal={J Knee}, year={2001}}
"""
BANK = """\
title: Knee
module: modules/knee.md
questions:
  - id: knee-bones
    type: single
    objective: knee-1
    stem: Which bone is at the front?
    options:
      - text: Fibula
        why: It is lateral.
      - text: Patella
        correct: true
        why: It is in front.
    read: modules/knee.md#the-two-menisci
    references: [smith2001]
"""

MakeCourse = Callable[..., Course]


@pytest.fixture
def make_course(tmp_path: Path) -> MakeCourse:
    """Write files (path: text, on top of a sound course) and load the course they make."""

    def make(files: dict[str, str | bytes] | None = None, **layout: Path) -> Course:
        sound: dict[str, str | bytes] = {
            "mkdocs.yml": "site_name: Test\n",
            "docs/modules/knee.md": MODULE,
            "docs/references.bib": BIB,
            "quizzes/knee.yml": BANK,
        }
        for name, text in (sound | (files or {})).items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text if isinstance(text, bytes) else dedent(text).encode())
        return courses.load(Layout.of(tmp_path))

    return make


@pytest.fixture
def sound_module() -> str:
    """A module without a mistake."""
    return MODULE


@pytest.fixture
def sound_bank() -> str:
    """A bank without a mistake."""
    return BANK
