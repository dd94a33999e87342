"""Pass marks, by hand; and sheets that judges fill in."""

from __future__ import annotations

import io
import json
import shutil
from math import sqrt
from pathlib import Path
from statistics import fmean, stdev

import numpy as np
import pytest
from bs4 import BeautifulSoup
from click.testing import CliRunner
from openpyxl import load_workbook

from viva.analysis.standard import methods, protocol
from viva.analysis.standard.impact import Scores, impact
from viva.assignments import load_all
from viva.assignments.grading import step_of
from viva.bank import types
from viva.bank.types import Trait
from viva.cli import main
from viva.course import courses
from viva.course.layout import Layout
from viva.scaffold import questions as scaffold

RATINGS = np.array([[0.5, 0.7, 0.9, 0.4], [0.6, 0.6, 0.8, 0.2], [0.4, 0.8, 1.0, 0.6]])
JUDGES = ["Ada", "Ben", "Cleo"]


def facts(standard):
    return {fact.name: fact.value for fact in standard.facts}


def test_angoff_is_the_sum_of_means():
    found = methods.angoff(RATINGS, JUDGES)
    own = [2.5, 2.2, 2.8]
    assert found.mark == pytest.approx(fmean(own))
    assert found.error == pytest.approx(stdev(own) / sqrt(3))
    assert found.judges == pytest.approx(dict(zip(JUDGES, own, strict=True)))
    told = facts(found)
    assert told["Lowest pass mark of a judge"] == pytest.approx(2.2)
    assert told["Standard deviation of the judges"] == pytest.approx(stdev(own))
    spread = fmean(stdev(column) for column in RATINGS.T.tolist())
    assert told["Mean spread of judges on a question"] == pytest.approx(100 * spread)


def test_a_second_round_is_modified_angoff():
    found = methods.angoff(RATINGS, JUDGES, RATINGS - 0.1)
    assert found.method == "modified Angoff"
    assert facts(found)["Pass mark of the first round"] == pytest.approx(2.1)


def test_agreement_is_the_intraclass_correlation_of_shrout_and_fleiss():
    # Shrout and Fleiss 1979, six targets and four judges: ICC(3,4) = .91.
    targets = [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]]
    assert round(methods.agreement(np.array(targets, float).T), 2) == 0.91
    assert methods.agreement(np.array([[1.0, 2.0]])) is None


def test_one_judge_has_no_spread():
    found = methods.angoff(RATINGS[:1], ["Ada"])
    assert (found.mark, found.error) == (pytest.approx(2.5), None)


def test_hofstee_is_where_line_and_curve_meet():
    """Hundred students with 1 to 100 of 100 points: of those below c per cent, c - 1 fail."""
    scores = np.arange(1.0, 101.0)
    limits = np.array([[40, 60, 0, 40], [50, 70, 20, 80]])  # means: 45, 65, 10, 60
    found = methods.hofstee(scores, 100, limits)
    # The line falls from 60 at 45 to 10 at 65. Above 49, 49 fail: 60 - 2.5 (c - 45) = 49 at c = 49.4.
    assert found.mark == pytest.approx(49.4)
    assert (scores < found.mark).mean() == 0.49


def test_hofstee_meets_a_score_where_many_have_it_and_they_pass():
    """Forty of a hundred have 10 of 20: the line passes between those who fail below and above."""
    scores = np.repeat([5.0, 10, 15], [20, 40, 40])
    found = methods.hofstee(scores, 20, np.array([[40, 60, 0, 50]], float))
    assert found.mark == 10
    what = impact(found, Scores([*map(str, range(100))], scores, 20, 1.0))
    assert (what.levels[0].passing, {one.passes for one in what.near}) == (80, {True})
    text = BeautifulSoup(protocol.as_html(found, what, "T"), "html.parser").text
    assert "10.00 of 20 points" in text and "In whole points, 10 or more pass." in text


@pytest.mark.parametrize(
    ("limits", "mark"),
    [([50, 50, 0, 100], 10), ([40, 60, 20, 20], 8), ([25, 75, 0, 20], 5), ([50, 80, 20, 60], 10)],
)
def test_hofstee_at_the_ends_of_its_line(limits, mark):
    scores = np.repeat([5.0, 10, 15], [20, 40, 40])
    assert methods.hofstee(scores, 20, np.array([limits], float)).mark == pytest.approx(mark)


