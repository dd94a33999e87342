"""Which file counts, and what it is worth."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from viva.assignments import grading
from viva.assignments.remarks import Code, has
from viva.assignments.submissions import Submission, read
from viva.assignments.times import Allowance
from viva.assignments.uploads import Upload
from viva.base.folding import fold

from .conftest import ANSWERS, PERCENT, TOTAL, as_file, sent


def submission(week, name: str = "a.json", /, **fields) -> Submission:
    found = read(Upload(name, as_file(sent(week, **fields))), week)
    assert isinstance(found, Submission), found
    return found


def graded(week, *files: Submission, **options):
    return grading.grade(week, files, **options)


def said(result) -> tuple[str, ...]:
    """The remarks on a student's file in words."""
    return tuple(map(str, result.remarks))


def test_every_type_gets_its_mark(week):
    (result,) = graded(week, submission(week)).results
    marks = {q.type: m.mark for q, m in zip(week.questions, result.marks, strict=True)}
    assert marks == {kind: mark for kind, (_, mark) in ANSWERS.items()}
    assert result.total == TOTAL
    assert result.percent == pytest.approx(PERCENT)


def test_what_is_left_open_counts_nothing(week):
    (result,) = graded(week, submission(week, answers={"single": None})).results
    assert result.total == 0
    assert result.waiting == 0


def test_a_forged_mark_changes_nothing(week):
    honest = graded(week, submission(week)).results[0]
    forged = graded(week, submission(week, marks={"a-single": 9}, total=99)).results[0]
    assert [one.mark for one in forged.marks] == [one.mark for one in honest.marks]


def test_a_damaged_answer_counts_nothing_and_is_said(week):
    (result,) = graded(week, submission(week, answers={"single": 7, "multiple": [0]})).results
    assert result.total == 0.5
    assert said(result) == ("a-single: the answer is not a number from 0 to 2; it counts 0",)


def test_an_answer_to_a_changed_question_waits(week):
    data = sent(week)
    data["answers"]["a-single"]["hash"] = "000000000000"
    file = read(Upload("a.json", as_file(data)), week)
    (result,) = graded(week, file).results
    assert (result.total, result.waiting) == (None, 1)
    assert has(result.remarks, Code.CHANGED)
    assert not has(result.remarks, Code.DAMAGED)
    assert "a-single: the question has changed" in said(result)[0]
    (accepted,) = graded(week, file, accept_changed=True).results
    assert accepted.total == TOTAL


def test_a_corrected_key_marks_the_answers_that_are_in(week):
    place = [q.type for q in week.questions].index("single")
    asked = week.questions[place]
    options = (
        tuple(
            option.model_copy(update={"correct": not n})
            for n, option in enumerate(asked.options[:2])
        )
        + asked.options[2:]
    )
    corrected = asked.model_copy(update={"options": options})
    questions = (*week.questions[:place], corrected, *week.questions[place + 1 :])
    (result,) = graded(replace(week, questions=questions), submission(week)).results
    assert result.marks[place].mark == 0


WORDS = {"short-answer": "something unforeseen"}


def test_an_unforeseen_answer_waits_for_one_judgement_for_all(week):
    files = [
        submission(week, f"{n}.json", identifier=f"s{n}", answers={"short-answer": text})
        for n, text in enumerate(["Something unforeseen", "something Unforeseen!", "other words"])
    ]
    found = graded(week, *files)
    assert [(one.answer, one.students) for one in found.open] == [
        ("Something unforeseen", 2),
        ("other words", 1),
    ]
    assert [result.total for result in found.results] == [None, None, None]
    judged = {("a-short-answer", fold("something unforeseen")): 0.5}
    again = graded(week, *files, judgements=judged)
    assert [result.total for result in again.results] == [0.5, 0.5, None]


