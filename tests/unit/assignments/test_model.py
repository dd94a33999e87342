"""An assignment as its teacher writes it."""

from __future__ import annotations

import pytest

from viva.assignments import load_all
from viva.build import edition as editions
from viva.build import stage

PRIVATE = """\
title: Week 1
questions:
  - knee-bones
private:
  - id: secret-one
    type: single
    objective: knee-1
    stem: Which is it?
    options:
      - text: This
        correct: true
      - text: That
"""


def test_questions_come_in_the_order_of_the_file(make_week):
    _, found = make_week("title: T\nquestions: [a-single, knee-bones, a-case]\n")
    assert [question.id for question in found.questions] == ["a-single", "knee-bones", "a-case"]
    assert (found.id, found.mode, found.attempts, found.due) == ("week-1", "homework", 1, None)


def test_private_questions_join_and_are_in_no_bank(make_week):
    course, found = make_week(PRIVATE)
    assert [question.id for question in found.questions] == ["knee-bones", "secret-one"]
    assert found.private == {"secret-one"}
    assert "secret-one" not in course.questions


def test_a_private_question_may_stand_where_it_is_named(make_week):
    _, found = make_week(PRIVATE.replace("  - knee-bones", "  - secret-one\n  - knee-bones"))
    assert [question.id for question in found.questions] == ["secret-one", "knee-bones"]


def test_a_draw_is_the_same_every_time_and_leaves_out_what_is_named(make_week):
    text = "title: T\nquestions: [{draw: 4, bank: every, seed: 7}, a-single]\n"
    one, other = make_week(text)[1], make_week(text)[1]
    assert one.questions == other.questions
    assert len({question.id for question in one.questions}) == 5
    assert one.questions[-1].id == "a-single"


def test_another_seed_draws_others(make_week):
    drawn = {
        tuple(
            q.id
            for q in make_week(f"title: T\nquestions: [{{draw: 4, bank: every, seed: {n}}}]\n")[
                1
            ].questions
        )
        for n in range(6)
    }
    assert len(drawn) > 3


def test_a_draw_can_ask_for_an_objective(make_week):
    _, found = make_week("title: T\nquestions: [{draw: 1, objective: knee-1}]\n")
    assert [question.id for question in found.questions] == ["knee-bones"]


def test_times_and_limits_are_read(make_week):
    _, found = make_week(
        "title: T\nquestions: [a-single]\nmode: exam\ntime_limit: 45\nattempts: 2\npass_mark: 60\n"
        "opens: 2026-12-01 08:00\ndue: 2026-12-01 18:00\n"
    )
    assert (found.mode, found.time_limit, found.attempts, found.pass_mark) == ("exam", 45, 2, 60.0)
    assert found.due.isoformat() == "2026-12-01T18:00:00"


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("questions: [knee-bones]\n", 1, "assignment has no title"),
        (
            "title: T\nquestons: [knee-bones]\n",
            2,
            "unknown field questons (did you mean questions?)",
        ),
        ("title: T\nquestions:\n  - knee-bone\n", 3, "did you mean knee-bones?"),
        ("title: T\nquestions:\n  - knee-bones\n  - knee-bones\n", 4, "is here twice"),
        ("title: T\n", 1, "the assignment has no questions"),
        ("title: T\nquestions: [{draw: 9, objective: knee-1}]\n", 2, "only 1 question fits"),
        ("title: T\nquestions: [{draw: 1, bank: nee}]\n", 2, "did you mean knee?"),
        ("title: T\nquestions: [{draw: 1, objective: nee-1}]\n", 2, "did you mean knee-1?"),
        ("title: T\nquestions: [{bank: knee}]\n", 2, "neither an id nor a rule"),
        ("title: T\nquestions: [{draw: many}]\n", 2, "draw is 'many' (write a number)"),
        ("title: T\nquestions: [knee-bones]\ndue: tomorrow\n", 3, "due is not a time"),
        (
            "title: T\nquestions: [knee-bones]\nopens: 2026-12-02\ndue: 2026-12-01\n",
            4,
            "due is not after opens",
        ),
        ("title: T\nquestions: [knee-bones]\ntime_limit: 30\n", 3, "write mode: exam"),
        ("title: T\nquestions: [knee-bones]\npass_mark: 160\n", 3, "at most 100"),
        (PRIVATE.replace("text: This", "txt: This"), 10, "unknown field txt"),
        (PRIVATE.replace("secret-one", "knee-bones"), 5, "is already used at quizzes/knee.yml"),
        (PRIVATE.replace("objective: knee-1", "objective: knee-9"), 7, "objective knee-9"),
        ("- knee-bones\n", 1, "an assignment is a mapping"),
    ],
)
def test_a_mistake_is_one_message_at_its_place(make_course, text, line, said):
    read = make_course({"quizzes/assignments/week-1.yml": text})
    found, problems = load_all(read)
    assert not found
    assert len(problems) == 1, problems
    assert said in problems[0].message
    assert (problems[0].path, problems[0].line) == ("quizzes/assignments/week-1.yml", line)