@pytest.mark.parametrize(
    ("limits", "said"),
    [([[80, 90, 0, 10]], "more students fail at the lowest"), ([[5, 10, 30, 60]], "fewer students fail at the highest")],
)
def test_hofstee_outside_the_limits_has_no_pass_mark(limits, said):
    assert said in methods.hofstee(np.arange(1.0, 101.0), 100, np.array(limits, float))


def test_cohen_counts_from_what_guessing_brings():
    scores = np.arange(0.0, 101.0)
    assert methods.cohen(scores, 100).mark == pytest.approx(0.6 * 95)
    assert methods.cohen(scores, 100, chance=20).mark == pytest.approx(20 + 0.6 * 75)
    assert methods.cohen(scores, 100, share=0.5, best=90).mark == pytest.approx(45)


def test_borderline_regression_by_hand():
    # Ratings 1, 2, 3, 4 and scores 4, 7, 8, 11: slope 2.2, mean 7.5 at 2.5.
    station = methods.Station("knee", np.array([4.0, 7, 8, 11]), np.array([1.0, 2, 3, 4]), 12)
    line = methods.line(station, 2)
    assert (line.slope, line.mark) == (pytest.approx(2.2), pytest.approx(6.4))
    left = [4 - 4.2, 7 - 6.4, 8 - 8.6, 11 - 10.8]
    sigma = sqrt(sum(one * one for one in left) / 2)
    assert line.error == pytest.approx(sigma * sqrt(1 / 4 + 0.25 / 5))
    assert line.r_squared == pytest.approx(1 - sum(one * one for one in left) / 25)
    both = methods.borderline([line, line], 24, 2)
    assert (both.mark, both.error) == (pytest.approx(12.8), pytest.approx(line.error * sqrt(2)))


@pytest.mark.parametrize("ratings", [[2, 2, 2, 2], [4, 3, 2, 1]])
def test_a_station_without_a_rising_line_is_named(ratings):
    station = methods.Station("knee", np.array([4.0, 7, 8, 11]), np.array(ratings, float), 12)
    assert methods.line(station, 2).startswith("knee: ")


def test_impact_counts_who_passes_and_names_who_is_near():
    scores = Scores(["a", "b", "c", "d", "e"], np.array([3.0, 5, 6, 7, 9]), 10, 1.0)
    found = impact(methods.Standard("Angoff", 6.0, 10, 0.5), scores)
    assert [(one.mark, one.passing) for one in found.levels] == [(6, 3), (5.5, 3), (6.5, 2), (5, 4), (7, 2)]
    assert [(one.student, one.passes) for one in found.near] == [("b", False), ("c", True), ("d", True)]


@pytest.mark.parametrize(
    ("mark", "levels"),
    [
        (0.4, [("one SEM less: less than 0 is not possible", 0.0, 3), ("one SEM more", 1.4, 2)]),
        (2.8, [("one SEM less", 1.8, 2), ("one SEM more: more than all points is not possible", 3.0, 1)]),
    ],
)
def test_no_pass_mark_is_below_nothing_or_above_everything(mark, levels):
    scores = Scores(["a", "b", "c"], np.array([0.0, 2, 3]), 3, 1.0)
    found = impact(methods.Standard("Cohen", mark, 3, None), scores)
    assert [(one.name, pytest.approx(one.mark), one.passing) for one in found.levels[1:]] == levels


@pytest.mark.parametrize(("best", "told"), [(3.0, True), (2.5, False)])
def test_whole_points_are_told_where_scores_are_whole(best, told):
    found = impact(standard := methods.Standard("Cohen", 1.7, 3, None), Scores(["a", "b"], np.array([1.0, best]), 3, None))
    assert ("In whole points, 2 or more pass." in protocol.as_html(standard, found, "T")) is told


@pytest.mark.parametrize("border", [-3.0, 9.0])
def test_a_border_off_the_scale_of_a_station_is_told(border):
    station = methods.Station("knee", np.array([4.0, 6, 8, 10]), np.array([1.0, 2, 3, 4]), 12)
    assert "knee: the score at rating" in methods.line(station, border)