def test_an_answer_in_other_letters_waits_for_a_person(week):
    files = [
        submission(week, f"{n}.json", identifier=f"s{n}", answers={"short-answer": text})
        for n, text in enumerate(["Большая мышца", "大腿方肌", "?!"])
    ]
    found = graded(week, *files)
    assert [result.total for result in found.results] == [None, None, 0]
    again = graded(week, *files, judgements={("a-short-answer", "大腿方肌"): 1.0})
    assert [result.total for result in again.results] == [None, 1, 0]


def test_a_judgement_never_overrules_a_rule(week):
    file = submission(week, answers={"short-answer": "the right term"})
    judged = {("a-short-answer", fold("the right term")): 0.0}
    assert graded(week, file, judgements=judged).results[0].total == 1


def test_the_last_allowed_attempt_counts(week):
    week = replace(week, attempts=2)
    files = [
        submission(week, f"{n}.json", attempt=n, answers={"single": answer})
        for n, answer in ((1, 0), (2, 1), (3, 0))
    ]
    found = graded(week, *files)
    assert found.results[0].total == 1
    assert [(bad.file, bad.reason) for bad in found.bad] == [
        ("1.json", "is not the last attempt: 2.json counts"),
        ("3.json", "is one more than the attempts allowed (2): 2.json counts"),
    ]


def test_the_last_state_of_an_attempt_counts(week):
    early = submission(week, "early.json", finished="2026-12-01T10:00:00", answers={"single": 0})
    late = submission(week, "late.json", finished="2026-12-01T10:05:00", answers={"single": 1})
    found = graded(week, late, early)
    assert found.results[0].total == 1
    assert found.bad[0].reason == "is an earlier state of attempt 1: late.json counts"
    assert said(found.results[0]) == ("several files were sent (2): late.json counts",)


def test_the_order_of_the_files_does_not_matter(week):
    files = [
        submission(week, f"{n}.json", finished=f"2026-12-01T1{n}:00:00Z", answers={"single": n % 2})
        for n in range(4)
    ]
    assert graded(week, *files).results == graded(week, *files[::-1]).results


def test_the_same_file_twice_is_counted_once(week):
    found = graded(week, submission(week, "a.json"), submission(week, "b.json"))
    assert len(found.results) == 1
    assert found.bad[0].reason == "is the same as a.json, counted once"


def test_identifiers_that_differ_in_case_are_one_student(week):
    found = graded(week, submission(week), submission(week, "b.json", identifier="S1"))
    assert len(found.results) == 1


def test_two_names_for_one_identifier_are_said(week):
    other = submission(week, "b.json", name="Eve Example", answers={"single": 0})
    (result,) = graded(week, submission(week), other).results
    assert "the files give different names: Ada Example, Eve Example" in said(result)


@pytest.mark.parametrize(
    ("due", "over"),
    [
        ("2026-12-01T10:58", timedelta(minutes=2)),
        ("2026-12-01T11:00", None),
        ("2026-12-01T09:30:00+00:00", timedelta(minutes=30)),
        ("2026-12-01T10:30:00+00:00", None),
    ],
)
def test_late_is_what_the_file_says(week, due, over):
    week = replace(week, due=datetime.fromisoformat(due))
    (result,) = graded(week, submission(week)).results
    assert result.late == over
    assert has(result.remarks, Code.LATE) is (over is not None)


@pytest.mark.parametrize(
    ("due", "finished", "over"),
    [
        ("2026-12-01T10:58", "2026-12-01T11:00:00+05:00", timedelta(minutes=2)),
        ("2026-12-01T11:00", "2026-12-01T11:00:00-05:00", None),
        ("2026-12-01T10:58+05:00", "2026-12-01T11:00:00", timedelta(minutes=2)),
        ("2026-12-01T11:00-05:00", "2026-12-01T11:00:00", None),
        ("2026-12-01T11:00+00:00", "2026-12-01T11:00:00-05:00", timedelta(hours=5)),
    ],
)
def test_where_one_side_has_no_zone_the_clock_on_the_wall_counts(week, due, finished, over):
    week = replace(week, due=datetime.fromisoformat(due))
    (result,) = graded(week, submission(week, finished=finished)).results
    assert result.late == over


