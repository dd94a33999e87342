"""The receipt of a submission: the same in every run and in the browser, and safe to type."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from viva.assignments.receipt import SIGNS, is_whole, receipt, written
from viva.assignments.remarks import Code, has
from viva.assignments.submissions import Submission, read
from viva.assignments.uploads import Upload

from .conftest import as_file, sent

CASES = json.loads((Path(__file__).parent / "data/receipts.json").read_text("utf-8"))


def of(case: dict) -> str:
    return receipt(case["assignment"], case["identifier"], case["attempt"], case["answers"])


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["what"])
def test_the_code_of_an_answer_file_is_what_it_was(case):
    assert of(case) == case["receipt"]


def test_other_answers_students_and_attempts_have_other_codes():
    codes = [case["receipt"] for case in CASES]
    assert len(set(codes)) == len(codes)


def test_a_time_or_a_hash_changes_nothing():
    answers = {"q": {"answer": 1, "hash": "a"}}
    assert receipt("w", "s1", 1, answers) == receipt("w", "s1", 1, {"q": {"answer": 1}})


@given(st.sampled_from(CASES), st.integers(0, 9), st.sampled_from(SIGNS))
def test_every_wrong_sign_is_found(case, place, sign):
    signs = case["receipt"].replace("-", "")
    wrong = signs[:place] + sign + signs[place + 1 :]
    assert is_whole(wrong) is (wrong == signs)


@pytest.mark.parametrize(
    "text",
    [
        "{}",
        "My receipt is {}.",
        "<p>{}</p>\n",
        "\u201c{}\u201d",
    ],
)
@pytest.mark.parametrize("way", [str, str.lower, lambda code: code.replace("-", " "), lambda code: code.replace("-", "")])
def test_a_code_is_found_however_it_was_typed(text, way):
    code = CASES[0]["receipt"]
    assert code in written(text.format(way(code)))


@pytest.mark.parametrize("zero", ["٠", "۰", "०", "０"])
@pytest.mark.parametrize("between", ["-", " - ", "  ", "\u200f-\u200f", "\u00ad", "-\u200b", "\n"])
def test_a_code_is_found_in_digits_of_any_script_and_with_signs_that_nobody_sees(zero, between):
    code = CASES[0]["receipt"]
    digits = str.maketrans({str(n): chr(ord(zero) + n) for n in range(10)})
    assert any(sign.isdigit() for sign in code)
    assert written(f"\u200f{code.translate(digits).replace('-', between)}\u200f") == [code]


def test_letters_that_look_like_digits_are_read_as_these():
    assert written("oOiIl-AAAAA") == ["00111-AAAAA"]


def test_an_edited_file_does_not_give_its_receipt(week):
    data = sent(week)
    found = read(Upload("a.json", as_file(data)), week)
    assert isinstance(found, Submission)
    honest = read(Upload("a.json", as_file(data | {"receipt": found.receipt})), week)
    assert honest.remarks == ()
    data["answers"]["a-single"]["answer"] = 0
    edited = read(Upload("a.json", as_file(data | {"receipt": found.receipt})), week)
    assert has(edited.remarks, Code.EDITED)