def test_guessing_that_brings_more_than_the_best_have_is_told():
    assert "correct --guessing" in methods.cohen(np.array([1.0, 2, 3]), 10, chance=4)


# The commands, on the course of the program's own tests.

COURSE = Path(__file__).parents[2] / "neutral"
WEEK = "quizzes/assignments/week-1.yml"


@pytest.fixture
def here(tmp_path, monkeypatch):
    shutil.copytree(COURSE, tmp_path / "course")
    monkeypatch.chdir(tmp_path / "course")
    return tmp_path / "course"


def viva(*words, code=0):
    done = CliRunner().invoke(main, list(map(str, words)))
    assert done.exit_code == code, done.output
    return done


def filled(folder, numbers):
    """Write an estimate beside each question: of each judge another number."""
    for path, number in zip(sorted(folder.glob("*.xlsx")), numbers, strict=True):
        book = load_workbook(path)
        sheet = book["Questions"]
        column = [cell.value for cell in sheet[2]].index("estimate") + 1
        for row in range(3, sheet.max_row + 1):
            sheet.cell(row, column, number)
        book.save(path)


def questions(folder):
    sheet = load_workbook(next(iter(sorted(folder.glob("*.xlsx")))))["Questions"]
    return [row[0] for row in sheet.iter_rows(min_row=3, values_only=True)]


def test_sheets_go_out_and_come_back(here, tmp_path):
    out = tmp_path / "round-1"
    viva("standard", "sheets", WEEK, "--judges", "Ada, Ben B", "--out", out)
    assert [one.name for one in sorted(out.glob("*.xlsx"))] == ["week-1-angoff-Ada.xlsx", "week-1-angoff-Ben-B.xlsx"]
    asked = len(questions(out))
    filled(out, [60, 80])
    done = viva("standard", "angoff", out, "--out", tmp_path / "p")
    assert f"pass mark {0.7 * asked:.2f} of {asked} points (70\u00a0%)" in done.stdout
    data = json.loads((tmp_path / "p/standard.json").read_text())
    assert data["standard"]["judges"] == pytest.approx({"Ada": 0.6 * asked, "Ben B": 0.8 * asked})
    page = BeautifulSoup((tmp_path / "p/standard.html").read_text(), "html.parser")
    assert page.find("script") is None
    assert "Ben B" in page.text
    again = tmp_path / "round-2"
    viva("standard", "sheets", WEEK, "--judges", "Ada, Ben B", "--first", out, "--out", again)
    sheet = load_workbook(again / "week-1-angoff-Ada.xlsx")["Questions"]
    names = [cell.value for cell in sheet[2]]
    assert [sheet.cell(3, names.index(one) + 1).value for one in ("first estimate", "mean estimate")] == [60, 70]
    filled(again, [65, 75])
    done = viva("standard", "angoff", again, "--first", out, "--out", tmp_path / "p2")
    assert done.stdout.startswith("modified Angoff: pass mark")


def test_results_say_who_passes_and_have_to_fit(here, tmp_path):
    out = tmp_path / "judged"
    viva("standard", "sheets", WEEK, "--judges", "Ada", "--out", out)
    filled(out, [50])
    names = questions(out)
    chance = np.random.default_rng(1)
    marks = chance.random((40, len(names))) < chance.random((40, 1))
    lines = [f"s{n}," + ",".join("01"[int(x)] for x in row) for n, row in enumerate(marks)]
    (tmp_path / "marks.csv").write_text("\n".join([f"student,{','.join(names)}", *lines]))
    done = viva("standard", "angoff", out, "--results", tmp_path / "marks.csv", "--out", tmp_path / "p")
    passing = int((marks.sum(axis=1) >= len(names) / 2).sum())
    assert f"{passing} of 40 students pass" in done.stdout
    (tmp_path / "other.csv").write_text("student,x\ns1,1\ns2,0\n")
    done = viva("standard", "angoff", out, "--results", tmp_path / "other.csv", code=1)
    assert "questions were judged, 1 are in the results" in done.stderr


