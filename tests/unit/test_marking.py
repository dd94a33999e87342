"""Marks: the golden cases, and what holds for every answer."""

from __future__ import annotations

import json
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from golden import FOLDER, THEME, cases
from viva.bank import types
from viva.bank.question import AnswerError
from viva.bank.types.numeric import understand
from viva.base.folding import distance, fold, near

CASES = cases()
MARKS = [(case, answer, mark) for case in CASES for answer, mark in case.marks]
REFUSED = [(case, answer) for case in CASES for answer in case.refused]


def _name(value: Any) -> str:
    return getattr(value, "name", None) or json.dumps(value, ensure_ascii=False)


@pytest.mark.parametrize(("case", "answer", "mark"), MARKS, ids=_name)
def test_an_answer_gets_its_mark(case, answer, mark):
    assert types.mark(case.question, answer) == (None if mark is None else pytest.approx(mark))


@pytest.mark.parametrize(("case", "answer"), REFUSED, ids=_name)
def test_a_forged_answer_is_refused(case, answer):
    with pytest.raises(AnswerError):
        types.mark(case.question, answer)


@pytest.mark.parametrize("kind", types.TYPES)
def test_a_type_has_its_template_script_and_cases(kind):
    assert THEME.template(f"types/{kind}.html")
    script = THEME.assets()[f"assets/viva/types/{kind}.js"].decode()
    assert f'viva.type("{kind}", {{' in script
    found = cases(kind)
    assert all(case.question.type == kind for case in found)
    answers = [answer for case in found for answer, _ in case.marks]
    assert None in answers, "an answer that was left open"
    assert any(case.refused for case in found), "an answer that no page could have given"
    marks = {mark for case in found for _, mark in case.marks}
    assert {0, 1} <= marks


def test_every_folder_of_cases_belongs_to_a_type():
    assert {path.name for path in FOLDER.iterdir()} == set(types.TYPES)


@pytest.mark.parametrize("case", CASES, ids=_name)
def test_the_key_is_the_same_every_time_and_fits_json(case):
    key = types.key(case.question)
    assert json.loads(json.dumps(key)) == key == types.key(case.question)


PARTS = st.none() | st.booleans() | st.integers(-3, 6) | st.text(max_size=20)
ANSWERS = PARTS | st.lists(PARTS, max_size=6) | st.lists(st.integers(0, 4), max_size=5, unique=True)


@pytest.mark.parametrize("case", CASES, ids=_name)
@given(answer=ANSWERS)
def test_any_answer_is_marked_from_0_to_1_or_refused(case, answer):
    try:
        mark = types.mark(case.question, answer)
    except AnswerError:
        return
    assert mark is None or 0 <= mark <= 1


@pytest.mark.parametrize("case", cases("ordering"), ids=_name)
def test_no_order_but_the_right_one_gets_the_full_mark(case):
    order = types.key(case.question)["order"]
    assert order != sorted(order), "the shown order is never the right one"
    full = [p for p in permutations(order) if types.mark(case.question, list(p)) == 1]
    assert full == [tuple(order)]


@given(st.text() | st.text(alphabet="aeothnlrsuidg .,'1α"))
def test_folding_twice_changes_nothing_more(text):
    assert fold(fold(text)) == fold(text)


@given(st.text(alphabet="abcdefgh '-,.", max_size=20))
def test_case_articles_and_punctuation_do_not_matter(text):
    assert fold(f"  The {text.upper()}!") == fold(text)


@given(st.text(alphabet="abcdef ghij", max_size=12), st.text(alphabet="abcdef ghij", max_size=12))
def test_distance_is_symmetric(one, other):
    assert distance(one, other, 20) == distance(other, one, 20)


@given(st.text(alphabet="bcdfghjkmnpqrtvwxz", min_size=9, max_size=20), st.data())
def test_one_swap_of_letters_is_forgiven_in_a_long_word(word, data):
    place = data.draw(st.integers(0, len(word) - 2))
    swapped = word[:place] + word[place + 1] + word[place] + word[place + 2 :]
    assert near(swapped, word)


@given(st.floats(allow_nan=False, allow_infinity=False, width=32))
def test_a_number_is_understood_as_it_is_printed(number):
    assert understand(repr(number), None) == number
    assert understand(f"{number!r} mm", "mm") == number


@given(st.integers(0, 999), st.integers(0, 99))
def test_a_decimal_comma_is_a_decimal_point(whole, part):
    assert understand(f"{whole},{part:02}", "mm") == understand(f"{whole}.{part:02}", "mm")
    assert understand(f"1 {whole:03},{part:02}", None) == understand(
        f"1,{whole:03}.{part:02}", None
    )


@pytest.mark.parametrize(
    ("given", "wanted", "forgiven"),
    [
        ("ulma", "ulna", False),  # 4 letters: none
        ("fenur", "femur", True),  # 5: one
        ("fenor", "femur", False),
        ("klavicle", "clavicle", True),  # 8: one
        ("klavikle", "clavicle", False),
        ("kalkaneus", "calcaneus", True),  # 9: two
        ("kalkaneos", "calcaneus", False),
    ],
)
def test_slips_are_forgiven_by_the_length_of_the_word(given, wanted, forgiven):
    assert near(given, wanted) is forgiven
