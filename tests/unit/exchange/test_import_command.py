"""`viva import` keeps the promises of the command line, and nothing it reads ends in a traceback."""

from __future__ import annotations

import json
import re
import shutil
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from viva.cli import main, talk
from viva.course import courses
from viva.course.layout import Layout
from viva.exchange.importers import gift

FILES = Path(__file__).parents[2] / "imports"


@pytest.fixture
def run(make_course, tmp_path, monkeypatch):
    """Run `viva` in a small course that holds a copy of the samples."""
    make_course()
    shutil.copytree(FILES, tmp_path / "in")
    monkeypatch.chdir(tmp_path)

    def invoke(*arguments: str):
        return CliRunner().invoke(main, arguments)

    return invoke


def test_the_path_goes_to_stdout_and_the_talk_to_stderr(run, tmp_path):
    done = run("import", "in/heart.moodle.xml", "--bank", "heart")
    assert (done.exit_code, done.stdout) == (0, "quizzes/heart.yml\n")
    assert "12 questions: 6 as they were, 4 changed, 2 left out; 1 picture" in done.stderr
    assert "question 11 “Essay”: left out: essay" in done.stderr
    assert "viva check" in done.stderr
    assert (tmp_path / "docs/assets/imported/heart/half.png").is_file()
    assert courses.load(Layout.of(tmp_path)).problems == ()
    assert run("check", "--ignore", "LO").exit_code in (0, 1)


def test_a_bank_is_never_overwritten(run, tmp_path):
    before = (tmp_path / "quizzes/knee.yml").read_bytes()
    done = run("import", "in/heart.gift", "--bank", "knee")
    assert done.exit_code == 1 and "already there" in done.stderr
    assert (tmp_path / "quizzes/knee.yml").read_bytes() == before


def test_on_trial_nothing_is_written(run, tmp_path):
    before = sorted(tmp_path.rglob("*"))
    done = run("import", "in/heart.moodle.xml", "--dry-run")
    assert done.exit_code == 0 and "Nothing was written" in done.stderr
    assert sorted(tmp_path.rglob("*")) == before


def test_the_report_as_json(run):
    done = run("import", "in/heart.csv", "--format", "json", "--dry-run")
    report = json.loads(done.stdout)
    assert report["format"] == "table" and report["questions"] == 6
    assert (report["changed"], report["left_out"]) == (1, 1)
    assert report["findings"][0].keys() == {"place", "kind", "message", "question"}


def test_the_bank_is_named_after_the_file(run):
    assert run("import", "in/heart.aiken.txt").stdout == "quizzes/heart.yml\n"
    assert run("import", "in/heart.gift", "--bank", "No Name").exit_code == 2


def test_a_format_can_be_said(run, tmp_path):
    (tmp_path / "a.txt").write_text("Which?\nA. x\nB. y\nANSWER: A\n", "utf-8")
    assert run("import", "a.txt", "--from", "aiken").exit_code == 0
    done = run("import", "a.txt", "--from", "aikn", "--bank", "b")
    assert done.exit_code == 2 and "did you mean aiken?" in done.stderr
    done = run("import", "a.txt", "--from", "qti", "--bank", "b")
    assert done.exit_code == 1 and done.exception.__class__ is SystemExit


def test_an_update_by_id(run, tmp_path):
    run("import", "in/heart.gift", "--bank", "heart")
    path = tmp_path / "in/heart.gift"
    path.write_text(path.read_text("utf-8").replace("How many chambers", "How many rooms"), "utf-8")
    done = run("import", "in/heart.gift", "--bank", "heart", "--update")
    assert done.exit_code == 0 and "0 replaced" not in done.stderr
    assert "How many rooms has it?" in (tmp_path / "quizzes/heart.yml").read_text("utf-8")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.xml", b""),
        ("a.xml", b"<quiz>"),
        ("a.zip", b"PK\x03\x04"),
        ("a.docx", b"PK\x05\x06" + b"\0" * 18),
        ("a.bin", bytes(range(256))),
        ("a.txt", b"nothing to ask"),
        ("a.json", b"{}"),
    ],
)
def test_what_nobody_knows_is_refused_in_one_sentence(run, tmp_path, name, content):
    (tmp_path / name).write_bytes(content)
    done = run("import", name)
    assert done.exit_code == 1 and done.stdout == ""
    assert done.stderr.startswith("Error: ") and done.stderr.count("\n") == 1


def test_a_file_that_is_not_there(run):
    done = run("import", "in/heart.gif")
    assert done.exit_code == 2 and "did you mean in/heart.gift?" in done.stderr


@pytest.mark.parametrize("watched", [True, False])
def test_a_bar_shows_on_a_terminal_only(monkeypatch, watched):
    monkeypatch.setattr(talk, "PATIENCE", -1.0)
    with CliRunner().isolation() as (_, err, _):
        monkeypatch.setattr(sys.stderr, "isatty", lambda: watched, raising=False)
        with talk.bar("Importing a.xml") as bar:
            bar.expect(200)
            for _ in range(200):
                bar.tick()
            bar.expect(200)
        said = err.getvalue()
    assert (b"Importing a.xml" in said) == watched and (b"100%" in said) == watched
    assert watched or said == b""


@pytest.mark.parametrize(("what", "ending"), [("table", "xlsx"), ("word", "docx")])
def test_blanks_to_fill_in(run, tmp_path, what, ending):
    done = run("new", what, f"heart.{ending}")
    assert (done.exit_code, done.stdout) == (0, f"heart.{ending}\n")
    assert f"viva import heart.{ending}" in done.stderr
    assert run("import", f"heart.{ending}").exit_code == 0
    assert courses.load(Layout.of(tmp_path)).problems == ()
    assert run("new", what, f"heart.{ending}").exit_code == 2


def test_a_question_at_which_viva_fails_costs_that_one(run, tmp_path, monkeypatch):
    real = gift._asked
    monkeypatch.setattr(gift, "_asked", lambda body, texts: 1 / 0 if "vein" in body else real(body, texts))
    (tmp_path / "a.gift").write_text("::a:: An artery? {T}\n\n::b:: A vein? {F}\n\n::c:: A valve? {T}\n")
    done = run("import", "a.gift")
    assert (done.exit_code, done.stdout) == (1, "quizzes/a.yml\n")
    assert done.stderr.count("ZeroDivisionError") == 1
    assert "line 3 “b”: left out: ZeroDivisionError: division by zero (this is a fault" in done.stderr
    assert "An artery?" in (written := (tmp_path / "quizzes/a.yml").read_text()) and "A valve?" in written


def test_an_odd_number_in_a_file_is_no_failure(run, tmp_path):
    pool = (FILES / "heart.pool.dat").read_text("utf-8")
    odd = re.sub(r" order='?\"?(\d)['\"]?", r" order='\1ÿ'", pool)
    assert odd != pool
    (tmp_path / "odd.dat").write_text(odd, "utf-8")
    done = run("import", "odd.dat", "--dry-run")
    assert done.exit_code == 0 and "fault of viva" not in done.stderr
