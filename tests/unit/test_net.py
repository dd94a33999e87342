"""What nobody foresaw costs one thing, is named, and the rest is done."""

from __future__ import annotations

from dataclasses import replace

import pytest
from click.testing import CliRunner

from viva import lint
from viva.bank import types
from viva.base import net
from viva.base.refused import Refused
from viva.cli import main
from viva.lint import RULES


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