@pytest.mark.parametrize(
    ("first", "last"),
    [
        ("2026-10-25T02:50:00+02:00", "2026-10-25T02:10:00+01:00"),  # summer time ends between them
        ("2026-12-01T12:00:00+05:00", "2026-12-01T08:00:00+00:00"),
        ("2026-12-01T07:30:00Z", "2026-12-01T09:00:00+01:00"),
    ],
)
def test_of_files_with_zones_the_one_that_was_finished_last_counts(week, first, last):
    files = [
        submission(week, "a.json", finished=last, answers={"single": 1}),
        submission(week, "b.json", finished=first, answers={"single": 0}),
    ]
    found = graded(week, *files)
    assert found.results[0].total == 1
    assert [bad.file for bad in found.bad] == ["b.json"]


@pytest.mark.parametrize(
    ("finished", "said"),
    [
        ("2026-12-01T10:45:30+01:00", []),
        ("2026-12-01T10:45:31+01:00", ["took 45\u00a0min of 45\u00a0min, says the file"]),
        ("2026-12-01T09:45:30+00:00", []),
        ("2026-12-01T09:45:31+00:00", ["took 45\u00a0min of 45\u00a0min, says the file"]),
    ],
)
def test_half_a_minute_over_the_limit_is_not_counted(week, finished, said):
    week = replace(week, mode="exam", time_limit=45)
    file = submission(week, started="2026-12-01T10:00:00+01:00", finished=finished)
    (result,) = graded(week, file).results
    assert [str(one) for one in result.remarks] == said


def test_time_over_the_limit_is_said(week):
    week = replace(week, mode="exam", time_limit=45)
    (result,) = graded(week, submission(week)).results
    assert said(result) == ("took 1\u00a0h of 45\u00a0min, says the file",)


def test_times_from_the_ends_of_the_calendar_do_no_harm(week):
    week = replace(week, due=datetime.fromisoformat("2026-12-01T10:00+00:00"), time_limit=5)
    for time in ("0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"):
        (result,) = graded(week, submission(week, started=time, finished=time)).results
        assert result.total == TOTAL


@pytest.mark.parametrize(
    ("pass_mark", "passed"), [(round(PERCENT, 4), True), (PERCENT + 0.1, False), (None, None)]
)
def test_the_pass_mark_is_enough(week, pass_mark, passed):
    (result,) = graded(week, submission(week)).results
    assert result.passed(pass_mark) is passed


@pytest.mark.parametrize(("pass_mark", "passed"), [(50, True), (50.0001, False), (49.9, True)])
def test_the_pass_mark_itself_passes(week, pass_mark, passed):
    half = (grading.Marked(1, 1.0), grading.Marked(0, 0.0))
    result = grading.Result(submission(week), half, (), None)
    assert result.percent == 50
    assert result.passed(pass_mark) is passed


@pytest.mark.parametrize(("granted", "said"), [(0, 45), (25, 57), (50, 68)])
def test_extra_time_counts_as_the_class_list_grants_it_and_not_as_the_page_was_told(
    week, granted, said
):
    """45 minutes; the page was told 50 per cent, and the student took an hour and five minutes."""
    week = replace(week, mode="exam", time_limit=45)
    times = {"started": "2026-12-01T10:00:00Z", "finished": "2026-12-01T11:05:00Z"}
    file = submission(week, extra=50, **times)
    rulings = grading.Rulings(allowances={file.student: Allowance(granted)})
    (result,) = graded(week, file, rulings=rulings).results
    assert [str(one) for one in result.remarks] == [
        *([f"the page’s clock was set to 50\u00a0% extra time, and {granted}\u00a0% is granted"] * (granted < 50)),
        *([f"took 1\u00a0h 5\u00a0min of {said}\u00a0min, says the file"] * (said < 65)),
    ]
