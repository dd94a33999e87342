"""What a build promises: the same bytes for the same input, and nothing where a link is broken."""

from __future__ import annotations

import hashlib
import subprocess
from pathlib import Path

import commands

SETTINGS = """
site_name: Sample
theme: {name: material, font: false}
plugins: [viva]
"""
OLD = '<script src="assets/viva/viva.js"></script>the old site'


def test_two_builds_are_the_same_byte_for_byte(site, build_course, tmp_path):
    assert _digests(build_course(tmp_path / "again")) == _digests(site)


def test_a_broken_link_stops_the_build_and_leaves_the_old_site(tmp_path):
    done = _build_with_page(tmp_path, "[nothing there](nowhere.md)\n")
    assert done.returncode == 1
    assert "nowhere.md" in done.stderr
    assert (tmp_path / "site" / "index.html").read_text() == OLD


def test_a_sound_course_is_built_with_one_word_where(tmp_path):
    done = _build_with_page(tmp_path, "# Hello\n")
    said = "Built. Open site/index.html in a browser.\n"
    assert (done.returncode, done.stdout, done.stderr) == (0, "", said)
    assert "Hello" in (tmp_path / "site" / "index.html").read_text()


def _build_with_page(root: Path, page: str) -> subprocess.CompletedProcess[str]:
    for folder in ("docs", "quizzes", "site/assets/viva"):
        (root / folder).mkdir(parents=True)
    (root / "mkdocs.yml").write_text(SETTINGS)
    (root / "docs" / "index.md").write_text(page)
    (root / "site" / "index.html").write_text(OLD)
    (root / "site" / "assets/viva/viva.js").touch()
    return commands.viva("build", cwd=root)


def _digests(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