def test_all_mistakes_in_sheets_are_said_at_once(here, tmp_path):
    out = tmp_path / "judged"
    viva("standard", "sheets", WEEK, "--judges", "Ada", "--out", out)
    filled(out, [60])
    path = out / "week-1-angoff-Ada.xlsx"
    book = load_workbook(path)
    for row, cell in ((3, 120), (4, None), (5, "many"), (6, 0.5)):
        book["Questions"].cell(row, 5, cell)
        book["Questions"].cell(row, 5).value = cell
    book.save(path)
    done = viva("standard", "angoff", out, code=1)
    assert [line.split(": ", 1)[1].split(" where")[0] for line in done.stdout.splitlines()] == ["'120'", "nothing", "'many'", "'0.5'"]
    assert f"{path}:3:5: " in done.stdout
    assert "write 50, or change the others" in done.stdout


def test_estimates_may_be_shares_or_yes_and_no(here, tmp_path):
    out = tmp_path / "judged"
    viva("standard", "sheets", WEEK, "--judges", "Ada, Ben", "--out", out)
    filled(out, [0.7, 1])
    done = viva("standard", "angoff", out, "--out", tmp_path / "p")
    assert "(85\u00a0%)" in done.stdout


def test_ebel_looks_up_what_is_expected(here, tmp_path):
    out = tmp_path / "judged"
    viva("standard", "sheets", WEEK, "--judges", "Ada", "--method", "ebel", "--out", out)
    path = out / "week-1-ebel-Ada.xlsx"
    book = load_workbook(path)
    sheet, table = book["Questions"], book["Expected"]
    asked = sheet.max_row - 2
    for row in range(3, sheet.max_row + 1):
        sheet.cell(row, 5, "essential" if row == 3 else "Important")
        sheet.cell(row, 6, "hard")
    table.cell(2, 4, 90)
    book.save(path)
    done = viva("standard", "ebel", out, code=1)
    assert "nothing is expected of questions that are important and hard" in done.stdout
    table.cell(3, 4, 50)
    book.save(path)
    done = viva("standard", "ebel", out, "--out", tmp_path / "p")
    assert f"pass mark {0.9 + 0.5 * (asked - 1):.2f} of {asked}" in done.stdout
    facts = json.loads((tmp_path / "p/standard.json").read_text())["standard"]["facts"]
    parts = {fact["name"]: fact["value"] for fact in facts if fact["name"].startswith("Points from")}
    assert parts == {
        "Points from essential, hard": pytest.approx(0.9),
        "Points from important, hard": pytest.approx(0.5 * (asked - 1)),
    }


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04no", b"judge,Ada\n"])
def test_a_file_that_is_no_sheet_is_refused(tmp_path, content):
    (tmp_path / "a.xlsx").write_bytes(content)
    done = viva("standard", "angoff", tmp_path, code=1)
    assert isinstance(done.exception, SystemExit)
    assert "a.xlsx:1:1: " in done.stderr


def test_sheets_of_other_questions_or_one_judge_twice_are_named(tmp_path):
    (tmp_path / "a.csv").write_text("judge,Ada\nquestion,estimate\nq1,60\nq2,60\n")
    (tmp_path / "b.csv").write_text("judge,Ada\nquestion,estimate\nq1,60\nq3,60\n")
    done = viva("standard", "angoff", tmp_path, code=1)
    assert "Ada has not the questions of Ada: q2, q3" in done.stdout
    assert "Ada is there twice" in done.stdout


def test_hofstee_and_cohen_from_tables(tmp_path):
    scores = "\n".join(f"s{n}," + ",".join("1" if m < n % 11 else "0" for m in range(10)) for n in range(110))
    (tmp_path / "marks.csv").write_text(f"student,{','.join(f'q{n}' for n in range(10))}\n{scores}\n")
    (tmp_path / "limits.csv").write_text(
        "judge;lowest pass mark;highest pass mark;lowest failing;highest failing\nAda;40;60;0;50\n"
    )
    done = viva("standard", "hofstee", tmp_path / "limits.csv", tmp_path / "marks.csv", "--out", tmp_path / "h")
    assert "Hofstee: pass mark" in done.stdout
    done = viva("standard", "cohen", tmp_path / "marks.csv", "--guessing", 2, "--out", tmp_path / "c")
    top = np.percentile([n % 11 for n in range(110) if n % 11], 95)
    assert f"Cohen: pass mark {2 + 0.6 * (top - 2):.2f} of 10 points" in done.stdout
    (tmp_path / "limits.csv").write_text("judge,lowest pass mark,highest pass mark,lowest failing,highest failing\nAda,60,40,0,50\nBen,x,60,0,50\n")
    done = viva("standard", "hofstee", tmp_path / "limits.csv", tmp_path / "marks.csv", code=1)
    assert "limits.csv:2:1: a lowest limit is above the highest" in done.stdout
    assert "limits.csv:3:1: a limit is no number" in done.stdout


