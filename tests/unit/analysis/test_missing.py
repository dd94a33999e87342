"""Cells that mean no answer, students who were not there, and questions that nobody got to."""

from __future__ import annotations

import numpy as np
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from viva.analysis.responses import Responses, load
from viva.analysis.statistics import analyse
from viva.base.refused import Refused
from viva.cli import main


def table(folder, text, name="answers.csv"):
    path = folder / name
    path.write_text(text, "utf-8")
    return path


CODES = "student,q1,q2\nkey,A,B\ns1,A,B\ns2,NA,.\ns3,-,99\ns4,n/a,B\ns5,,A\n"


def test_usual_codes_are_no_answer_and_it_is_said(tmp_path):
    found = load(table(tmp_path, CODES))
    assert found.students == ("s1", "s4", "s5")
    assert found.chosen["q1"].each() == (frozenset("A"), frozenset(), frozenset())
    assert found.marks.tolist() == [[1, 1], [0, 1], [0, 0]]
    said, away = found.notes
    assert said.startswith("read as no answer: “NA” (1 cell), “.” (1 cell), “-” (1 cell), “99” (1 cell), “n/a” (1 cell)")
    assert "--missing" in said
    assert away == "set aside, because every answer is missing: s2 and s3"


def test_named_codes_replace_the_usual_ones(tmp_path):
    path = table(tmp_path, "student,q1,q2\nkey,A,B\ns1,X,B\ns2,NA,B\n")
    found = load(path, missing=["x"])
    assert found.chosen["q1"].each() == (frozenset(), frozenset({"NA"}))
    assert found.notes == ("read as no answer: “X” (1 cell)",)


def test_what_an_option_is_called_is_an_answer(tmp_path):
    found = load(table(tmp_path, "student,q1,q2\nkey,NA,99\ns1,NA,99\ns2,K,99\n"))
    assert found.marks.tolist() == [[1, 1], [0, 1]]
    assert found.notes == ()


def test_a_label_that_looks_like_a_code_is_asked_about(tmp_path):
    found = load(table(tmp_path, "student,q1\nkey,A\ns1,A\ns2,7\ns3,7\n"))
    assert found.notes == ("“7” (2 cells) is taken for a wrong option (if it means no answer: --missing 7)",)


def test_among_letters_a_nought_is_no_answer_and_no_rival_of_the_key(tmp_path):
    rows = [f"s{n},{'0A'[n % 2]},{'AB'[n % 3 > 0]},B" for n in range(40)]
    found = load(table(tmp_path, "\n".join(["student,q1,q2,q3", "key,A,B,B", *rows])))
    assert found.notes[0].startswith("read as no answer: “0” (20 cells)")
    labels = {option.label for item in analyse(found).items for option in item.options}
    assert labels == {"A", "B"}
    numbers = load(table(tmp_path, "student,q1\nkey,0\ns1,0\ns2,1\n"))
    assert numbers.notes == () and numbers.marks.tolist() == [[1], [0]]


def test_a_semicolon_file_with_decimal_commas(tmp_path):
    found = load(table(tmp_path, "student;q1;q2\ns1;1;0,5\ns2;0,25;0\ns3;NA;1\n"))
    assert found.marks.tolist() == [[1, 0.5], [0.25, 0], [0, 1]]
    assert found.notes[0].startswith("read as no answer: “NA” (1 cell)")


