"""What a build promises: the same bytes for the same input, and nothing where a link is broken."""

from __future__ import annotations

import hashlib
import subprocess
from pathlib import Path

import pytest

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


REFUSED = {
    "site_url: https://[::1": "mkdocs.yml:5:11: https://[::1 is no address (copy it anew from your browser)",
    "docs_dir: nope": "mkdocs.yml:5:11: there is no folder nope for the pages (make it, or correct docs_dir)",
    "hooks: [nope.py]": "mkdocs.yml:5:8: there is no file nope.py (correct hooks, or put it there)",
}


@pytest.mark.parametrize("line", REFUSED)
def test_what_an_engine_cannot_use_is_told_with_its_line_and_once(tmp_path, line):
    done = _build_with_page(tmp_path, "# Hello\n", line)
    said = f"{REFUSED[line]}\n1 problem: nothing was built.\n"
    assert (done.returncode, done.stdout, done.stderr) == (1, "", said)


def _build_with_page(root: Path, page: str, more: str = "") -> subprocess.CompletedProcess[str]:
    for folder in ("docs", "quizzes", "site/assets/viva"):
        (root / folder).mkdir(parents=True)
    (root / "mkdocs.yml").write_text(f"{SETTINGS}{more}\n")
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


@pytest.mark.parametrize("line", ["site_url: https://[::1", "x: [", "nav: 5"])
def test_a_preview_goes_on_with_the_settings_before_and_recovers(tmp_path, monkeypatch, capsys, line):
    from viva.engines.mkdocs import __main__ as program

    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/index.md").write_text("# Hello\n")
    sound = f"{SETTINGS}site_description: one\n"
    settings = tmp_path / "mkdocs.yml"
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(program, "USED", [])
    settings.write_text(f"{sound}{line}\n")
    with pytest.raises(program.Unusable):
        program.load()
    settings.write_text(sound)
    assert program.load().site_description == "one"
    settings.write_text(f"{sound}{line}\n")
    assert program.load().site_description == "one"
    assert program.INSTEAD
    assert "mkdocs.yml:6:" in capsys.readouterr().err or line == "x: ["
    settings.write_text(sound.replace("one", "two"))
    assert program.load().site_description == "two"
    assert not program.INSTEAD


STOPPED = {
    "nav: [gone.md]": "mkdocs.yml:5:7: there is no page docs/gone.md",
    "toc: 5": "mkdocs.yml:5:1: unknown setting toc",
    "markdown_extensions: [gone]": "mkdocs.yml:5:23: extension gone: there is no module gone",
}


@pytest.mark.parametrize("line", STOPPED)
def test_what_stops_a_build_is_told_as_check_tells_it_and_nothing_beside_it(tmp_path, line):
    done = _build_with_page(tmp_path, "# Hello\n", line)
    said, end = done.stderr.splitlines()
    assert (done.returncode, done.stdout, end) == (1, "", "1 problem: nothing was built.")
    assert said.startswith(STOPPED[line])
    assert (tmp_path / "site" / "index.html").read_text() == OLD


def test_a_link_that_leads_nowhere_is_told_once_with_its_line(tmp_path):
    done = _build_with_page(tmp_path, "# Hello\n\n[a](gone.md)\n")
    said = "docs/index.md:3:1: the link gone.md leads nowhere (did you mean offline.md?)"
    assert done.stderr == f"{said}\n1 problem: nothing was built.\n"


def test_an_id_that_is_none_stops_the_build(tmp_path):
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/index.md").write_text("# Hello\n")
    (tmp_path / "mkdocs.yml").write_text("site_name: T\nplugins: [viva: {course: {id: My course}}]\n")
    done = commands.viva("build", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("mkdocs.yml:2:31: id 'My course' is not an id")
