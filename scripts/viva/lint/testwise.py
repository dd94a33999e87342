"""A solver who knows no medicine: plays a bank by the habits of those who write questions.

Each cue gives every option points; the option with the most is picked. The weights were set once,
from what the literature says of each cue, and not fitted to any bank. Nothing is left to chance:
ties are broken by a hash of the question's id, so the same bank always gets the same mark.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from viva.bank.types import Trait
from viva.lint.item import Item
from viva.lint.rules.key import ARTICLE_END, shared_parts, starts_as_vowel
from viva.lint.rules.numbers import sizes
from viva.lint.rules.wording import absolute, is_polar, opposite
from viva.lint.stats import tail
from viva.lint.views import BankView, CourseView

HEDGE = re.compile(
    r"\b(?:may|might|can|could|usually|often|some|most|likely|possible|possibly|partly|about|tends?"
    r"|in general|as|if|without)\b",
    re.IGNORECASE,
)
RARE = 0.01
UNLIKELY = 0.05
Points = list[float]


def longest(item: Item) -> Points:
    """The longest option, if it is a tenth longer than the next."""
    sizes = [len(choice.text) for choice in item.choices]
    order = sorted(sizes)
    return [float(size == order[-1] and size >= 1.1 * order[-2]) for size in sizes]


def qualified(item: Item) -> Points:
    """The most carefully worded option."""
    counts = [len(HEDGE.findall(choice.text)) for choice in item.choices]
    return _only_best(counts)


def clang(item: Item) -> Points:
    """The option that repeats most words of the stem."""
    return _only_best([len(choice.content & item.stem_content) for choice in item.choices])


def grammar(item: Item) -> Points:
    """Options that do not fit the article at the end of the stem are out."""
    found = ARTICLE_END.search(item.stem.rstrip(" ._…:"))
    if not found:
        return [0.0] * len(item.choices)
    wants_vowel = found[1].lower() == "an"
    return [-float(starts_as_vowel(choice) is not wants_vowel) for choice in item.choices]


def convergence(item: Item) -> Points:
    """The option that shares most parts with the others."""
    shared = shared_parts(item) if len(item.real) == len(item.choices) else []
    return _only_best(shared) if shared else [0.0] * len(item.choices)


def no_absolutes(item: Item) -> Points:
    """Options with always, never, only and the like are out."""
    return [-float(bool(absolute(choice.text))) for choice in item.choices]


def middle_number(item: Item) -> Points:
    """The smallest and the largest number are out."""
    values = sizes(item)
    if len(values) != len(item.choices) or len(values) < 3:
        return [0.0] * len(item.choices)
    ends = (min(values), max(values))
    return [float(value not in ends) for value in values]


def opposites(item: Item) -> Points:
    """One of two opposites is right."""
    return [
        float(
            is_polar(choice.words)
            and any(opposite(choice.words, other.words) for other in item.choices)
        )
        for choice in item.choices
    ]


def about_others(item: Item) -> Points:
    """All or none of the above."""
    return [float(bool(choice.meta)) for choice in item.choices]


def middle_place(item: Item) -> Points:
    """Neither the first nor the last option."""
    last = len(item.choices) - 1
    return [float(0 < number < last) for number in range(last + 1)]


def _only_best(counts: Sequence[int]) -> Points:
    """A point for the one option that has more than any other."""
    best = max(counts)
    return [float(count == best and counts.count(best) == 1) for count in counts]


CUES: dict[str, tuple[float, Callable[[Item], Points]]] = {
    "longest option": (1.0, longest),
    "careful wording": (0.6, qualified),
    "words of the stem": (0.8, clang),
    "grammar": (2.0, grammar),
    "shared parts": (0.6, convergence),
    "no absolutes": (1.0, no_absolutes),
    "middle number": (0.5, middle_number),
    "one of two opposites": (0.4, opposites),
    "all or none of the above": (0.5, about_others),
    "middle place": (0.1, middle_place),
}


@dataclass(frozen=True)
class Pick:
    """What the solver chose, by which cues, and whether that was right."""

    question: str
    choice: int
    cues: tuple[str, ...]
    right: bool
    chance: float


@dataclass(frozen=True)
class Score:
    """The solver's mark on a bank, or on the whole course."""

    name: str
    picks: tuple[Pick, ...] = field(repr=False)

    @property
    def hits(self) -> int:
        """How many it got right."""
        return sum(pick.right for pick in self.picks)

    @property
    def count(self) -> int:
        """How many it played."""
        return len(self.picks)

    @property
    def rate(self) -> float:
        """Its mark from 0 to 1."""
        return self.hits / self.count if self.count else 0.0

    @property
    def chance(self) -> float:
        """The mark of blind guessing."""
        return sum(pick.chance for pick in self.picks) / self.count if self.count else 0.0

    @property
    def p(self) -> float:
        """How probable such a mark, or a better one, is by blind guessing."""
        return tail(self.hits, [pick.chance for pick in self.picks])


