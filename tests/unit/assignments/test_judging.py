"""What a spreadsheet does to the table of answers to judge, and what it cannot do."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from viva.assignments.judging import Judgements, judged_as, name_of, read
from viva.base.refused import Refused
from viva.cli import main

from .conftest import WEEK, as_file, sent

Row = dict[str, str]
ANSWERS = (
    "1-2",
    "=1+1",
    "+44",
    "می‌خواهم",
    "two  spaces",
    "Große Straße; ‘quoted’",
    "大腿方肌",
    "-5",
    "5 cc",
)


@pytest.fixture
def folder(make_week, tmp_path) -> Path:
    """A class in which everybody wrote another word that nobody foresaw, graded once."""
    _, week = make_week(WEEK)
    (tmp_path / "in").mkdir()
    for number, answer in enumerate(ANSWERS):
        data = sent(week, {"short-answer": answer}, identifier=f"s{number}")
        (tmp_path / f"in/{number}.json").write_bytes(as_file(data))
    grade(tmp_path)
    return tmp_path


def grade(folder: Path):
    assignment = folder / "quizzes/assignments/week-1.yml"
    arguments = ["grade", str(assignment), str(folder / "in"), "--out", str(folder / "out")]
    done = CliRunner().invoke(main, arguments)
    assert not done.exception or isinstance(done.exception, SystemExit), done.exception
    return done


def table(folder: Path) -> list[Row]:
    with (folder / "out/to-judge.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def totals(folder: Path) -> dict[str, str]:
    with (folder / "out/results.csv").open(encoding="utf-8-sig", newline="") as file:
        return {row["identifier"]: row["total"] for row in csv.DictReader(file)}


def save(folder: Path, rows: list[Row], delimiter: str = ",", encoding: str = "utf-8-sig") -> None:
    path = folder / "out/to-judge.csv"
    with path.open("w", encoding=encoding, errors="replace", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), delimiter=delimiter)
        writer.writeheader()
        writer.writerows(rows)


def judged(row: Row) -> str:
    """Another mark for each answer, so that none can take the place of another."""
    return str(int(row["row"].encode().hex(), 36) % 97 / 100)


def date(row: Row) -> Row:
    return row | {"answer": {"1-2": "1. Feb", "'-5": "-5", "'+44": "44"}.get(row["answer"], row["answer"])}


def without(*names: str) -> Callable[[Row], Row]:
    return lambda row: {name: cell for name, cell in row.items() if name not in names}


CHANGES: dict[str, Callable[[Row], Row]] = {
    "nothing": lambda row: row,
    "dates": date,
    "no answers": without("answer", "asked", "model answer"),
    "only rows and marks": without("question", "asked", "model answer", "answer", "students"),
    "no rows": without("row"),
    "apostrophes gone": lambda row: row | {"answer": row["answer"].lstrip("'")},
    "decimal commas": lambda row: row | {"mark": row["mark"].replace(".", ",")},
    "small letters": lambda row: row | {"row": row["row"].lower()},
    "columns in another order": lambda row: dict(reversed(row.items())),
    "answers lost": lambda row: row | {"answer": "?"},
}


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("change", CHANGES)
def test_every_mark_reaches_its_answer(folder, change, delimiter):
    wanted = {row["row"]: judged(row) for row in table(folder)}
    rows = [CHANGES[change](row | {"mark": judged(row)}) for row in table(folder)]
    save(folder, rows[::-1], delimiter)
    done = grade(folder)
    assert "answers that wait" not in done.stdout
    assert "no answer waits" not in done.stdout, done.stdout
    assert {row["row"]: row["mark"] for row in table(folder)} == wanted


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16", "utf-8"])
def test_every_mark_reaches_its_answer_in_other_encodings(folder, encoding):
    wanted = {row["row"]: judged(row) for row in table(folder)}
    save(folder, [row | {"mark": judged(row)} for row in table(folder)], ";", encoding)
    assert "no answer waits" not in grade(folder).stdout
    assert {row["row"]: row["mark"] for row in table(folder)} == wanted


def test_a_judged_row_that_fits_nothing_is_named_and_kept(folder):
    rows = [row | {"mark": "1"} for row in table(folder)]
    gone = {"row": "BBBBBBBBB", "question": "a-short-answer", "answer": "never given", "mark": "0.5"}
    save(folder, [*rows, rows[0] | gone, rows[0] | gone | {"row": "", "answer": "nor this"}])
    for _ in range(2):
        done = grade(folder)
        for said in ("“never given”", "“nor this”"):
            assert f"to-judge.csv: a-short-answer: {said} has a mark, but no answer waits" in done.stdout
        assert done.stdout.count("no answer waits") == 2
    kept = {row["answer"]: row["mark"] for row in table(folder)}
    assert (kept["never given"], kept["nor this"]) == ("0.5", "0.5")


def test_a_column_that_was_sorted_alone_is_refused(folder):
    rows = table(folder)
    names = sorted(row["answer"] for row in rows)
    save(folder, [row | {"answer": name, "mark": "1"} for row, name in zip(rows, names[::-1], strict=True)])
    done = grade(folder)
    assert done.exit_code == 1
    assert "(sort whole rows, not one column)" in done.output


def test_what_a_person_adds_to_the_table_stays(folder):
    rows = [row | {"mark": judged(row), "Dr B": f"=see {row['row']}", "": ""} for row in table(folder)]
    save(folder, rows, ";", "cp1252")
    for _ in range(2):
        grade(folder)
        assert {row["row"]: row["Dr B"] for row in table(folder)} == {
            row["row"]: f"'=see {row['row']}" for row in rows
        }
        assert "" not in table(folder)[0]


def test_a_mark_in_a_second_column_of_the_name_is_not_lost(folder):
    path = folder / "out/to-judge.csv"
    lines = path.read_text("utf-8-sig").splitlines()
    path.write_text("\n".join([f"{lines[0]},Mark", *(f"{line},0.5" for line in lines[1:])]))
    before = path.read_bytes()
    done = grade(folder)
    assert done.exit_code == 1
    assert "to-judge.csv:1:1: column mark is there twice (rename one)" in done.output
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Two  spaces", "two spaces"),
        ("می‌خواهم", "میخواهم"),
        ("=大", "'=大"),
        ("zoë", "ZOE\u0308"),
        ("１５ cc", "15 cc"),
        ("−5", "-5"),
        ("a;=大", "a;'=大"),
    ],
)
def test_one_answer_however_it_is_written(one, other):
    assert judged_as(one) == judged_as(other)


@pytest.mark.parametrize(("one", "other"), [("-5", "5"), ("<5", ">5"), ("K+", "K-"), ("1.5", "15")])
def test_answers_that_differ_in_a_sign_are_two(one, other):
    assert judged_as(one) != judged_as(other)


def test_no_name_of_a_row_is_anything_for_a_spreadsheet():
    names = {name_of(("q", str(number))) for number in range(5000)}
    assert len(names) == 5000
    assert not {sign for name in names for sign in name} & set("AEIOU0123456789.-/")


def test_a_table_without_rows_or_answers_is_refused(tmp_path):
    (tmp_path / "t.csv").write_text("question,mark\na,1\n")
    with pytest.raises(Refused, match="there is no column answer"):
        read(tmp_path / "t.csv")


def test_marks_by_question_and_answer_are_judgements_too():
    judgements = Judgements.of({("q", "word"): 0.5})
    assert judgements.mark(("q", "word")) == 0.5
    assert judgements.mark(("q", "other")) is None
