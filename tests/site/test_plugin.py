"""What the plugin does with other courses than this one."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import commands

SETTINGS = """\
site_name: Small
use_directory_urls: false
theme: {{name: material, font: false}}
plugins: [search, viva]
markdown_extensions: [attr_list, def_list]
validation: {{anchors: warn}}
nav:
  - index.md
  - knee.md
  - Checks: self-checks/index.md
"""
PAGE = """\
---
title: Knee
description: The knee.
---
# Knee

Two menisci (MRI shows them) [@smith].

[viva before: knee-1]

[viva: knee-1, knee-2]

Look at [the second question](#knee-2), or [there](self-checks/knee.md#knee-1).
"""
BANK = """\
title: Knee
module: knee.md
questions:
  - id: knee-1
    type: single
    stem: Which bone is at the *front*?
    shuffle: true
    options:
      - {text: Fibula, why: Lateral.}
      - {text: Patella, correct: true, why: In front.}
    read: knee.md
  - id: knee-2
    type: numeric
    stem: How many menisci has a knee?
    answer: 2
"""


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A course of one page and one bank."""
    files = {
        "mkdocs.yml": SETTINGS.format(),
        "docs/index.md": "---\ndescription: Home.\n---\n# Home\n",
        "docs/knee.md": PAGE,
        "docs/glossary.md": "---\ndescription: Words.\n---\n# Glossary\n\nMagnetic resonance (MRI)\n:   A scan.\n",
        "docs/references.md": "---\ndescription: R.\n---\n# References\n\n[viva references]\n",
        "docs/references.bib": "@misc{smith, title={On knees}}",
        "quizzes/knee.yml": BANK,
    }
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return tmp_path


def build(folder: Path) -> subprocess.CompletedProcess[str]:
    return commands.mkdocs("build", "--strict", cwd=folder)


def test_a_small_course_builds_strictly(small):
    done = build(small)
    assert done.returncode == 0, done.stderr
    page = (small / "site/knee.html").read_text("utf-8")
    assert 'title="Magnetic resonance"' in page and ">MRI</abbr>" in page
    assert 'href="references.html#ref-smith"' in page
    assert page.count("<viva-question") == 3
    check = (small / "site/self-checks/knee.html").read_text("utf-8")
    assert [check.count(f"Question {n} <small>") for n in (1, 2)] == [1, 1]


def test_what_another_plugin_adds_to_a_page_is_on_it(small):
    settings = small / "mkdocs.yml"
    settings.write_text(f"{settings.read_text('utf-8')}hooks: [add.py]\n", "utf-8")
    (small / "add.py").write_text("def on_page_markdown(text, **_):\n    return text.replace('Two', 'Added first [@smith].\\n\\nTwo')\n")
    assert build(small).returncode == 0
    page = (small / "site/knee.html").read_text("utf-8")
    assert "Added first" in page and page.count('href="references.html#ref-smith"') == 2
    assert page.count("<viva-question") == 3


def test_titles_and_the_caution_are_shown_as_they_were_typed(small):
    settings = SETTINGS.format() + "extra: {caution: 'Stop at ALT <ULN & 3*ULN.'}\n"
    (small / "mkdocs.yml").write_text(settings)
    page = PAGE.replace("title: Knee", "title: 010").replace("The knee.", "1.50")
    (small / "docs/knee.md").write_text(f'{page}\n<img src="nowhere.png" alt="A knee">\n')
    done = build(small)
    assert done.returncode == 0, done.stderr
    made = (small / "site/knee.html").read_text("utf-8")
    assert "<title>010 - Small</title>" in made and 'content="1.50"' in made
    assert "Stop at ALT &lt;ULN &amp; 3*ULN." in made


def test_a_link_to_a_question_that_is_not_there_fails(small):
    page = small / "docs/knee.md"
    page.write_text(PAGE.replace("(#knee-2)", "(#knee-3)"))
    done = build(small)
    assert done.returncode == 1
    assert "#knee-3" in done.stderr


def test_a_broken_bank_stops_the_build_and_leaves_the_old_site(small):
    build(small)
    before = (small / "site/knee.html").read_bytes()
    bank = small / "quizzes/knee.yml"
    bank.write_text(
        BANK.replace("type: single", "type: singel").replace("answer: 2", "answer: two")
    )
    done = build(small)
    assert done.returncode == 1
    assert "quizzes/knee.yml:5:11: unknown type 'singel' (did you mean single?)" in done.stderr
    assert "quizzes/knee.yml:15:13: answer is 'two' (write a number)" in done.stderr
    assert "Traceback" not in done.stderr
    assert (small / "site/knee.html").read_bytes() == before


def test_an_edited_bank_shows_in_the_next_build_whatever_the_cache_holds(small):
    build(small)
    for entry in filter(Path.is_file, (small / ".cache/viva").iterdir()):
        entry.write_bytes(entry.read_bytes()[:-3])
    bank = small / "quizzes/knee.yml"
    bank.write_text(BANK.replace("Patella", "Kneecap"))
    assert build(small).returncode == 0
    page = (small / "site/self-checks/knee.html").read_text("utf-8")
    assert "Kneecap" in page
    assert "Patella" not in page


def test_with_and_without_a_cache_the_bytes_are_the_same(small):
    pages = []
    for _ in range(2):
        assert build(small).returncode == 0
        pages.append((small / "site/knee.html").read_bytes())
    shutil.rmtree(small / ".cache")
    assert build(small).returncode == 0
    assert {*pages, (small / "site/knee.html").read_bytes()} == {pages[0]}


def _elsewhere(small: Path) -> Path:
    """Another page, to which the page on the knee links."""
    hip = small / "docs/hip.md"
    hip.write_text("---\ndescription: Hip.\n---\n# Hip\n\n## The joint\n")
    (small / "docs/knee.md").write_text(f"{PAGE}\nSee [the hip](hip.md#the-joint).\n")
    settings = small / "mkdocs.yml"
    settings.write_text(f"{settings.read_text()}  - hip.md\n")
    return hip


def test_a_kept_page_is_checked_against_the_others_all_the_same(small):
    hip = _elsewhere(small)
    assert build(small).returncode == 0
    hip.write_text(hip.read_text().replace("The joint", "The capsule"))
    for _ in range(2):  # what was wrong once is not kept as if it were sound
        done = build(small)
        assert done.returncode == 1
        assert "does not contain an anchor '#the-joint'" in done.stderr
    hip.unlink()
    for _ in range(2):
        done = build(small)
        assert done.returncode == 1
        assert "'hip.md'" in done.stderr


def test_a_kept_page_follows_the_glossary_and_the_references(small):
    build(small)
    glossary, references = small / "docs/glossary.md", small / "docs/references.bib"
    glossary.write_text(glossary.read_text().replace("Magnetic resonance", "Magnetic imaging"))
    references.write_text("@misc{abel, title={A}}\n@misc{smith, title={On knees}}")
    assert build(small).returncode == 0
    page = (small / "site/knee.html").read_text("utf-8")
    assert 'title="Magnetic imaging"' in page and ">MRI</abbr>" in page
    assert re.search(r'href="references.html#ref-smith"[^>]*>2</a>', page)


def test_a_page_that_includes_other_files_is_converted_each_time(small):
    settings, part = small / "mkdocs.yml", small / "docs/part.txt"
    settings.write_text(
        settings.read_text().replace(
            "[attr_list, def_list]",
            f"[attr_list, pymdownx.snippets: {{base_path: [{small / 'docs'}]}}]",
        )
    )
    (small / "docs/index.md").write_text('---\ndescription: H.\n---\n# Home\n\n--8<-- "part.txt"\n')
    for text in ("First words.", "Other words."):
        part.write_text(text)
        assert build(small).returncode == 0
        assert text in (small / "site/index.html").read_text("utf-8")


@pytest.mark.long
def test_two_builds_at_once_do_not_disturb_each_other(small):
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir"]
    running = [subprocess.Popen([*command, f"site-{n}"], cwd=small) for n in range(2)]
    assert [process.wait() for process in running] == [0, 0]
    one, other = ((small / f"site-{n}/self-checks/knee.html").read_bytes() for n in range(2))
    assert one == other


def test_a_course_without_banks_is_an_ordinary_site(small):
    shutil.rmtree(small / "quizzes")
    page = small / "docs/knee.md"
    page.write_text("---\ndescription: K.\n---\n# Knee\n")
    settings = small / "mkdocs.yml"
    settings.write_text(settings.read_text().replace("  - Checks: self-checks/index.md\n", ""))
    assert build(small).returncode == 0
    assert "viva.js" not in (small / "site/knee.html").read_text("utf-8")
