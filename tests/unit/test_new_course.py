"""What `viva new course` writes."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from viva.cli import main
from viva.scaffold.courses import new_course


def test_a_new_course_has_nothing_to_mend(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    made = CliRunner().invoke(main, ["new", "course", "ecg"])
    assert made.exit_code == 0, made.output
    assert "ecg/quizzes/recall.yml" in made.stdout.split()
    monkeypatch.chdir("ecg")
    done = CliRunner().invoke(main, ["check", "--strict", "--info"])
    assert (done.exit_code, done.stdout) == (0, ""), done.stdout


@pytest.mark.parametrize("language", ["de", "ar"])
def test_a_new_course_in_another_language_has_nothing_to_mend(tmp_path, monkeypatch, language):
    monkeypatch.chdir(tmp_path)
    made = CliRunner().invoke(main, ["new", "course", "ekg", "--language", language])
    assert made.exit_code == 0, made.output
    monkeypatch.chdir("ekg")
    assert f"language: {language}\n" in Path("mkdocs.yml").read_text("utf-8")
    done = CliRunner().invoke(main, ["check", "--strict", "--info"])
    assert (done.exit_code, done.stdout) == (0, ""), done.stdout


def test_a_new_course_says_what_of_it_is_in_english(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    said = CliRunner().invoke(main, ["new", "course", "ekg", "--language", "de"]).stderr
    assert "Die Seiten und Fragen des Beispiels sind auf Englisch" in " ".join(said.split())
    assert "viva serve" in said and "Now go there" not in said
    assert "in English" not in CliRunner().invoke(main, ["new", "course", "ecg"]).stderr


def test_it_holds_six_questions_of_different_types_and_an_assignment(tmp_path):
    from viva import assignments
    from viva.course import courses
    from viva.course.layout import Layout

    new_course(tmp_path / "ecg")
    read = courses.load(Layout.of(tmp_path / "ecg"))
    kinds = [question.type for question in read.questions.values()]
    assert len(kinds) == len(set(kinds)) == 6
    asked = {one.mode: one.ids for page in read.pages.values() for one in page.directives if one.ids}
    assert asked == {"checkpoint": ("recall-why",), "before": ("spacing-highest",)}
    (one,), problems = assignments.load_all(read)
    assert len(one.questions) == 4
    assert not problems
    assert (tmp_path / "ecg/.gitignore").read_text().count("/quizzes/sittings/") == 1


@pytest.mark.parametrize(
    ("name", "title"), [("ecg", "ECG"), ("knee", "Knee"), ("acute-care_2", "Acute care 2"), ("Äther", "Äther")]
)
def test_its_name_is_that_of_its_folder(tmp_path, name, title):
    new_course(tmp_path / name)
    assert f'site_name: "{title}"' in (tmp_path / name / "mkdocs.yml").read_text("utf-8")
    assert f"# {title}\n" in (tmp_path / name / "docs/index.md").read_text("utf-8")
    assert not [path for path in (tmp_path / name).rglob("*") if path.is_file() and "@TITLE@" in path.read_text("utf-8")]


def _said(*arguments: str) -> str:
    done = CliRunner().invoke(main, ["new", "course", *arguments])
    assert done.exit_code == 1
    return done.stderr


def test_a_folder_with_anything_in_it_stays_as_it_is(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("ecg").mkdir()
    Path("ecg/mine.txt").write_text("mine")
    assert "ecg is there already and not empty (choose another name)" in _said("ecg")
    assert [path.name for path in Path("ecg").iterdir()] == ["mine.txt"]
    Path("file").write_text("")
    assert "file is there already" in _said("file")


def test_an_empty_folder_may_be_filled(tmp_path):
    (tmp_path / "ecg").mkdir()
    assert new_course(tmp_path / "ecg")


def test_a_name_that_no_title_can_have_is_refused(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert "cannot be the name of a course (use letters" in _said("a:b")
    assert not list(tmp_path.iterdir())