def test_all_mistakes_of_an_assignment_are_told_in_one_run(make_course):
    text = "title: T\nquestions: [knee-bonse]\nattemps: 2\ndue: tomorrow\nmode: test\n"
    _, problems = load_all(make_course({"quizzes/assignments/week-1.yml": text}))
    assert [(one.line, one.code) for one in problems] == [
        *((2, "MD516"), (3, "SC001"), (4, "SC003"), (5, "SC003"))
    ]


@pytest.mark.parametrize("text", ["- knee-bones\n", "", "5\n", "title: [\n", b"\xff\x00", "title: {a: b}\n"])
def test_a_preview_has_a_page_for_an_assignment_that_cannot_be_read(make_course, text):
    course = make_course({"quizzes/assignments/week-1.yml": text})
    edition = editions.read(course.layout, preview=True)
    assert [path.split(":")[0] for path in map(str, edition.problems)] == ["quizzes/assignments/week-1.yml"]
    page = dict(stage.pages(edition))["assignments/week-1.md"]
    assert "week-1" in page


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("2026-12-07", "2026-12-07 23:59:59"),
        ('"2026-12-07"', "2026-12-07 23:59:59"),
        ("2026-12-07 18:00", "2026-12-07 18:00:00"),
        ("2026-12-07 00:00", "2026-12-07 00:00:00"),
        ("2026-12-07T18:00:00+01:00", "2026-12-07 18:00:00+01:00"),
    ],
)
def test_what_is_due_on_a_day_is_due_at_its_end(make_course, written, moment):
    text = f"title: T\nquestions: [knee-bones]\nopens: 2026-12-07\ndue: {written}\n"
    path = "quizzes/assignments/week-1.yml"
    if written.endswith(" 00:00"):
        text = text.replace("opens: 2026-12-07", "opens: 2026-12-06")
    found, problems = load_all(make_course({path: text}))
    assert not problems
    assert str(found[0].due) == moment
    assert f"{found[0].opens:%H:%M:%S}" == "00:00:00"


def test_a_broken_assignment_leaves_the_others_alone(make_course):
    sound = "title: T\nquestions: [knee-bones]\n"
    read = make_course(
        {"quizzes/assignments/a.yml": sound, "quizzes/assignments/b.yml": "title: T\n"}
    )
    found, problems = load_all(read)
    assert [one.id for one in found] == ["a"]
    assert len(problems) == 1


def test_facts_named_by_private_questions_are_checked_too(make_course):
    facts = "- {id: F-001, module: Knee, says: It bends., status: verified}\n"
    week = PRIVATE.replace("    stem:", "    tags: [F-009]\n    stem:")
    read = make_course({"docs/evidence/facts.yml": facts, "quizzes/assignments/week-1.yml": week})
    _, problems = load_all(read)
    assert [(one.code, one.line) for one in problems] == [("MD517", 8)]


SAID = {
    "a <!-- b -->": "3:17: a comment is not shown here",
    "see [it](nosuch.md)": "3:15: there is no page docs/nosuch.md",
    "see [@nobody]": "3:15: [@nobody] is not in docs/references.bib",
    "'[viva: knee-bones]'": "3:15: a directive asks nothing here",
    '"a\\n\\n[^2]: b"': "3:21: nothing refers to the note [^2]",
    "ALT <ULN, *a* and [it](modules/knee.md)": "",
}


@pytest.mark.parametrize("text", SAID)
def test_instructions_are_looked_at_as_other_texts_are(make_course, text):
    week = f"title: T\nquestions: [knee-bones]\ninstructions: {text}\n"
    _, problems = load_all(make_course({"quizzes/assignments/week-1.yml": week}))
    found = [str(one).removeprefix("quizzes/assignments/week-1.yml:") for one in problems]
    assert [one[: len(SAID[text])] for one in found] == ([SAID[text]] if SAID[text] else [])
