"""Two sittings on one scale."""

from __future__ import annotations

from fractions import Fraction
from statistics import fmean, pstdev

import numpy as np
import pytest
from click.testing import CliRunner

from viva.analysis import linking, rasch
from viva.analysis.responses import Item, Responses, load, marked_by
from viva.cli import main


def table(path, marks, names):
    rows = "".join(f"s{n}," + ",".join(map(str, row)) + "\n" for n, row in enumerate(marks))
    path.write_text(f"student,{','.join(names)}\n{rows}", "utf-8")
    return path


def sitting(path, seed, students, ability, places):
    chance = np.random.default_rng(seed)
    theta = chance.normal(ability, 1, (students, 1))
    knows = chance.random((students, len(places))) < 1 / (1 + np.exp(np.array(list(places.values())) - theta))
    return table(path, knows.astype(int), list(places))


SHARED = {f"c{n}": -2 + n / 3 for n in range(13)}
OWN = {f"a{n}": n / 4 - 0.5 for n in range(6)}


@pytest.fixture
def pair(tmp_path):
    """400 students; 500 who are better by .6; the question c4 has become harder by 1.5."""
    later = SHARED | {"c4": SHARED["c4"] + 1.5} | {name.replace("a", "b"): b for name, b in OWN.items()}
    return (sitting(tmp_path / "first.csv", 1, 400, 0, SHARED | OWN),
            sitting(tmp_path / "second.csv", 2, 500, 0.6, later))  # fmt: skip


def test_the_question_that_drifts_is_found_and_can_be_left_out(pair):
    first, second = map(load, pair)
    found = linking.link(first, second)
    assert [one.id for one in found.common if one.drifts] == ["c4"]
    assert found.warnings == ("these drift (look at them, or link --without c4)",)
    clean = linking.link(first, second, ["c4"])
    assert clean.warnings == ()
    assert len(clean.common) == 12
    assert clean.mean_sigma.slope == pytest.approx(1, abs=0.12)


def test_mean_sigma_gives_mean_and_spread_of_the_second(pair):
    first, second = map(load, pair)
    found = linking.link(first, second)
    placed = [{one.id: one.b for one in rasch.fit(one).items} for one in (first, second)]
    x, y = ([here[name] for name in SHARED] for here in placed)
    assert found.mean_sigma.slope == pytest.approx(pstdev(y) / pstdev(x))
    assert found.mean_sigma.intercept == pytest.approx(fmean(y) - pstdev(y) / pstdev(x) * fmean(x))


def rank(score, totals):
    """The share below a score that is spread from half below to half above it, by hand."""
    low, score = Fraction(1, 2), Fraction(score)
    found = Fraction(0)
    for total in totals:
        found += min(Fraction(1), max(Fraction(0), score - (total - low)))
    return found / len(totals)


def inverse(share, totals):
    """By halving: the middle of all scores with this share below them."""
    ends = []
    for strict in (True, False):
        low, high = -1.0, 30.0
        for _ in range(60):
            middle = (low + high) / 2
            below = float(rank(middle, totals))
            if below < share - 1e-9 or (not strict and below <= share + 1e-9):
                low = middle
            else:
                high = middle
        ends.append(low)
    return sum(ends) / 2


def test_chained_equipercentile_by_hand(pair):
    first, second = map(load, pair)
    marks = [one.marks[:60].astype(int) for one in (first, second)]
    few = [Responses(one.items, m.astype(float), {}) for one, m in zip((first, second), marks, strict=True)]
    found = linking.link(*few)
    totals, seconds = ([int(row.sum()) for row in m] for m in marks)
    shared = [[int(row[:13].sum()) for row in m] for m in marks]
    for score, worth in found.scores:
        middle = inverse(float(rank(score, totals)), shared[0])
        by_hand = inverse(float(rank(middle, shared[1])), seconds)
        assert worth == pytest.approx(min(19, max(0, by_hand)), abs=1e-6)
    assert [score for score, _ in found.scores] == list(range(min(totals), max(totals) + 1))


def test_a_sitting_linked_with_itself_changes_nothing(pair):
    first = load(pair[0])
    found = linking.link(first, first)
    have = set(first.marks.sum(axis=1))
    assert [worth for score, worth in found.scores if score in have] == pytest.approx(
        [score for score, _ in found.scores if score in have]
    )
    assert (found.mean_sigma.slope, found.mean_sigma.intercept) == (1, pytest.approx(0, abs=1e-9))


def test_few_shared_questions_and_few_students_are_warned_of():
    items = [tuple(Item(name) for name in names) for names in ("abc", "bcd")]
    marks = np.array([[1, 0, 1], [0, 0, 1], [1, 1, 1], [0, 0, 0]], float)
    found = linking.link(*(Responses(one, marks, {}) for one in items))
    assert found.mean_sigma is None
    assert "only 2 questions are shared" in found.warnings[0]
    assert "4 students, 100 are needed" in found.warnings[1]


def test_questions_with_another_key_are_named():
    keys = ({"a": "A", "b": "B"}, {"a": "A", "b": "C", "c": ""})
    items = [tuple(Item(name, key=frozenset(keyed.get(name, ""))) for name in "abc") for keyed in keys]
    marks = np.array([[1, 0, 1], [0, 0, 1], [1, 1, 1], [0, 0, 0]], float)
    both = [Responses(one, marks, {}) for one in items]
    assert "by different keys in the two (link --without b)" in linking.link(*both).warnings[1]
    assert "(link --without b,c)" in linking.link(*both, rekeyed={"c"}).warnings[1]
    assert not any("different keys" in one for one in linking.link(*both, without=["b"]).warnings)


def test_what_a_sitting_decided_on_its_questions_is_compared(tmp_path):
    text = ("number,question,decision,stands,what,reason,void\n"
            "1,a-case/s-one,s-one is void,yes,void,So.,yes\n2,q,C is right too,no,also,So.,\n"
            "3,r,r counts again,yes,void,So.,\n4,q,the key is B,yes,key,So.,\n")  # fmt: skip
    (tmp_path / "decisions.csv").write_text(text)
    assert marked_by(tmp_path) == {("a-case", "s-one is void"), ("q", "the key is B")}


def test_nothing_shared_is_no_link():
    items = [tuple(Item(name) for name in names) for names in ("abc", "def")]
    marks = np.array([[1.0, 0, 1], [0, 0, 1]])
    assert "no question has the same name" in linking.link(*(Responses(one, marks, {}) for one in items))


def test_the_command(pair, tmp_path):
    done = CliRunner().invoke(main, ["link", *map(str, pair), "--out", str(tmp_path / "out")])
    assert done.exit_code == 0, done.output
    assert "warning: these drift" in done.stdout
    assert "score in first = score in second" in done.stdout
    assert sorted(one.name for one in (tmp_path / "out").glob("[!.]*")) == ["link.html", "questions.csv", "scores.csv"]
    page = (tmp_path / "out/link.html").read_text("utf-8")
    assert "Warning:" in page and "link --without c4" in page
    assert page.count("<tr>") == 1 + len((tmp_path / "out/questions.csv").read_text("utf-8-sig").splitlines()) - 1
    done = CliRunner().invoke(main, ["link", *map(str, pair), "--without", "c4", "--out", str(tmp_path / "out")])
    assert "warning" not in done.stdout
