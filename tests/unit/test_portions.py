"""A bank of many questions fills several pages; one of few is one page as ever."""

from __future__ import annotations

import pytest

import large
from viva.bank.banks import items, load
from viva.base.words import ENGLISH
from viva.site.portions import MANY, SHARE, portions


@pytest.fixture
def bank(tmp_path):
    """A bank of so many questions, the 50th a case of two steps."""

    def make(many: int):
        path = tmp_path / "big.yml"
        path.write_text(large.big(many), "utf-8")
        loaded = load(path, "quizzes/big.yml")
        assert loaded.bank and not loaded.problems
        return loaded.bank

    return make


def test_a_bank_of_few_questions_is_one_page(bank):
    whole = bank(MANY - 1)  # and a step more
    (one,) = portions(whole)
    assert (one.bank, one.path, one.sheet) == (whole, "self-checks/big.md", "big")
    assert one.title(ENGLISH) == "Big"


def test_a_bank_of_many_questions_fills_pages_in_their_order(bank):
    whole = bank(120)
    found = portions(whole)
    assert [one.path for one in found] == [
        "self-checks/big.md", "self-checks/big_2.md", "self-checks/big_3.md",
    ]  # fmt: skip
    assert tuple(asked for one in found for asked in one.bank.questions) == whole.questions
    assert [one.title(ENGLISH) for one in found][:2] == ["Big, part 1", "Big, part 2"]
    assert {one.total for one in found} == {3}


def test_a_case_stays_on_one_page(bank):
    first, second, *_ = portions(bank(120))
    assert items(first.bank.questions) == SHARE - 1
    assert second.bank.questions[0].id == "long-case"
