"""A solver who knows no medicine: plays a bank by the habits of those who write questions.

Each cue gives every option points; the option with the most is picked. The weights were set once,
from what the literature says of each cue, and not fitted to any bank. Nothing is left to chance:
ties are broken by a hash of the question's id, so the same bank always gets the same mark.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from unicodedata import combining, east_asian_width

from viva.bank.types import Trait
from viva.base.words import ENGLISH, Percent, Quantity, Said, Words, say
from viva.lint.item import Item
from viva.lint.rules.key import starts_as_vowel
from viva.lint.rules.numbers import sizes
from viva.lint.rules.wording import absolute, is_polar, opposite
from viva.lint.stats import tail
from viva.lint.views import BankView, CourseView

HEDGE = re.compile(
    r"\b(?:may|might|can|could|usually|often|some|most|likely|possible|possibly|partly|about|tends?"
    r"|in general|as|if|without)\b"
)
RARE = 0.01
ALL = "all banks"
UNLIKELY = 0.05
Points = list[float]


def longest(item: Item) -> Points:
    """The longest option, if it is a tenth longer than the next."""
    sizes = [len(choice.text) for choice in item.choices]
    order = sorted(sizes)
    return [float(size == order[-1] and size >= 1.1 * order[-2]) for size in sizes]


def qualified(item: Item) -> Points:
    """The most carefully worded option."""
    counts = [len(HEDGE.findall(choice.text.lower())) for choice in item.choices]
    return _only_best(counts)


def clang(item: Item) -> Points:
    """The option that repeats most words of the stem."""
    return _only_best([len(choice.content & item.stem_content) for choice in item.choices])


def grammar(item: Item) -> Points:
    """Options that do not fit the article at the end of the stem are out."""
    article = item.last_article
    if not article:
        return [0.0] * len(item.choices)
    wants_vowel = article == "an"
    return [-float(starts_as_vowel(choice) is not wants_vowel) for choice in item.choices]


def convergence(item: Item) -> Points:
    """The option that shares most parts with the others."""
    shared = item.shared_parts if len(item.real) == len(item.choices) else []
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


NAMED: Mapping[str, Said] = {
    "longest option": say("longest option"),
    "careful wording": say("careful wording"),
    "words of the stem": say("words of the stem"),
    "grammar": say("grammar"),
    "shared parts": say("shared parts"),
    "no absolutes": say("no absolutes"),
    "middle number": say("middle number"),
    "one of two opposites": say("one of two opposites"),
    "all or none of the above": say("all or none of the above"),
    "middle place": say("middle place"),
}
"""What people call the cues; programs read the English names."""
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
    totals = [0.0] * len(item.choices)
    for name, points in given.items():
        for number, value in enumerate(points):
            totals[number] += CUES[name][0] * value
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
    def verdict(self) -> Said | None:
        """Whether it is right more or less often than chance allows (p < .01), or nearly (.05)."""
        if self.p < RARE:
            return say("too often: it gives answers away")
        if 1 - tail(self.hits + 1, self.chances) < RARE:
            return say("too rarely: avoiding it helps")
        if self.p < UNLIKELY:
            return say("more often than by chance: look at these questions")
        return None


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
    return Score(ALL, tuple(pick for one in found for pick in one.picks))


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
                "verdict": cue.verdict or "",
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


def as_text(course: CourseView, words: Words = ENGLISH) -> str:
    """The report for people, in a language."""
    found = scores(course)
    if not found:
        return words.say("no question with one best answer to play")
    tricks = cues(course)
    tables = _table([*_marks(found, words)]), _table([*_tricks(tricks, words)])
    lines = [*tables[0], "", *tables[1], ""]
    alone = [_alone(cue, words) for cue in tricks if cue.p < UNLIKELY]
    return "\n".join([*lines, _verdict(whole(found), words), *alone])


def width(text: str) -> int:
    """How many columns of a terminal a text takes; signs of East Asia are two wide."""
    marks = sum(map(bool, map(combining, text)))
    return len(text) - marks + sum(east_asian_width(sign) in "WF" for sign in text)


def _table(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Rows with their cells below each other: names to the left, numbers to the right."""
    widths = [max(map(width, column)) for column in zip(*rows, strict=True)]
    for first, *others in rows:
        cells = [first + " " * (widths[0] - width(first))]
        cells += [" " * (most - width(one)) + one
                  for one, most in zip(others, widths[1:], strict=True)]  # fmt: skip
        yield "  ".join(cells).rstrip()


def _marks(found: Sequence[Score], words: Words) -> Iterator[list[str]]:
    """What the solver gets in each bank and in all."""
    told = words.say
    yield [told("bank"), told("questions"), told("right"), told("mark"), told("chance"), "p"]
    for one in (*found, whole(found)):
        name = told("all banks") if one.name == ALL else one.name
        counts = [words.number(one.count), words.number(one.hits)]
        yield [name, *counts, words.percent(one.rate), words.percent(one.chance), _p(one.p, words)]


def _tricks(tricks: Sequence[Cue], words: Words) -> Iterator[list[str]]:
    """What each trick is worth by itself; what is said of it stands behind its numbers."""
    told = words.say
    yield [told("each trick by itself"), told("spoke"), told("right"), told("by chance"), "p", ""]
    for one in tricks:
        counts = [words.number(len(one.chances)), words.number(one.hits)]
        chance = words.number(sum(one.chances), 1, 1)
        verdict = words.tell(one.verdict) if one.verdict else ""
        yield [words.tell(NAMED[one.name]), *counts, chance, _p(one.p, words), verdict]


def _alone(cue: Cue, words: Words) -> str:
    """What a solver gets who knows one trick and nothing else."""
    return words.say(
        "one who goes by one trick alone ({trick}) gets {right} of {total} where guessing gets "
        "{chance} (p {p})",
        trick=NAMED[cue.name], right=cue.hits, total=len(cue.chances),
        chance=Quantity(sum(cue.chances), most=1, least=1), p=_p(cue.p, words),
    )


def _p(p: float, words: Words) -> str:
    return words.number(p, 3, 3) if p >= 0.0005 else f"<{words.number(0.001, 3)}"


def _verdict(one: Score, words: Words) -> str:
    marks = {"rate": Percent(one.rate), "chance": Percent(one.chance)}
    if one.p < RARE:
        return words.say(
            "a solver who knows no medicine gets {rate} where guessing gets {chance}: "
            "the questions give their answers away",
            **marks,
        )
    return words.say(
        "a solver who knows no medicine gets {rate} where guessing gets {chance}: "
        "no better than chance (p = {p})",
        **marks, p=Quantity(one.p, most=2, least=2),
    )
