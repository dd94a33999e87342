"""What a flag of `viva analyse` is worth: false alarms in sound tests, and wrong keys found.

Students have abilities of a normal distribution; they know an answer by a two-parameter logistic
model, and who does not know it chooses among the wrong options, some of which tempt more.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import click
import numpy as np

from viva.analysis import advice
from viva.analysis.responses import Item, Picks, Responses
from viva.analysis.statistics import analyse
from viva.base import cores

LETTERS = "ABCDE"
SIZES = (30, 50, 100, 300)
KINDS = {
    "key": "Sound tests of 20 questions with a flag “check the key”",
    "look": "Sound tests of 20 questions with any flag to look at first",
    "weak": "Sound questions with a flag “hardly tells”",
    "found": "Wrong keys that are found",
}


@dataclass(frozen=True)
class World:
    """A kind of test: how well and how hard its questions are, and how wrong options tempt."""

    name: str
    discrimination: float = 1.0
    options: int = 4
    easiest: float = -2.0
    hardest: float = 1.0
    evenness: float = 2.0


WORLDS = (
    World("usual: four options, half to nine tenths know it"),
    World("three options", options=3),
    World("easy", easiest=-3.0, hardest=0.0),
    World("hard", easiest=-1.0, hardest=1.5),
    World("one wrong option tempts most", easiest=-1.5, hardest=1.5, evenness=0.7),
    World("weak questions, three options", discrimination=0.6, options=3),
    World("weak questions, five options", discrimination=0.6, options=5),
    World("weak, and one wrong option tempts most", 0.6, 5, -1.5, 1.5, 0.7),
)


def answers(world: World, students: int, chance: np.random.Generator, wrong: bool) -> Responses:
    """A test of 20 questions; `wrong` keys the first one to one of its wrong options.

    Then its options alone are looked at, which saves half the time.
    """
    count = 20
    ability = chance.normal(size=(students, 1))
    slope = world.discrimination * np.exp(chance.normal(0, 0.3, count))
    place = chance.uniform(world.easiest, world.hardest, count)
    knows = chance.random((students, count)) < 1 / (1 + np.exp(-slope * (ability - place)))
    tempts = np.cumsum(chance.dirichlet(np.full(world.options - 1, world.evenness), count), axis=1)
    drawn = (chance.random((students, count, 1)) > tempts).sum(axis=2)
    chosen = np.where(knows, 0, np.minimum(drawn + 1, world.options - 1))
    keys = [chance.integers(1, world.options) if wrong and n == 0 else 0 for n in range(count)]
    items = tuple(Item(f"q{n}", key=frozenset(LETTERS[key])) for n, key in enumerate(keys))
    sets = tuple(frozenset(letter) for letter in LETTERS[: world.options])
    picks = {f"q{n}": Picks(sets, chosen[:, n]) for n in range(1 if wrong else count)}
    return Responses(items, (chosen == np.array(keys)).astype(float), picks)


def measured(world: World, students: int, tests: int) -> dict[str, float]:
    """The share of cases by what is asked of them in `KINDS`."""
    chance = np.random.default_rng(students)
    hits = dict.fromkeys(KINDS, 0.0)
    for _ in range(tests):
        said = flagged(answers(world, students, chance, wrong=False))
        texts = [flag.text for flags in said for flag in flags]
        hits["key"] += any("check the key: " in text for text in texts)
        hits["look"] += any(flag.weight == "look" for flags in said for flag in flags)
        hits["weak"] += sum("hardly tells" in text for text in texts) / len(said)
        first = flagged(answers(world, students, chance, wrong=True))[0]
        hits["found"] += any("check the key: " in flag.text for flag in first)
    return {kind: count / tests for kind, count in hits.items()}


def flagged(responses: Responses) -> list[tuple[advice.Flag, ...]]:
    """The flags of each question."""
    found = analyse(responses, scaled=False)
    return [advice.flags(item, found.students) for item in found.items]


def _each(tests: int, cases: Sequence[tuple[World, int]]) -> list[dict[str, float]]:
    return [measured(world, students, tests) for world, students in cases]


@click.command()
@click.option("--tests", default=500, show_default=True, help="How many tests of each kind.")
def main(tests: int) -> None:
    """Print, as tables of Markdown, false alarms and the wrong keys that are found."""
    cases = [(world, n) for world in WORLDS for n in SIZES]
    found = dict(zip(cases, cores.spread(partial(_each, tests), cases, 2), strict=True))
    sizes = " | ".join(f"n = {n}" for n in SIZES)
    for kind, title in KINDS.items():
        click.echo(f"\n{title}, per cent\n\n| test | {sizes} |\n|---|{'---:|' * len(SIZES)}")
        for world in WORLDS:
            cells = " | ".join(f"{100 * found[world, n][kind]:.1f}" for n in SIZES)
            click.echo(f"| {world.name} | {cells} |")


if __name__ == "__main__":
    main()
