"""What nobody foresaw costs one thing, is named, and the rest is done."""

from __future__ import annotations

from dataclasses import replace

import pytest
from click.testing import CliRunner
from jinja2 import DictLoader, Environment, TemplateSyntaxError

from viva import lint
from viva.bank import types
from viva.base import net
from viva.base.cache import Cache
from viva.base.refused import Refused
from viva.cli import main
from viva.lint import RULES
from viva.site import study
from viva.site.site import Site
from viva.theme import Theme


def boom(*_: object, **__: object):
    raise KeyError("bones")


@pytest.fixture(autouse=True)
def nothing_caught():
    net.caught()
    yield
    net.caught()


def test_a_failure_is_caught_told_once_and_forgotten():
    assert net.attempt(boom, 7, "a.yml", "question x", lambda: 3) == 7
    (told,) = net.caught()
    assert str(told).startswith("a.yml:3:1: question x was left out: KeyError: 'bones' (this is a fault of viva")
    assert net.caught() == []


def test_a_template_that_fails_is_named():
    with pytest.raises(TemplateSyntaxError) as caught:
        Environment(loader=DictLoader({"a.html": "\n{{ }"})).get_template("a.html")
    assert net.said_of(caught.value) == "TemplateSyntaxError: unexpected '}' (a.html, line 2)"


def test_what_a_command_refuses_is_no_failure():
    def refuse() -> None:
        raise Refused("no")

    with pytest.raises(Refused):
        net.attempt(refuse, None, "a.yml")


def test_a_question_that_fails_costs_that_one(make_course, sound_bank, monkeypatch):
    two = sound_bank + sound_bank.partition("questions:\n")[2].replace("knee-bones", "knee-two")
    real = types.check
    monkeypatch.setattr(types, "check", lambda one: boom() if one.id == "knee-two" else real(one))
    course = make_course({"quizzes/knee.yml": two})
    assert list(course.questions) == ["knee-bones"]
    assert [p.message.split(" was ")[0] for p in course.problems] == ["question knee-two"]


@pytest.mark.parametrize("may_part", [True, False])
def test_study_pages_do_without_a_question_that_cannot_be_made(make_course, sound_bank, monkeypatch, may_part):
    two = sound_bank + sound_bank.partition("questions:\n")[2].replace("knee-bones", "knee-two")
    course = make_course({"quizzes/knee.yml": two})
    site = Site(course, Theme(), Cache(course.layout.cache))
    real = types.names
    monkeypatch.setattr(types, "names", lambda one: boom() if one.id == "knee-two" else real(one))
    made = dict(study.files(site, list(course.banks), "Knees", may_part))
    assert [one["id"] for one in study.data(site, list(course.banks), "Knees")["questions"]] == ["knee-bones"]
    (asked,) = (text for path, text in made.items() if path != study.DATA)
    assert "knee-bones" in asked and "knee-two" not in asked


def test_a_question_of_which_nothing_can_be_told_is_in_no_list(make_course, sound_bank, monkeypatch):
    course = make_course()
    site = Site(course, Theme(), Cache(course.layout.cache))
    monkeypatch.setattr(types, "running", boom)
    assert study.data(site, list(course.banks), "Knees")["questions"] == []
    assert [str(one).split(" was ")[0] for one in net.caught()] == ["quizzes/knee.yml:1:1: question knee-bones"]


def test_where_the_whole_cannot_do_without_a_question_it_is_named(tmp_path, make_course, monkeypatch):
    make_course({"quizzes/assignments/week-1.yml": "title: Week 1\nquestions: [knee-bones]\n"})
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(types, "interaction", boom)
    monkeypatch.setattr(types, "how", boom)
    said = "Error: knee-bones: KeyError: 'bones' (this is a fault of viva"
    for command in (["export", "gift"], ["print", "quizzes/assignments/week-1.yml", "--out", "paper", "--format", "docx"]):
        done = CliRunner().invoke(main, command)
        assert done.exit_code == 1 and said in done.output, done.output


def test_a_rule_that_fails_finds_nothing_and_the_others_do(make_course, monkeypatch):
    broken = next(one for one in RULES.values() if one.scope == "question" and not one.traits)
    monkeypatch.setitem(RULES, broken.code, replace(broken, check=boom))
    course = make_course()
    lint.check(course)
    assert f"rule {broken.code} was left out" in str(net.caught()[0])


def test_a_command_that_fails_says_so_without_a_traceback(tmp_path, monkeypatch):
    (tmp_path / "mkdocs.yml").write_text("site_name: T\n")
    (tmp_path / "docs").mkdir()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("viva.cli.course.read", boom)
    done = CliRunner().invoke(main, ["check"])
    assert done.exit_code == 1
    assert "Error: KeyError: 'bones' (this is a fault of viva" in done.output
    assert "Traceback" not in done.output
    monkeypatch.setenv(net.TRACE, "1")
    assert isinstance(CliRunner().invoke(main, ["check"]).exception, KeyError)


def test_what_was_left_out_makes_a_command_fail(tmp_path, monkeypatch, make_course):
    make_course()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("viva.course.directives.read", boom)
    done = CliRunner().invoke(main, ["check"])
    assert done.exit_code == 1
    assert "docs/modules/knee.md:1:1: what is on this page was left out" in done.stderr
