"""What one file says of another."""

from __future__ import annotations

import pytest

QUESTION = """
  - id: {id}
    type: single
    stem: S?
    options: [{{text: A, correct: true}}, {{text: B}}]
"""


def messages(course) -> list[str]:
    return [str(problem) for problem in course.problems]


def test_a_sound_course_has_no_problems(make_course):
    course = make_course()
    assert messages(course) == []
    assert (len(course.banks), course.count(), list(course.objectives)) == (1, 1, ["knee-1"])


CROSS = {
    "objective": (
        ("objective: knee-1", "objective: knee-11"),
        "quizzes/knee.yml:6:16: no module declares the objective knee-11 (did you mean knee-1?)",
    ),
    "reference": (
        ("[smith2001]", "[smyth2001]"),
        "quizzes/knee.yml:15:18: reference smyth2001 is not in docs/references.bib "
        "(did you mean smith2001?)",
    ),
    "citation in a text": (
        ("It is lateral.", "It is lateral [@smith2010]."),
        "quizzes/knee.yml:10:14: [@smith2010] is not in docs/references.bib "
        "(did you mean smith2001?)",
    ),
    "heading": (
        ("#the-two-menisci", "#the-menisci"),
        "quizzes/knee.yml:14:11: docs/modules/knee.md has no heading #the-menisci "
        "(did you mean the-two-menisci?)",
    ),
    "page": (
        ("modules/knee.md#", "modules/kne.md#"),
        "quizzes/knee.yml:14:11: there is no page docs/modules/kne.md "
        "(did you mean modules/knee.md?)",
    ),
    "module": (
        ("module: modules/knee.md", "module: modules/knie.md"),
        "quizzes/knee.yml:2:9: there is no page docs/modules/knie.md "
        "(did you mean modules/knee.md?)",
    ),
    "image": (
        ("    options:\n", "    figure: {src: a.png, alt: A}\n    options:\n"),
        "quizzes/knee.yml:8:19: there is no file docs/a.png "
        "(check the name; src is relative to docs/)",
    ),
    "image outside the docs": (
        ("    options:\n", "    figure: {src: ../mkdocs.yml, alt: A}\n    options:\n"),
        "quizzes/knee.yml:8:19: there is no file docs/../mkdocs.yml "
        "(check the name; src is relative to docs/)",
    ),
}


@pytest.mark.parametrize("name", CROSS)
def test_what_is_not_there_gets_one_message(make_course, sound_bank, name):
    (old, new), message = CROSS[name]
    assert old in sound_bank
    assert messages(make_course({"quizzes/knee.yml": sound_bank.replace(old, new)})) == [message]


def test_an_id_is_unique_in_the_course_even_in_a_step(make_course):
    case = """\
    title: Case
    questions:
      - id: a-case
        type: case
        vignette: V
        steps:
          - id: knee-bones
            type: numeric
            stem: x?
            answer: 1
    """
    assert messages(make_course({"quizzes/case.yml": case})) == [
        "quizzes/knee.yml:4:9: id knee-bones is already used at quizzes/case.yml:7 "
        "(ids are unique in the course)"
    ]


def test_cross_mistakes_are_found_in_a_broken_question_too(make_course, sound_bank):
    broken = sound_bank.replace("stem:", "stm:").replace("knee-1\n", "knee-2\n")
    assert len(messages(make_course({"quizzes/knee.yml": broken}))) == 2


def test_a_page_that_asks_for_no_known_question(make_course):
    page = (
        "# P\n\n[viva: knee-bone]\n\n[viva later: knee-bones]\n\n[viva:]\n\n```\n[viva: x]\n```\n"
    )
    assert messages(make_course({"docs/p.md": page})) == [
        "docs/p.md:3:1: there is no question knee-bone (did you mean knee-bones?)",
        "docs/p.md:5:1: unknown directive viva later (write [viva: …] or [viva before: …])",
        "docs/p.md:7:1: the directive names no question (write [viva: question-id])",
    ]


def test_a_page_that_cites_no_known_source(make_course):
    assert messages(make_course({"docs/p.md": "# P\n\nSo it is [@smith2001; @nobody].\n"})) == [
        "docs/p.md:3:23: [@nobody] is not in docs/references.bib (add it there)"
    ]


def test_objectives_are_unique(make_course, sound_bank):
    page = "---\nobjectives:\n  - {id: knee-1, text: t}\n---\n# P\n"
    assert messages(make_course({"docs/p.md": page})) == [
        "docs/p.md:3:10: objective knee-1 is declared in modules/knee.md too (rename one)"
    ]


def test_broken_front_matter_and_bibliography_are_reported(make_course):
    found = messages(
        make_course(
            {
                "docs/p.md": "---\na: b: c\n---\n# P\n",
                "docs/references.bib": "@article{a, title={x}}\n@book{a, title={y}}\n",
            }
        )
    )
    assert "docs/p.md:2:5: ': ' inside text (put the text in \"straight quotes\")" in found
    assert any(m.startswith("docs/references.bib:2:1: reference a is there twice") for m in found)


def test_all_mistakes_come_in_one_run_in_order(make_course, sound_bank):
    course = make_course(
        {
            "quizzes/a.yml": "a: b: c\n",
            "quizzes/b.yml": b"\xff",
            "quizzes/c.yml": "title: C\nquestions:\n  - {id: c, type: x}\n",
            "quizzes/knee.yml": sound_bank.replace("knee-1", "nix"),
        }
    )
    places = [(p.path, p.line) for p in course.problems]
    assert places == sorted(places)
    assert {p.path for p in course.problems} == {
        "quizzes/a.yml",
        "quizzes/b.yml",
        "quizzes/c.yml",
        "quizzes/knee.yml",
    }
