"""What a flag is worth: seldom in sound tests, and there when a key is wrong."""

from __future__ import annotations

import importlib.util
import sys
from dataclasses import replace
from math import comb
from pathlib import Path

import pytest

from sampled import long
from viva.analysis import advice
from viva.analysis.statistics import ItemFacts, OptionFacts

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def simulated():
    spec = importlib.util.spec_from_file_location("flags_benchmark", ROOT / "benchmarks/flags.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # so that its data classes find their module
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("number", [long(0), 3, long(6)])
def test_sound_tests_are_left_alone_and_wrong_keys_are_found(simulated, number):
    """Few tests here, many in `make benchmark`: 12 of 100 is what chance makes of 5 of 100."""
    world = simulated.WORLDS[number]
    assert simulated.measured(world, 30, 100)["look"] <= 0.12
    assert simulated.measured(world, 50, 100)["found"] >= 0.65


def item(p, r, rival, share, students=50):
    options = (
        OptionFacts("A", "", True, int(p * students), p, r, None),
        OptionFacts("B", "", False, int(share * students), share, rival, share >= 0.05),
    )
    known = {"r_low": -1.0, "r_high": 1.0, "alpha_without": None, "left_open": 0, "not_reached": 0}
    return ItemFacts("q", "", p, 0, 1, None, r, **known, p_reached=None, options=options)


@pytest.mark.parametrize(("students", "bound"), [(30, 3.809), (50, 3.172), (100, 2.0), (400, 0.0)])
@pytest.mark.parametrize(("p", "share"), [(0.3, 0.3), (0.5, 0.2), (0.2, 0.45)])
def test_better_and_more_count_together_against_a_bound_that_falls(students, bound, p, share):
    """The numbers of the guide: √n · better + 0.9 · (a − b) / √(a + b) above 6 − 0.4 · √n."""
    rival, keyed = share * students, p * students
    left = max(0.0, bound - 0.9 * (rival - keyed) / (rival + keyed) ** 0.5) / students**0.5
    for nearly, told in ((-0.005, False), (0.005, True)):
        found = advice.flags(item(p, 0.02, 0.02 + left + nearly, share, students), students)
        assert any("check the key: those who knew more chose B" in one.text for one in found) is told


def test_a_popular_rival_that_is_no_better_is_no_wrong_key():
    found = advice.flags(item(0.1, 0.3, 0.2, 0.9), 50)
    assert not [one for one in found if one.weight == "look"]


def test_a_key_that_nobody_chose_is_doubted():
    found = advice.flags(replace(item(0.0, None, 0.3, 0.9)), 50)
    assert found[0].text == "check the key: those who knew more chose B"


def test_a_scale_that_a_panel_votes_on_has_no_distractors():
    voted = item(0.5, 0.3, 0.5, 0.4)
    labels = zip(voted.options, ("+1", "-2"), strict=True)
    scale = tuple(replace(option, label=label, functions=False) for option, label in labels)
    assert not advice.flags(replace(voted, options=scale), 50)
    assert advice.flags(replace(voted, options=(voted.options[0], replace(scale[1], label="B"))), 50)


def test_every_flag_that_judges_says_how_often_it_comes_by_chance():
    cases = (item(0.5, 0.05, -0.1, 0.1), item(0.2, 0.3, 0.1, 0.5), item(0.95, 0.3, 0, 0.01),
             replace(item(0.5, -0.4, 0.0, 0.1), r_high=-0.1), item(0.5, 0.3, 0.4, 0.3, 500))  # fmt: skip
    for one in cases:
        found = advice.flags(one, 50)
        assert found and all(flag.false_alarm for flag in found)


@pytest.mark.parametrize(("students", "p"), [(30, 0.4), (47, 0.4), (100, 0.4)])
def test_chances_are_those_of_the_binomial_distribution(students, p):
    below = sum(comb(students, k) * p**k * (1 - p) ** (students - k) for k in range(students) if k < 0.3 * students)
    (flag,) = (one for one in advice.flags(item(0.2, 0.3, -0.2, 0.1, students), students) if "hard" in one.text)
    told = "< 1\u00a0%" if below < 0.005 else f"{100 * below:.0f}\u00a0%"
    assert flag.false_alarm == f"by chance in {told} of questions that 40\u00a0% of all students know"
