"""The program is for any course: no text of it knows what this course is about."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
TOPIC = re.compile(
    r"\bhips?\b|ischi|femor|femur|\bgluteal|\bgluteus|quadratus|obturator|gemell|piriformis"
    r"|trochanter|impingement|singer2015|hanna2015|\bifs\b|\bqfs\b",
    re.IGNORECASE,
)
# Words that are alike and mean different things, in any course.
LOOK_ALIKE = re.compile(r"""\W*["']quadratus["'], ["']quadriceps["']""")
TEXTS = {".py", ".html", ".xhtml", ".xml", ".js", ".css", ".typ", ".md", ".yml", ".bib"}


def test_nothing_is_said_of_this_course():
    told = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()}"
        for path in sorted((ROOT / "scripts/viva").rglob("*"))
        if path.suffix in TEXTS
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if TOPIC.search(line) and not LOOK_ALIKE.match(line)
    ]
    assert told == []


OF_THIS_COURSE = re.compile(
    r"""ROOT\s*/\s*f?["'](?:docs|quizzes|overrides|mkdocs\.yml)|Layout\.of\(ROOT\)|copied\(ROOT"""
)


def test_no_test_of_the_program_reads_this_course():
    wrong = ('ROOT / "docs/index.md"', "(ROOT/'quizzes')", "Layout.of(ROOT)", "building.copied(ROOT, a)")
    assert all(OF_THIS_COURSE.search(one) for one in wrong), "the search finds what it looks for"
    tests = Path(__file__).parents[1]
    told = [
        f"{path.relative_to(tests)}:{number}: {line.strip()}"
        for folder in ("unit", "site", "browser")
        for path in sorted((tests / folder).rglob("*.py"))
        if path != Path(__file__)
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if OF_THIS_COURSE.search(line)
    ]
    assert told == []
