"""What a course wants of itself: said in its settings, held by `viva check`, asked of nobody else."""

from __future__ import annotations

import pytest

from unit.lint.examples import clean, course_with, whole, write
from viva import lint
from viva.course import courses
from viva.course.layout import Layout
from viva.lint import policy

SETTINGS = """\
site_name: Test
theme: {name: material, language: en}
plugins:
  - search
  - viva:
      course:
        policy:
"""
PAGE = "docs/modules/anatomy.md"


@pytest.fixture
def found(tmp_path):
    """What is said of a course with two questions on its one objective and this policy."""

    def problems(wanted: str | None, *questions) -> list[tuple[str, int, int, str, str]]:
        course_with(list(questions) or [clean(50, 1), clean(51, 2)], tmp_path)
        lines = "".join(f"          {line}\n" for line in (wanted or "").split("\n"))
        text = SETTINGS + lines if wanted else "site_name: Test\ntheme: {language: en}\n"
        write(tmp_path / "mkdocs.yml", text)
        read = courses.load(Layout.of(tmp_path))
        assert read.problems == ()
        return [(p.path, p.line, p.column, p.code, p.message) for p in lint.check(read)]

    return problems


def test_nothing_is_wanted_that_is_not_said(found):
    assert found(None) == []
    assert found("words: {}") == []


def test_questions_for_each_objective(found):
    assert found("questions_per_objective: 2") == []
    said = "anatomy-1 has 2 questions, this course wants 3 (write more)"
    assert found("questions_per_objective: 3") == [(PAGE, 4, 7, "PL601", said)]


def test_length_of_pages_of_reading(found):
    assert found("words: {least: 2, most: 2}") == []
    (short,) = found("words: {least: 3}")
    assert short == (PAGE, 1, 1, "PL602", "the page has 2 words, this course wants 3 (say more)")
    (long,) = found("words: {most: 1}")
    assert long[-1] == "the page has 2 words, this course wants at most 1 (cut some)"


def test_american_spelling_is_found_where_it_is(found, tmp_path):
    question = clean(50, 1) | {"explanation": "The *edema* of the bone is what is seen here."}
    assert found("spelling: british", question, clean(51, 2)) == [
        ("quizzes/example.yml", 10, 16, "PL604", "“edema” is American spelling (write oedema)")
    ]
    page = tmp_path / PAGE
    page.write_text(page.read_text("utf-8") + "\nA ![Color](color.svg) of `tumors` and tumors.\n")
    places = [
        (problem.line, problem.column, problem.message)
        for problem in policy.check(lint.view(courses.load(Layout.of(tmp_path))))
        if problem.path == PAGE
    ]
    number = page.read_text("utf-8").split("\n").index("A ![Color](color.svg) of `tumors` and tumors.")
    page.write_text(page.read_text("utf-8") + "Seen at the Database Center for Life Science.\n")
    assert len(policy.check(lint.view(courses.load(Layout.of(tmp_path))))) == 2
    assert places == [(number + 1, 39, "“tumors” is American spelling (write tumours)")]


@pytest.mark.parametrize(
    ("text", "words"),
    [("The Database Center for Life Science", []), ("Centers differ. Colors too.", ["Centers", "Colors"]),
     ("the Database center", ["center"])],
)
def test_a_name_keeps_its_spelling(text, words):
    assert [found[0] for found in policy._americanisms(text)] == words


def test_reading_grade():
    easy = "The heart is a pump. It has four parts. Blood flows in and out."
    hard = "Considering investigators' administrative responsibilities, interpretation necessitates deliberation."
    assert policy.reading_grade(easy) < 4 < 20 < policy.reading_grade(hard)
    assert policy.reading_grade("") == 0


def test_a_mistake_in_the_policy_has_its_line(found):
    (misspelt,) = found("spelling: british\nquestions_per_objectve: 3")
    assert misspelt[:4] == ("mkdocs.yml", 9, 11, "SC001")
    assert "did you mean questions_per_objective?" in misspelt[-1]
    (number,) = found('questions_per_objective: "3"')
    assert number[:2] == ("mkdocs.yml", 8)
    assert number[-1] == "questions_per_objective is '3' (write a number)"


def test_a_policy_is_not_ignored_in_a_question(found):
    asked = whole(clean(50, 1) | {"lint": {"ignore": ["PL601"], "why": "Tried."}}, 0)
    (told,) = found("spelling: british", asked, clean(51, 2))
    assert told[3:] == (
        "LT902", "PL601 is the policy of the whole course (change it in the settings)",
    )  # fmt: skip


def test_an_id_is_a_short_name_in_the_settings(make_course):
    def said(option: str) -> list[str]:
        text = f"site_name: Course\nplugins:\n  - viva:\n      course: {{{option}}}\n"
        return [one.message for one in policy.of(make_course({"mkdocs.yml": text}).layout.settings)[1]]

    assert said("id: ecg-2, was: [ECG]") == []
    for wrong in ("id: My course", "id: 7", "was: ECG", "di: ecg"):
        assert len(said(wrong)) == 1, wrong