def test_the_cell_that_is_no_mark_is_named(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("student;q1;q2\ns1;0,5;1\ns2;ill;0\ns3;1;0\n", "utf-8")
    found = load(path)
    assert [item.id for item in found.items] == ["q2"]
    assert found.notes == (
        "column “q1” is left out: 'ill' in row 3 is no mark from 0 to 1 (if it means no answer, name it with --missing)",
    )
    assert [item.id for item in load(path, missing=["ill"]).items] == ["q1", "q2"]


@pytest.mark.parametrize("head", ["", "key,A,B\n"])
def test_who_has_two_rows_is_named(tmp_path, head):
    path = tmp_path / "a.csv"
    cells = ("A", "B") if head else ("1", "0")
    rows = "".join(f"{name},{cells[0]},{cells[1]}\n" for name in ("s1", "s2", "s1", "", ""))
    path.write_text(f"student,q1,q2\n{head}{rows}", "utf-8")
    assert load(path).notes == ("more than one row, each counted as a student: s1",)


def test_many_absentees_are_counted(tmp_path):
    rows = "".join(f"s{n},,\n" for n in range(8))
    found = load(table(tmp_path, f"student,q1,q2\na,1,0\nb,0,1\n{rows}"))
    assert found.notes == ("set aside, because every answer is missing: s0, s1, s2, s3, s4 and 3 more",)


def test_omitted_and_not_reached_are_told_apart(tmp_path):
    """s1 left q2; s2 stopped after q1: left q2, did not get to q3 and q4."""
    text = "student,q1,q2,q3,q4\nkey,A,A,A,A\ns1,A,,A,A\ns2,A,,,\ns3,A,A,A,\ns4,A,A,A,A\n"
    found = analyse(load(table(tmp_path, text)))
    assert [item.left_open for item in found.items] == [0, 2, 1, 2]
    assert [item.not_reached for item in found.items] == [0, 0, 1, 1]
    assert [item.p for item in found.items] == [1, 0.5, 0.75, 0.5]
    assert [item.p_reached for item in found.items] == [None, None, 1, pytest.approx(2 / 3)]
    shuffled = analyse(load(table(tmp_path, text), in_order=False))
    assert [item.not_reached for item in shuffled.items] == [None] * 4


@given(st.lists(st.lists(st.booleans(), min_size=1, max_size=9), min_size=1, max_size=9))
def test_not_reached_by_walking_along_each_row(rows):
    width = max(map(len, rows))
    blank = np.array([row + [True] * (width - len(row)) for row in rows])
    found = Responses((), np.zeros(blank.shape), {}, blank=blank).unreached
    for row, told in zip(blank.tolist(), found.tolist(), strict=True):
        last = max((n for n, empty in enumerate(row) if not empty), default=-1)
        assert told == [n > last + 1 for n in range(width)]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("student,q1\nkey,A\n", "there are no students"),
        ("student,q1\nkey,A\ns1,\ns2,NA\n", "nobody answered anything"),
        ("student,q1\ns1,\ns2,\n", "no column holds marks"),
        ("", "there are no answers"),
        ("\n\n", "there are no answers"),
    ],
)
def test_a_table_without_answers_is_refused_in_a_sentence(tmp_path, text, said):
    with pytest.raises(Refused, match=said):
        load(table(tmp_path, text))


def test_a_key_file_without_students_is_refused(tmp_path):
    key = table(tmp_path, "question,key\nq1,A\n", "key.csv")
    with pytest.raises(Refused, match="there are no answers"):
        load(table(tmp_path, "student,q1\n"), key)


CELLS = st.sampled_from(
    ["", "A", "B", "NA", ".", "-", "99", "0", "1", "0,5", "1.5", "nan", "inf", "key", "A;B", '"', "é", "q1", ";", "\0"]
)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.lists(CELLS, max_size=5), max_size=8), st.sampled_from(",;\t"), st.booleans())
def test_nothing_ends_in_a_traceback(tmp_path_factory, rows, separator, keyed):
    folder = tmp_path_factory.mktemp("any")
    path = table(folder, "\n".join(separator.join(row) for row in rows))
    more = ["--key", str(table(folder, "question,key\nA,A\nq1,B\n", "key.csv"))] if keyed else []
    done = CliRunner().invoke(main, ["analyse", str(path), *more])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    assert "nan" not in done.stdout.casefold().replace("nan:", "")


def test_the_command_takes_codes_and_shuffled_questions(tmp_path):
    path = table(tmp_path, "student,q1,q2\nkey,A,B\ns1,A,B\ns2,X,B\n")
    done = CliRunner().invoke(main, ["analyse", "--missing", "X, Y", "--shuffled", str(path)])
    assert done.exit_code == 0, done.output
    assert "read as no answer: “X” (1 cell)" in done.stderr


def test_parquet_gives_what_csv_gives(tmp_path):
    pyarrow = pytest.importorskip("pyarrow")
    from pyarrow import parquet

    columns = {"student": ["s1", "s2", "s3"], "q1": [1.0, 0.5, None], "q2": [True, False, True]}
    parquet.write_table(pyarrow.table(columns), tmp_path / "answers.parquet")
    found = load(tmp_path / "answers.parquet")
    assert found.marks.tolist() == [[1, 1], [0.5, 0], [0, 1]]
    assert found.students == ("s1", "s2", "s3")


def test_parquet_that_is_none_is_refused(tmp_path):
    with pytest.raises(Refused, match="Parquet"):
        load(table(tmp_path, "no", "answers.parquet"))