def test_borderline_from_a_table(tmp_path):
    made = io.StringIO()
    made.write("student,station,score,of,rating\n")
    for n, (rating, score) in enumerate(zip((1, 2, 3, 4), (4, 7, 8, 11), strict=True)):
        made.write(f"s{n},knee,{score},12,{rating}\ns{n},ECG,{score},12,{rating}\n")
    path = tmp_path / "osce.csv"
    path.write_text(made.getvalue())
    done = viva("standard", "borderline", path, "--border", 2, "--out", tmp_path / "p")
    assert "pass mark 12.80 of 24 points" in done.stdout
    assert "3 of 4 students pass" in done.stdout
    path.write_text(made.getvalue() + "s0,knee,1,12,1\ns9,knee,13,12,1\n")
    done = viva("standard", "borderline", path, "--border", 2, code=1)
    assert "s0 is at knee twice" in done.stdout
    assert "score, of and rating are not all numbers that fit together" in done.stdout


def test_a_judge_reads_every_question_with_its_key(here, tmp_path):
    figure = here / "docs/assets/figures/name.svg"
    figure.parent.mkdir(parents=True, exist_ok=True)
    figure.write_text('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 3"/>')
    every = "".join(scaffold.example(kind, f"z-{kind}") for kind in sorted(types.TYPES))
    path = here / "quizzes/assignments/every.yml"
    path.write_text(f"title: Every type\nprivate:\n{every}", "utf-8")
    viva("standard", "sheets", path, "--judges", "Ada", "--out", tmp_path / "judged")
    sheet = load_workbook(tmp_path / "judged/every-angoff-Ada.xlsx")["Questions"]
    rows = {row[0]: row[1:4] for row in sheet.iter_rows(min_row=3, values_only=True)}
    (read, _), problems = load_all(courses.load(Layout.of(here)))
    assert not problems
    judged = [one for one in read.questions if not types.steps(one)]
    named = {one.id: one for one in judged}
    named |= {step_of(case, step): step for case in read.questions for step in types.steps(case)}
    assert set(rows) - {None} == set(named)
    for name, question in named.items():
        text, listed, key = rows[name]
        assert key, name
        assert question.figure is None or question.figure.alt in text
        if Trait.IN_PARTS in types.traits(question):
            said = [word.strip(";") for part in types.parts(question) for word in part.text.split()]
            assert [word for word in said if word not in f"{text}\n{listed}"] == [], name


def test_a_case_is_judged_by_its_steps_and_counts_one_point(here, tmp_path):
    """As it does in the marks. Each step is read with the story and with what has come out since."""
    (here / "quizzes/assignments/mist.yml").write_text("title: Mist\nquestions: [scale-meaning, case-mist]\n")
    out = tmp_path / "judged"
    viva("standard", "sheets", "quizzes/assignments/mist.yml", "--judges", "Ada, Ben", "--out", out)
    path = out / "mist-angoff-Ada.xlsx"
    rows = list(load_workbook(path)["Questions"].iter_rows(min_row=3, values_only=True))
    steps = [row[0] for row in rows[2:]]
    assert [row[0] for row in rows[:2]] == ["scale-meaning", None]
    assert steps[:2] == ["case-mist/mist-first", "case-mist/mist-bearing"]
    assert "Robin, 34" in rows[1][1] and "the church lies due west" in rows[3][1]
    for judge, estimates in (("Ada", (60, *range(50, 50 + len(steps)))), ("Ben", (80, *[70] * len(steps)))):
        path = out / f"mist-angoff-{judge}.xlsx"
        book = load_workbook(path)
        places = [3, *range(5, 5 + len(steps))]
        for row, estimate in zip(places, estimates, strict=True):
            book["Questions"].cell(row, 5, estimate)
        book.save(path)
    (tmp_path / "marks.csv").write_text("student,scale-meaning,case-mist\na,1,0.5\nb,0,1\nc,1,1\n")
    done = viva("standard", "angoff", out, "--results", tmp_path / "marks.csv", "--out", tmp_path / "p")
    mean = (50 + (len(steps) - 1) / 2 + 70) / 200
    assert f"pass mark {0.7 + mean:.2f} of 2 points" in done.stdout
    assert "2 of 3 students pass" in done.stdout
    again = tmp_path / "again"
    viva("standard", "sheets", "quizzes/assignments/mist.yml", "--judges", "Ada, Ben", "--first", out,
         "--results", tmp_path / "marks.csv", "--out", again)  # fmt: skip
    rows = list(load_workbook(again / "mist-angoff-Ada.xlsx")["Questions"].iter_rows(min_row=3, values_only=True))
    assert rows[1][5:] == (None, None, 83.3)
    assert rows[2][5:] == (50, 60, None)


