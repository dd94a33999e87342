"""What Windows and macOS do otherwise, tried by pretending: names, line ends, consoles, browsers."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

import building
from sampled import long
from viva.base import files, windows
from viva.base.refused import Refused
from viva.cli import main
from viva.course import courses
from viva.course.layout import Layout
from viva.offline import browser


@pytest.mark.parametrize(
    ("name", "why"),
    {
        "aux.md": "aux is the name of a device there",
        "COM1.yml": "COM1 is the name of a device there",
        "Nul.svg": "Nul is the name of a device there",
        'a"b.png': 'it has the sign "',
        "con": "con is the name of a device there",
        "what?.md": "it has the sign ?",
        "a:b.yml": "it has the sign :",
        "end.": "it ends in a point or a space",
        "auxiliary.md": None,
        "com10.md": None,
        "console.yml": None,
        "größe.md": None,
    }.items(),
)
def test_a_name_that_windows_cannot_hold(name, why):
    assert windows.fault(name) == why


@pytest.mark.parametrize(
    "words", [("new", "course", "aux"), ("new", "bank", "nul"), ("sitting", "new", "week-1", "--name", "con")]
)
def test_nothing_new_gets_such_a_name(tmp_path, monkeypatch, words):
    """On Windows a bank called nul would be written to nowhere."""
    building.copied(building.NEUTRAL, tmp_path)
    monkeypatch.chdir(tmp_path)
    before = sorted(tmp_path.rglob("*"))
    done = CliRunner().invoke(main, [*words])
    assert done.exit_code and "is the name of a device there (rename it" in done.stderr
    assert [one for one in sorted(tmp_path.rglob("*")) if ".cache" not in one.parts] == before


def _course(folder: Path, end: str) -> courses.Course:
    for path in (building.ROOT / "tests/formulas").rglob("*"):
        if path.is_file():
            target = folder / path.relative_to(building.ROOT / "tests/formulas")
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(path.read_text("utf-8").replace("\n", end).encode())
    return courses.load(Layout.of(folder))


def test_the_check_names_it(tmp_path):
    _course(tmp_path, "\n")
    (tmp_path / "docs/modules/aux.md").write_text("---\ntitle: A\ndescription: A.\n---\n# A\n")
    found = [str(one) for one in courses.load(Layout.of(tmp_path)).problems if one.code == "RD010"]
    assert found == [
        "docs/modules/aux.md:1:1: Windows cannot hold a file of this name: "
        "aux is the name of a device there (rename it: letters, digits, hyphens)"
    ]


DEEP = f"modules/{'a-folder-with-a-long-name/' * 7}page.md"
"""A page whose path has more than 180 characters, so that a folder above it breaks it."""


def _long_course(folder: Path) -> courses.Course:
    page = folder / "docs" / DEEP
    page.parent.mkdir(parents=True)
    page.write_text("---\ntitle: A\ndescription: A.\n---\n# A\n", "utf-8")
    return _course(folder, "\n")


def test_a_path_that_is_too_long_for_colleagues_is_a_warning(tmp_path):
    found = [one for one in _long_course(tmp_path).problems if one.code == "RD010"]
    assert [(one.path, one.severity) for one in found] == [(f"docs/{DEEP}", "warning")]
    assert f"{len('docs/' + DEEP)} characters long from the folder of the course on" in found[0].message


def test_a_path_that_this_computer_cannot_hold_is_named_before_anything_fails(tmp_path, monkeypatch):
    monkeypatch.setattr(windows, "HERE", True)
    monkeypatch.setattr(windows, "LONGEST", len(str(tmp_path / "docs" / DEEP)) - 1)
    found = [one for one in _long_course(tmp_path).problems if one.code == "RD010"]
    assert [(one.path, one.severity) for one in found] == [(f"docs/{DEEP}", "error")]
    assert "move the course nearer to the root of the disk" in found[0].message
    with pytest.raises(Refused, match=r"longer than Windows allows \(move the course"):
        files.write(tmp_path / "docs" / DEEP, "new")
    assert (tmp_path / "docs" / DEEP).read_text("utf-8").startswith("---")


def test_what_windows_calls_missing_is_called_too_long(tmp_path, monkeypatch):
    monkeypatch.setattr(windows, "HERE", True)
    beside = str(tmp_path / ("a" * windows.LONGEST))
    said = str(files.refused(FileNotFoundError(errno.ENOENT, "", beside), "a.yml"))
    assert said.startswith("a.yml cannot be written: with all its folders it is longer than Windows allows")
    assert "it is not there" in str(files.refused(FileNotFoundError(errno.ENOENT, "", "b"), "a.yml"))


def test_line_ends_of_windows_change_nothing(tmp_path):
    unix, other = _course(tmp_path / "unix", "\n"), _course(tmp_path / "windows", "\r\n")
    assert other.problems == unix.problems
    assert other.questions == unix.questions
    pages = [
        {path: course.converter.html(page.body) for path, page in course.pages.items()}
        for course in (unix, other)
    ]
    assert pages[0] == pages[1]


@pytest.mark.parametrize("console", [long("cp437"), "cp1252", long("ascii")])
def test_a_console_with_few_letters_ends_no_command(tmp_path, console):
    _course(tmp_path, "\n")
    (tmp_path / "quizzes/größe.yml").write_text("title: Größe ≥ 1\nfragen: →\n", "utf-8")
    run = "from viva.cli import main; main(['check'])"
    surroundings = os.environ | {"PYTHONIOENCODING": console, "PYTHONUTF8": "0"}
    command = [sys.executable, "-c", run]
    done = subprocess.run(command, cwd=tmp_path, env=surroundings, capture_output=True, check=False)
    assert done.returncode == 1
    assert b"Traceback" not in done.stderr and b"quizzes" in done.stdout + done.stderr


@pytest.mark.parametrize(
    ("system", "name"),
    [
        ("PROGRAMFILES", "Google/Chrome/Application/chrome.exe"),
        ("PROGRAMFILES(X86)", "Microsoft/Edge/Application/msedge.exe"),
        ("macOS", "Google Chrome.app/Contents/MacOS/Google Chrome"),
    ],
)
def test_a_browser_that_is_on_no_path_is_found(tmp_path, monkeypatch, system, name):
    there = tmp_path / name
    there.parent.mkdir(parents=True)
    there.write_bytes(b"")
    monkeypatch.delenv("VIVA_BROWSER", raising=False)
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(browser, "MAC_FOLDERS", (tmp_path,) if system == "macOS" else ())
    if system != "macOS":
        monkeypatch.setenv(system, str(tmp_path))
    assert browser.find() == str(there)
