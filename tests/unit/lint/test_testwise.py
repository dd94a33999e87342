"""The statistics of the bank rules, and the solver who knows no medicine."""

from __future__ import annotations

import random
from itertools import product
from math import comb

import pytest

from unit.lint.examples import clean, course_with, whole
from viva.lint import testwise
from viva.lint.stats import chi_square_tail, tail, uneven_tail
from viva.lint.views import view


@pytest.mark.parametrize(
    ("value", "freedom", "p"),
    [(9.210, 2, 0.01), (11.345, 3, 0.01), (13.277, 4, 0.01), (7.815, 3, 0.05), (0.0, 3, 1.0)],
)
def test_chi_square_matches_the_printed_tables(value, freedom, p):
    assert chi_square_tail(value, freedom) == pytest.approx(p, abs=1e-4)


@pytest.mark.parametrize("counts", [(5, 0, 0), (3, 1, 0, 0), (2, 2, 1), (4, 4), (6, 0, 0, 0)])
def test_uneven_places_match_counting_every_outcome(counts):
    places, things = len(counts), sum(counts)
    least = sum(count**2 for count in counts)
    outcomes = product(range(places), repeat=things)
    hits = sum(sum(one.count(n) ** 2 for n in range(places)) >= least for one in outcomes)
    assert uneven_tail(counts) == pytest.approx(hits / places**things)


def test_uneven_places_agree_with_random_trials():
    chance, counts = random.Random(3), (12, 3, 2, 2)
    least = sum(count**2 for count in counts)
    trials = [[chance.randrange(4) for _ in range(19)] for _ in range(10_000)]
    hits = sum(sum(one.count(n) ** 2 for n in range(4)) >= least for one in trials)
    assert uneven_tail(counts) == pytest.approx(hits / 10_000, abs=0.003)


def test_equal_chances_give_the_binomial():
    exact = sum(comb(20, k) * 0.25**k * 0.75 ** (20 - k) for k in range(9, 21))
    assert tail(9, [0.25] * 20) == pytest.approx(exact)
    assert tail(0, [0.25] * 20) == 1.0
    assert tail(21, [0.25] * 20) == pytest.approx(0.0)


def test_unequal_chances_match_counting_every_outcome():
    chances = [0.5, 0.25, 0.2]
    two = 0.5 * 0.25 * 0.8 + 0.5 * 0.75 * 0.2 + 0.5 * 0.25 * 0.2
    assert tail(2, chances) == pytest.approx(two + 0.5 * 0.25 * 0.2)


def test_many_answers_are_approximated_closely():
    assert tail(400, [0.25] * 1501) == pytest.approx(tail(400, [0.25] * 1500), abs=0.01)


def pick(question: dict, folder):
    (item,) = view(course_with([whole(question, 0)], folder)).items
    return testwise.play(item)


def options(*texts: str, key: int = 0) -> list[dict]:
    return [
        {"text": text} | ({"correct": "true"} if n == key else {}) for n, text in enumerate(texts)
    ]


@pytest.mark.parametrize(
    ("cue", "question", "choice"),
    [
        ("longest option", {"options": options("A cyst", "A wide and lasting tear", "A node")}, 1),
        ("careful wording", {"options": options("It heals", "It may rest", "It tears")}, 1),
        (
            "words of the stem",
            {"stem": "What squeezes quadratus?", "options": options("Femur", "Tibia", "Quadratus")},
            2,
        ),
        ("shared parts", {"options": options("red and wet", "red and dry", "tan and dry")}, 1),
        ("middle number", {"options": options("10 mm", "15 mm", "20 mm")}, 1),
        ("one of two opposites", {"options": options("It is", "It rises", "It falls")}, None),
        ("all or none of the above", {"options": options("Tibia", "Talus", "All of these")}, 2),
    ],
)
def test_each_cue_speaks(cue, question, choice, tmp_path):
    found = pick(question, tmp_path)
    assert cue in found.cues
    assert choice is None or found.choice == choice


def test_an_absolute_option_is_avoided(tmp_path):
    found = pick({"options": options("It always is", "It tears", "It never is")}, tmp_path)
    assert found.choice == 1


def test_grammar_rules_options_out(tmp_path):
    question = {"stem": "The name of this is an", "options": options("bursa", "exostosis", "cyst")}
    assert pick(question, tmp_path).choice == 1


def test_it_plays_the_same_way_every_time(tmp_path):
    questions = [clean(number, number % 4) for number in range(30)]
    first = testwise.as_data(view(course_with(questions, tmp_path)))
    assert testwise.as_data(view(course_with(questions, tmp_path))) == first


def test_clean_questions_are_worth_what_guessing_is(tmp_path):
    chance = random.Random(5)
    questions = [clean(number, chance.randrange(4)) for number in range(400)]
    found = testwise.whole(testwise.scores(view(course_with(questions, tmp_path))))
    assert found.count == 400
    assert found.chance == pytest.approx(0.25)
    assert abs(found.rate - 0.25) < 0.08


def test_flawed_questions_are_worth_more(tmp_path):
    questions = [clean(number, number * 7 % 4) for number in range(30)]
    for question in questions:
        key = next(option for option in question["options"] if option.get("correct"))
        key["text"] += " without the joint"
    seen = view(course_with(questions, tmp_path))
    found = testwise.whole(testwise.scores(seen))
    assert found.rate > 0.9
    assert found.p < 1e-6
    assert "give their answers away" in testwise.as_text(seen)
    (longest,) = [cue for cue in testwise.cues(seen) if cue.name == "longest option"]
    assert longest.verdict.startswith("too often")
