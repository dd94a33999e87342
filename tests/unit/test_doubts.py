"""A broken file tells its own mistake, and none is told that only follows from it."""

from __future__ import annotations

import pytest

from viva.assignments import load_all
from viva.base.problems import in_order

WEEK = "title: Week\nquestions: [knee-bones, {draw: 1, bank: knee}, {draw: 1, objective: knee-1}]\n"
BREAKS = {
    "a mistyped type": ("type: single", "type: singel", "4:"),
    "a missing id": ("id: knee-bones", "idd: knee-bones", "4:"),
    "no YAML": ("title: Knee", "title: [", "1:"),
    "no list": ("questions:\n", "questions: {}\nothers:\n", "3:"),
}


def everything(course) -> list[str]:
    _, problems = load_all(course)
    return [str(p) for p in in_order([*course.problems, *problems])]


@pytest.mark.parametrize("name", BREAKS)
def test_of_a_broken_bank_only_its_own_mistake_is_told(make_course, sound_bank, name):
    old, new, _ = BREAKS[name]
    bank = sound_bank.replace(old, new)
    found = everything(make_course({"quizzes/knee.yml": bank, "quizzes/assignments/week-1.yml": WEEK}))
    assert found
    assert all(one.startswith("quizzes/knee.yml:") for one in found), found
    assert not any("there is no question" in one for one in found)


def test_of_a_page_that_cannot_be_read_only_its_own_mistake_is_told(make_course, sound_module):
    raw = sound_module.encode() + b"\xe9"
    assert [one[:24] for one in everything(make_course({"docs/modules/knee.md": raw}))] == ["docs/modules/knee.md:15:"]


def test_of_an_empty_page_only_that_is_told(make_course):
    blueprint = "objectives: {knee-1: 2}\n"
    for text in ("", " \n\n"):
        files = {"docs/modules/knee.md": text, "quizzes/blueprint.yml": blueprint}
        assert everything(make_course(files)) == [
            "docs/modules/knee.md:1:1: the page is empty (write a # heading and its text, or delete the file)"
        ]


def test_of_a_bank_that_is_not_read_for_its_twin_only_that_is_told(make_course, sound_bank, sound_module):
    twin = sound_bank.replace("knee-bones", "knee-others")
    page = f"{sound_module}\n[viva: knee-bones]\n"
    files = {"quizzes/a/knee.yml": twin, "docs/modules/knee.md": page, "quizzes/assignments/week-1.yml": WEEK}
    found = everything(make_course(files))
    assert found and all("has the same name" in one for one in found), found


def test_of_broken_objectives_only_their_own_mistake_is_told(make_course, sound_module):
    page = sound_module.replace("  - id: knee-1", "  - idd: knee-1")
    found = everything(make_course({"docs/modules/knee.md": page, "quizzes/blueprint.yml": "objectives: {knee-1: 2}\n"}))
    assert found == ["docs/modules/knee.md:4:5: unknown field idd (did you mean id?)"]


AIMS = {
    "objectives:": ("objective:", "unknown field objective (did you mean objectives?)"),
    "id: knee-1": ("id: knee 1", "id 'knee 1' is not an id"),
    "text: name the bones": ("text: [a]", "text is a list"),
}


@pytest.mark.parametrize("part", AIMS)
def test_nothing_follows_from_an_objective_with_a_mistake(make_course, sound_module, part):
    wrong, said = AIMS[part]
    page = sound_module.replace(part, wrong)
    (found,) = everything(make_course({"docs/modules/knee.md": page, "quizzes/blueprint.yml": "objectives: {knee-1: 2}\n"}))
    assert found.startswith("docs/modules/knee.md:") and said in found


def test_of_two_with_one_name_only_that_is_told(make_course, sound_module, sound_bank):
    declared = "  - id: knee-1\n"
    page = sound_module.replace("  - id: knee-1\n", "  - id: knee-1\n    text: name two\n  - id: knee-1\n")
    assert page != sound_module and declared in page
    bank = sound_bank.replace("objective: knee-1", "objective: knee-2")
    (found,) = everything(make_course({"docs/modules/knee.md": page, "quizzes/knee.yml": bank}))
    assert "objective knee-1 is declared in modules/knee.md too" in found
    bank = sound_bank + sound_bank.partition("questions:\n")[2]
    page = f"{sound_module}\n[viva: knee-others]\n"
    week = "title: Week\nquestions: [knee-others]\n"
    files = {"docs/modules/knee.md": page, "quizzes/knee.yml": bank, "quizzes/assignments/week-1.yml": week}
    (found,) = everything(make_course(files))
    assert "id knee-bones is already used" in found


@pytest.mark.parametrize("mode", ["mode: exm", "mood: exam", "mode: [exam]"])
def test_nothing_follows_from_the_mode_of_an_assignment(make_course, mode):
    week = f"title: W\nquestions: [knee-bones]\n{mode}\ntime_limit: 30\n"
    (found,) = everything(make_course({"quizzes/assignments/week-1.yml": week}))
    assert found.startswith("quizzes/assignments/week-1.yml:3:")


def test_a_question_that_nobody_has_written_is_still_missed(make_course):
    text = "title: Week\nquestions: [knee-bone]\n"
    found = everything(make_course({"quizzes/assignments/week-1.yml": text}))
    assert found == ["quizzes/assignments/week-1.yml:2:13: there is no question knee-bone (did you mean knee-bones?)"]