def play(item: Item) -> Pick | None:
    """The solver's answer to a question with one best answer."""
    if not item.has(Trait.ONE_RIGHT) or not item.key:
        return None
    given = {name: points(item) for name, (_, points) in CUES.items()}
    totals = [
        sum(CUES[name][0] * points[number] for name, points in given.items())
        for number in range(len(item.choices))
    ]
    best = max(totals)
    tied = [number for number, total in enumerate(totals) if best - total < 1e-9]
    chosen = tied[_hash(item.question.id) % len(tied)]
    speaking = tuple(name for name, points in given.items() if points[chosen] > 0)
    right = item.choices[chosen] is item.key
    return Pick(item.question.id, chosen, speaking, right, 1 / len(item.choices))


def _hash(text: str) -> int:
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:4], "big")


def score(bank: BankView) -> Score:
    """The solver's mark on one bank."""
    return Score(bank.bank.id, tuple(filter(None, map(play, bank.items))))


def scores(course: CourseView) -> list[Score]:
    """Its mark on every bank that has questions it can play."""
    return [found for bank in course.every if (found := score(bank)).count]


@dataclass(frozen=True)
class Cue:
    """How often a cue alone points to one option, how often rightly, and by which chances."""

    name: str
    hits: int
    chances: tuple[float, ...] = field(repr=False)

    @property
    def p(self) -> float:
        """How probable so many right, or more, are by blind guessing."""
        return tail(self.hits, self.chances)

    @property
    def verdict(self) -> str:
        """Whether it is right more or less often than chance allows (p < .01), or nearly (.05)."""
        if self.p < RARE:
            return "too often: it gives answers away"
        if 1 - tail(self.hits + 1, self.chances) < RARE:
            return "too rarely: avoiding it helps"
        return "more often than by chance: look at these questions" if self.p < UNLIKELY else ""


def cues(course: CourseView) -> list[Cue]:
    """What each cue is worth in the whole course."""
    items = [item for bank in course.every for item in bank.singles]
    found = []
    for name, (_, points) in CUES.items():
        said = [(item, n) for item in items if (n := _pointed(points(item))) is not None]
        hits = sum(item.choices[number] is item.key for item, number in said)
        found.append(Cue(name, hits, tuple(1 / len(item.choices) for item, _ in said)))
    return found


def _pointed(points: Points) -> int | None:
    """The one option that a cue prefers to all others."""
    best = max(points)
    return points.index(best) if points.count(best) == 1 else None


def whole(found: Sequence[Score]) -> Score:
    """All banks as one."""
    return Score("all banks", tuple(pick for one in found for pick in one.picks))


def as_data(course: CourseView) -> dict[str, object]:
    """The report for programs."""
    found = scores(course)
    return {
        "banks": [_row(one) for one in found],
        "all": _row(whole(found)),
        "cues": [
            {
                "cue": cue.name,
                "spoke": len(cue.chances),
                "right": cue.hits,
                "by_chance": round(sum(cue.chances), 2),
                "p": round(cue.p, 6),
                "verdict": cue.verdict,
            }
            for cue in cues(course)
        ],
        "picks": [
            {
                "bank": one.name,
                "question": p.question,
                "option": p.choice,
                "right": p.right,
                "cues": p.cues,
            }
            for one in found
            for p in one.picks
        ],
    }


def _row(one: Score) -> dict[str, object]:
    return {
        "bank": one.name,
        "questions": one.count,
        "right": one.hits,
        "mark": round(one.rate, 4),
        "chance": round(one.chance, 4),
        "p": round(one.p, 6),
    }


def as_text(course: CourseView) -> str:
    """The report for people."""
    found = scores(course)
    if not found:
        return "no question with one best answer to play"
    rows = [f"{'bank':<24}{'questions':>10}{'right':>7}{'mark':>7}{'chance':>8}{'p':>8}"]
    rows += [_line(one) for one in (*found, whole(found))]
    tricks = cues(course)
    rows += ["", f"{'each trick by itself':<26}{'spoke':>7}{'right':>7}{'by chance':>11}{'p':>8}"]
    for cue in tricks:
        counts = f"{len(cue.chances):>7}{cue.hits:>7}{sum(cue.chances):>11.1f}{_p(cue.p):>8}"
        rows.append(f"{cue.name:<26}{counts}  {cue.verdict}".rstrip())
    alone = [_alone(cue) for cue in tricks if cue.p < UNLIKELY]
    return "\n".join([*rows, "", _verdict(whole(found)), *alone])


def _alone(cue: Cue) -> str:
    """What a solver gets who knows one trick and nothing else."""
    said = f"{cue.hits} of {len(cue.chances)} where guessing gets {sum(cue.chances):.1f}"
    return f"one who goes by {cue.name} alone gets {said} (p {_p(cue.p)})"


def _p(p: float) -> str:
    return f"{p:.3f}" if p >= 0.0005 else "<.001"


def _line(one: Score) -> str:
    marks = f"{one.rate:>7.0%}{one.chance:>8.0%}{_p(one.p):>8}"
    return f"{one.name:<24}{one.count:>10}{one.hits:>7}{marks}"


def _verdict(one: Score) -> str:
    marks = f"{one.rate:.0%} where guessing gets {one.chance:.0%}"
    said = f"a solver who knows no medicine gets {marks}"
    if one.p < RARE:
        return f"{said}: the questions give their answers away"
    return f"{said}: no better than chance (p = {one.p:.2f})"
