"""Options that speak of other options, and which options stay where others are shuffled."""

from __future__ import annotations

import pytest

from viva.bank import others

NONE = ["None", "None of above", "None of the options given is correct", "No correct answer"]
ALL = ["All of the above would be expected", "All options given are correct", "Any of the above"]
OTHERWISE = ["No change", "None of the nerves", "All three chambers", "Both kidneys", "Neither drug"]


@pytest.mark.parametrize("text", [*NONE, "Neither", "Neither (a) nor (b)", "None of these."])
def test_none(text):
    assert others.kind(text) == "none"


@pytest.mark.parametrize("text", [*ALL, "Both", "All the above", "Both of these"])
def test_all(text):
    assert others.kind(text) == "all"


@pytest.mark.parametrize("text", OTHERWISE)
def test_what_speaks_of_the_subject(text):
    assert others.kind(text) is None


@pytest.mark.parametrize("text", ["A and B", "Both a and c", "I, II and III only", "1, 3", "'B' & 'C'"])
def test_combinations(text):
    assert others.combines(text)


@pytest.mark.parametrize("text", ["IV", "3/4", "Vitamins A and D", "A fall and a rise"])
def test_no_combinations(text):
    assert not others.combines(text)


def stay(*texts: str, keep: int = -1, said: str = "") -> list[int]:
    kept = [number == keep for number in range(len(texts))]
    return sorted(others.staying(texts, kept, said))


def test_nothing_stays_without_a_reason():
    assert stay("Bone", "Skin", "Nerve") == []


def test_an_option_about_all_others_stays_last():
    assert stay("Bone", "Skin", "All of the above") == [2]


def test_options_named_by_letters_stay_and_so_do_all_others():
    assert stay("Both B and C", "Skin", "Nerve") == [0, 1, 2]


def test_letters_in_an_explanation_keep_the_options_where_they_are():
    assert stay("Bone", "Skin", "Nerve", said="A is right because B and C are false.") == [0, 1, 2]
    assert stay("Bone", "Skin", "Nerve", said="Vitamin C is right for this.") == []


def test_numbers_in_order_stay():
    assert stay("5 mm", "10 mm", "15 mm") == [0, 1, 2]
    assert stay("10 mm", "5 mm", "15 mm") == []


def test_an_option_stays_where_its_author_says_so():
    assert stay("Bone", "Skin", "Nerve", keep=1) == [1]