def test_a_step_that_was_voided_after_it_was_judged_is_out_of_the_mean_of_its_case(here, tmp_path):
    (here / "quizzes/assignments/mist.yml").write_text("title: Mist\nquestions: [scale-meaning, case-mist]\n")
    out, results = tmp_path / "judged", tmp_path / "results"
    viva("standard", "sheets", "quizzes/assignments/mist.yml", "--judges", "Ada", "--out", out)
    path = out / "mist-angoff-Ada.xlsx"
    book = load_workbook(path)
    sheet = book["Questions"]
    steps = [row for row in range(3, sheet.max_row + 1) if str(sheet.cell(row, 1).value).startswith("case-mist/")]
    for row in (3, *steps):
        sheet.cell(row, 5, 10 if row == steps[0] else 60)
    book.save(path)
    results.mkdir()
    for name, text in {
        "marks.csv": "student,scale-meaning,case-mist\na,1,0.5\nb,0,1\nc,1,1\n",
        "responses.csv": "student,scale-meaning,case-mist\na,A,1\nb,B,1\nc,A,1\n",
        "key.csv": "question,key,text\nscale-meaning,A,\ncase-mist,,\n",
        "decisions.csv": "number,question,decision,reason,by,date,stands,what,void\n"
        f"1,{sheet.cell(steps[0], 1).value},is void,r,x,2026-12-08,yes,void,yes\n"
        f"2,{sheet.cell(steps[1], 1).value},counts again,r,x,2026-12-08,yes,void,\n",
    }.items():
        (results / name).write_text(text)
    done = viva("standard", "angoff", out, "--results", results, "--out", tmp_path / "p")
    assert "pass mark 1.20 of 2 points" in done.stdout
    assert f"judged, but void in the results, and left out: {sheet.cell(steps[0], 1).value}\n" in done.stderr


def test_what_was_voided_after_it_was_judged_is_left_out_and_said(here, tmp_path):
    out, first = tmp_path / "judged", tmp_path / "first"
    for folder, estimate in ((out, 50), (first, 40)):
        viva("standard", "sheets", WEEK, "--judges", "Ada", "--out", folder)
        filled(folder, [estimate])
    gone, *names = questions(out)
    lines = [f"student,{','.join(names)}", *(f"s{n},{','.join(['01'[n % 2]] * len(names))}" for n in range(9))]
    (tmp_path / "marks.csv").write_text("\n".join(lines))
    said = ("--results", tmp_path / "marks.csv", "--out", tmp_path / "p")
    done = viva("standard", "angoff", out, "--first", first, *said)
    assert f"pass mark {len(names) / 2:.2f} of {len(names)} points" in done.stdout
    assert done.stderr.count(f"judged, but not in the results, and left out: {gone}") == 1


def test_a_score_near_the_mark_is_told_in_hundredths():
    scores = Scores(["a", "b"], np.array([5 + 1 / 3, 6.0]), 10, 1.0)
    standard = methods.Standard("Angoff", 6.0, 10, 0.5)
    text = BeautifulSoup(protocol.as_html(standard, impact(standard, scores), "T"), "html.parser").text
    assert "5.33 fails" in text
    assert "6 passes" in text
