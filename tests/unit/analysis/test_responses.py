"""Tables of answers as people have them."""

from __future__ import annotations

import csv

import numpy as np
import pytest

from viva.analysis.responses import load
from viva.base.refused import Refused
from viva.base.tables import read, safe, typed, write


def table(folder, text, name="answers.csv"):
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_a_key_row_marks_the_options(tmp_path):
    found = load(table(tmp_path, "student,q1,q2\nkey,B,A\ns1,B,A\ns2,b,C\ns3,,A\n"))
    assert [item.id for item in found.items] == ["q1", "q2"]
    assert found.marks.tolist() == [[1, 1], [1, 0], [0, 1]]
    assert found.chosen["q1"].each() == (frozenset("B"), frozenset("B"), frozenset())


@pytest.mark.parametrize("name", ["Key", "Answer Key", "Schlüssel", "Corrigé", "答案"])
def test_the_row_of_the_key_has_a_name_in_any_language(tmp_path, name):
    found = load(table(tmp_path, f"student,q1,q2\n{name},B,A\ns1,B,C\n"))
    assert found.marks.tolist() == [[1, 0]]


def test_a_key_file_does_the_same(tmp_path):
    key = table(tmp_path, "question,key,text,A,B\nq1,B,Which?,One,Two\nq2,A;C,All?,,\n", "key.csv")
    found = load(table(tmp_path, "student,q1,q2\ns1,B,A;C\ns2,A,C A\ns3,A,A\n"), key)
    assert found.marks.tolist() == [[1, 1], [0, 1], [0, 0]]
    assert dict(found.items[0].options) == {"A": "One", "B": "Two"}
    assert found.items[0].text == "Which?"


def test_a_wide_key_file_is_understood(tmp_path):
    key = table(tmp_path, "q1,q2\nB,A\n", "key.csv")
    found = load(table(tmp_path, "student,q1,q2\ns1,B,B\n"), key)
    assert found.marks.tolist() == [[1, 0]]


def test_marks_need_no_key_and_other_columns_are_named(tmp_path):
    found = load(table(tmp_path, "student;q1;q2;total\ns1;1;0.5;1.5\ns2;0;;0\n"))
    assert found.marks.tolist() == [[1, 0.5], [0, 0]]
    assert found.notes == ("column “total” is left out: it holds more than marks from 0 to 1",)


def test_a_column_without_key_is_named(tmp_path):
    found = load(table(tmp_path, "student,q1,q2\nkey,B,\ns1,B,A\n"))
    assert found.notes == ("column “q2” is left out: the key does not name it",)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("student,q1\n", "there are no answers"),
        ("student,q1,q1\ns1,1,1\n", "column q1 is there twice"),
        ("student,q1\ns1,1,0\n", "the row has 3 cells"),
        ("student,q1\ns1,B\n", "no column holds marks from 0 to 1"),
        ("student,q1\nkey,A\nkey,B\ns1,A\n", "there are 2 rows that begin with key"),
        ("1,0,1\n0,1,1\n", "the first row has numbers and no names"),
        ("student,q1\ns1,-0.25\n", "2:2: no column holds marks from 0 to 1: -0.25 is none"),
        ("student,q1\ns1,8\ns2,12\n", "no column holds marks from 0 to 1: 8 is none"),
        (b"student,q1\nJos\xe9,1\n", "not UTF-8"),
    ],
)
def test_what_cannot_be_understood_is_said(tmp_path, text, said):
    path = table(tmp_path, text)
    with pytest.raises(Refused, match=said) as refused:
        load(path)
    assert str(refused.value).startswith(f"{path}:")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig"])
def test_text_is_read_as_excel_writes_it(tmp_path, encoding):
    path = table(tmp_path, "student\tq1\tq2\nkey\tA\tB\nJosé\tA\tC\n".encode(encoding))
    found = load(path)
    assert found.students == ("José",)
    assert found.marks.tolist() == [[1, 0]]


def graded(folder, marks):
    table(folder, "student,q1,q2\ns1,A,word\ns2,B,\n", "responses.csv")
    table(folder, marks, "marks.csv")
    table(folder, "question,key,text,A,B\nq1,A,Which?,One,Two\nq2,,What?,,\n", "key.csv")
    return folder


