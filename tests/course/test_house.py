"""The course is sound, and what stands beside it in the repository agrees with it."""

from __future__ import annotations

import gzip
import struct
from pathlib import Path

from building import ROOT
from viva import lint
from viva.bank import schema, types
from viva.bank.banks import flat
from viva.base.words import of
from viva.cli import TOPICS
from viva.offline import app


def test_the_course_has_no_problems(read):
    assert [str(problem) for problem in read.problems if problem.severity == "error"] == []


def test_the_course_passes_and_every_exception_has_a_reason(read):
    """No error and no warning is left."""
    assert [str(p) for p in lint.check(read) if p.severity != "info"] == []


def test_almost_every_type_of_question_is_used(read):
    used = {q.type for bank in read.banks for q in flat(bank.questions)}
    assert len(used) >= 10
    assert used <= set(types.TYPES)


def test_anatomy_and_imaging_are_real(read):
    counts = {bank.id: len(list(flat(bank.questions))) for bank in read.banks}
    assert counts["anatomy"] >= 10
    assert counts["imaging"] >= 10


def test_every_question_explains_itself(read):
    """In this course nothing is asked without an objective, a source and a place to read again."""
    for bank in read.banks:
        for question in flat(bank.questions):
            if question.type == "case":
                continue
            assert question.objective, question.id
            assert question.references, question.id
            assert question.read, question.id
            assert question.level, question.id
            whys = [option.why for option in getattr(question, "options", ()) if hasattr(option, "why")]
            assert all(whys), question.id


def test_the_editors_schema_is_current():
    assert (ROOT / "quizzes/schema.json").read_text("utf-8") == schema.text()


def test_every_command_is_in_the_readme_or_the_guide():
    documented = (ROOT / "README.md").read_text() + (ROOT / "CONTRIBUTING.md").read_text()
    for path in (ROOT / "docs").rglob("*.md"):
        documented += path.read_text("utf-8")
    missing = [name for name in TOPICS if f"viva {name}" not in documented]
    assert missing == []


def test_the_icons_of_the_course_are_as_large_as_its_manifest_says():
    manifest = app.manifest(app.Course("Hips", "Hips", "On hips", of("en")))
    for icon in manifest["icons"]:
        data = (ROOT / "overrides" / icon["src"]).read_bytes()
        assert data.startswith(b"\x89PNG")
        width, height = struct.unpack(">II", data[16:24])
        assert f"{width}x{height}" == icon["sizes"]


def test_every_page_is_light(pages):
    """Own scripts and styles, compressed: 20 KB on a page with questions, those of its types too and the
    runner's first touch aside; 4 KB on any other page, but for pages that are made of scripts, and for
    formulas by what others made."""
    for page in pages:
        own = [tag.get("src") or tag.get("href") for tag in page.soup.find_all(["script", "link"])]
        ours = [one for one in own if one and "assets/viva/" in one and "/vendor/" not in one]
        is_made = page.soup.select_one(".viva-study[data-part=page], viva-quiz[mode=assignment]")
        most = 20 if page.soup.find("viva-quiz") else 4
        weight = sum(_compressed(page.path.parent / one) for one in ours)
        assert is_made or weight <= most * 1024, page.name


def test_a_self_check_of_twenty_questions_is_light(site):
    """15 KB of HTML, compressed."""
    page = site / "self-checks/examination.html"
    assert page.read_text("utf-8").count("<viva-question") >= 20
    assert _compressed(page) <= 15 * 1024


def _compressed(path: Path) -> int:
    return len(gzip.compress(path.read_bytes(), 9))
