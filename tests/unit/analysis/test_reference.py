"""The statistics agree with published matrices and with other programs."""

from __future__ import annotations

import pytest

from viva.analysis.statistics import analyse

MATRICES = ("ctt_toy", "kr20_10x10", "lsat6", "lsat7")
SCALE = {"mean": "mean_total", "sd": "sd_total_n1", "alpha": "alpha", "kr20": "kr20", "sem": "sem"}
ITEM = {
    "p": "p",
    "r_rest": "r_item_rest",
    "discrimination": "D27_fractional_ties",
    "alpha_without": "alpha_if_deleted",
}


@pytest.mark.parametrize("name", MATRICES)
def test_the_whole_test_agrees(reference, name):
    responses, expected = reference(name)
    found = analyse(responses)
    for ours, theirs in SCALE.items():
        assert getattr(found, ours) == pytest.approx(
            expected["computed"]["scale"][theirs], abs=1e-6
        )
    assert found.group == expected["computed"]["scale"]["group27_n"]


@pytest.mark.parametrize("name", MATRICES)
def test_every_item_agrees(reference, name):
    responses, expected = reference(name)
    for item, known in zip(analyse(responses).items, expected["computed"]["items"], strict=True):
        for ours, theirs in ITEM.items():
            assert getattr(item, ours) == pytest.approx(known[theirs], abs=1e-6)


@pytest.mark.parametrize("name", ("lsat6", "lsat7"))
def test_printed_tables_agree_to_their_three_places(reference, name):
    responses, expected = reference(name)
    found, printed = analyse(responses), expected["published_3dp"]
    assert round(found.alpha, 3) == printed["overall"]["alpha"]
    assert round(found.sem, 3) == printed["overall"]["SEM"]
    assert [round(item.p, 3) for item in found.items] == printed["mean"]
    assert [round(item.r_rest, 3) for item in found.items] == printed["total_r_if_rm"]


def test_the_score_distribution_is_the_printed_one(reference):
    responses, expected = reference("lsat6")
    counts = {f"{one.low:g}": one.count for one in analyse(responses).scores}
    assert counts == expected["published_3dp"]["score_freq"]


def test_kr20_does_not_mix_denominators(reference):
    responses, expected = reference("ctt_toy")
    wrong = expected["computed"]["scale"]["kr20_wrong_mixed_denominators"]
    assert abs(analyse(responses).kr20 - wrong) > 0.04
