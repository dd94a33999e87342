"""An answer is validated by its type before anything looks at it; what is none counts 0."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from viva.assignments import feedback, grading
from viva.assignments.gradebooks import TABLES, write
from viva.assignments.remarks import Code, has
from viva.assignments.submissions import Submission, read
from viva.assignments.uploads import Upload
from viva.bank import types

from .conftest import ANSWERS, TOTAL, as_file, sent
from .test_grading import graded, submission

FOREIGN = ("大腿方肌", "٣", "１", "", "=1", "NaN", "\u200c")
values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-3, 10**30)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=8)
    | st.sampled_from(FOREIGN),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=8,
)


@pytest.mark.parametrize("text", FOREIGN)
@pytest.mark.parametrize("kind", sorted(set(types.TYPES) - {"short-answer", "numeric"}))
def test_a_text_where_none_can_be_counts_nothing(week, kind, text):
    (result,) = graded(week, submission(week, answers={kind: text})).results
    assert result.total == 0
    assert has(result.remarks, Code.DAMAGED)


@settings(deadline=None)
@given(st.dictionaries(st.sampled_from(sorted(types.TYPES)), values, min_size=1))
def test_no_answer_stops_the_marking(week_once, answers):
    found = read(Upload("a.json", as_file(sent(week_once, answers))), week_once)
    assert isinstance(found, Submission)
    done = graded(week_once, found)
    assert not done.bad
    (result,) = done.results
    for question, one in zip(week_once.questions, result.marks, strict=True):
        assert one.mark is None or 0 <= one.mark <= 1
        assert types.words(question, one.given)
    for rows in TABLES.values():
        assert [[str(cell).encode("utf-8") for cell in row] for row in rows(done)]


NUMBERS = {
    "15": 1.0, "15 mm": 1.0, "1.5 cm": 1.0, "16": 0.0, "15.000": 1.0, "?!": 0.0, "0,015 m": 1.0,
    "1,000": None, "15,000 mm": None, "15 cc": None, "１５": 1.0, "١٥": 1.0, "fifteen": None,
    "15 16": None, "1,25.5": None, "1 250": 0.0, "1.250,5": 0.0, ".5": 0.0, "1,250,000": None, "-1,000": None, "about 15": None, "1.500": 0.0,
}  # fmt: skip


@pytest.mark.parametrize("typed", NUMBERS)
def test_a_number_that_is_not_read_or_read_in_two_ways_waits(week, typed):
    done = graded(week, submission(week, answers={"numeric": typed}))
    assert done.results[0].total == NUMBERS[typed]
    assert [one.answer for one in done.open] == ([typed] if NUMBERS[typed] is None else [])


def test_a_point_waits_where_it_would_be_right_for_thousands(make_week):
    bank = "title: T\nquestions:\n- {id: a-numeric, type: numeric, stem: How many?, answer: 1500}\n"
    _, week = make_week("title: W\nquestions: [a-numeric]\n", bank)
    totals = {
        typed: graded(week, submission(week, answers={"numeric": typed})).results[0].total
        for typed in ("1500", "1 500", "1.500", "1.501", "1,500")
    }
    assert totals == {"1500": 1, "1 500": 1, "1.500": None, "1.501": 0, "1,500": None}


def test_a_judge_sees_what_is_right_for_a_number(week):
    done = graded(week, submission(week, answers={"numeric": "15 cc"}))
    (row,) = list(TABLES["to-judge.csv"](done))[1:]
    assert row[3] == "15 mm (from 14.5 to 15.5 mm)"


def test_one_student_at_whom_the_program_fails_stops_nobody(week, monkeypatch):
    mark = types.mark

    def fails(question, answer):
        if (question.id, answer) == ("a-single", 2):
            raise ZeroDivisionError("a mistake of ours")
        return mark(question, answer)

    monkeypatch.setattr(types, "mark", fails)
    bad = submission(week, "bad.json", identifier="s2", answers={"single": 2})
    done = graded(week, submission(week), bad)
    assert [result.total for result in done.results] == [TOTAL]
    (one,) = done.bad
    assert (one.file, one.is_ours) == ("bad.json", True)
    assert "a mistake of viva: ZeroDivisionError" in one.reason


def test_a_file_at_which_reading_fails_is_named(week, monkeypatch):
    monkeypatch.setattr(json, "loads", lambda *_, **__: 1 / 0)
    found = read(Upload("a.json", as_file(sent(week))), week)
    assert found.is_ours and "ZeroDivisionError" in found.reason


RESERVED = ("con", "CON", "nul", "com1", "LPT9", "aux")
HARD = (*RESERVED, "a.", "a..", " a ", "a", "A:b", "a/b", "a\\b", "a?b", "名前", "姓名", "x" * 300, "x" * 299,
        "zoë", "zoe\u0308x", "a-b", "a b", "…", "-", ".")  # fmt: skip


def test_names_of_pages_are_valid_everywhere_and_no_two_alike():
    names = feedback.file_names(HARD[1:])
    assert len({name.casefold() for name in names}) == len(names)
    for name in names:
        assert name.isascii() and 0 < len(name) < 80
        assert not set(name) & set('<>:"/\\|?* ') and not name.endswith(".")
        assert name not in {one.casefold() for one in RESERVED}


def test_a_name_that_was_made_to_fit_anothers_gets_its_own():
    forged = feedback.file_name("evil!")
    assert forged.startswith("evil-")
    assert feedback.file_names(["evil!", forged]) == [forged, f"{forged}-2"]


def test_no_table_is_left_half_written(week, tmp_path):
    made = write(grading.grade(week, [submission(week)]), tmp_path)
    assert {path.name for path in made} >= {"results.csv", "to-judge.csv", "to-decide.csv"}
    assert len(ANSWERS) == len(week.questions)