def test_a_graded_folder_takes_its_marks(tmp_path):
    found = load(graded(tmp_path, "student,q1,q2\ns1,1,0.25\ns2,0,0\n"))
    assert found.marks.tolist() == [[1, 0.25], [0, 0]]
    assert set(found.chosen) == {"q1"}


def test_a_question_that_waits_for_judgement_is_left_out_and_named(tmp_path):
    found = load(graded(tmp_path, "student,q1,q2\ns1,1,?\ns2,0,0\n"))
    assert [item.id for item in found.items] == ["q1"]
    assert found.notes == ("column “q2” is left out: answers to it wait for judgement",)


@pytest.mark.parametrize(
    "marks", ["student,q1,q2\ns2,1,0\ns1,0,0\n", "student,q1,q2\ns1,1,2\ns2,0,0\n"]
)
def test_marks_that_do_not_fit_are_refused(tmp_path, marks):
    with pytest.raises(Refused, match="grade again"):
        load(graded(tmp_path, marks))


def test_a_folder_without_answers_says_what_to_do(tmp_path):
    with pytest.raises(Refused, match=r"no responses\.csv"):
        load(tmp_path)


@pytest.mark.parametrize("cell", ["=HYPERLINK(1)", "+cmd", "-1+1", "@SUM(A1)", "\t=1", "\r=1"])
def test_no_cell_is_a_formula(tmp_path, cell):
    write(tmp_path / "out.csv", [[cell]])
    assert read(tmp_path / "out.csv")[0][0].startswith("'")


@pytest.mark.parametrize("cell", ["=1", "+cmd", "-a", "@SUM(A1)", "\t=1", "\ta", "\r=1", "\ra", "\n=1"])
def test_an_apostrophe_stands_before_what_a_spreadsheet_would_run(tmp_path, cell):
    assert safe(cell) == f"'{cell}"
    write(tmp_path / "out.csv", [["a", cell]])
    with (tmp_path / "out.csv").open(encoding="utf-8-sig", newline="") as file:
        assert list(csv.reader(file)) == [["a", f"'{cell}"]]


@pytest.mark.parametrize("cell", ["a\r=1", "a\n=1", "a\r\n=1", 'a"\r=1,2'])
def test_no_line_in_a_cell_becomes_a_row(tmp_path, cell):
    write(tmp_path / "out.csv", [[cell, "b"], ["c"]])
    with (tmp_path / "out.csv").open(encoding="utf-8-sig", newline="") as file:
        assert list(csv.reader(file)) == [[cell, "b"], ["c"]]


SPLIT = {
    "a;=1": "a;'=1", "a; @b": "a; '@b", "a\t=1": "a\t'=1", ";+44": ";'+44", "a;-1": "a;'-1", "＝1": "'＝1",
    "A;-": "A;-", "T;F;T": "T;F;T", "1;2;3": "1;2;3", "a;\tb": "a;\tb", "a - b": "a - b",
}  # fmt: skip


@pytest.mark.parametrize("cell", SPLIT)
def test_an_apostrophe_stands_where_another_spreadsheet_would_begin_a_cell(cell):
    assert safe(cell) == SPLIT[cell]
    assert typed(safe(cell)) == cell


@pytest.mark.parametrize("delimiter", [";", "\t"])
@pytest.mark.parametrize("cell", ["a;=1+1;b", "x\t=cmd|'/c'!A1", 'q";=1', "; @SUM(1)"])
def test_no_part_of_a_cell_is_a_formula_for_who_parts_it_elsewhere(tmp_path, cell, delimiter):
    write(tmp_path / "out.csv", [["a", cell, "b"]])
    text = (tmp_path / "out.csv").read_text("utf-8-sig")
    parts = next(csv.reader([text], delimiter=delimiter))
    assert not [one for one in parts if one.strip().startswith(("=", "@", "+"))]


def test_numbers_stay_numbers():
    assert [safe(cell) for cell in ("-1.5", "+4", -2, 0.5, None, "s=1")] == [
        "-1.5", "+4", -2, 0.5, None, "s=1"
    ]  # fmt: skip


def test_marks_cannot_be_changed(tmp_path):
    found = load(table(tmp_path, "student,q1\ns1,1\n"))
    with pytest.raises(ValueError, match="read-only"):
        found.marks[0, 0] = np.nan
