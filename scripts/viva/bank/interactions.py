"""How a question is answered, for formats that know nothing of its type: what there is to choose,
match, order, type or point at, and what each of it is worth.

A type says which of these it is (`QuestionType.interaction`); a format writes those that it has.
Texts are Markdown. Places count from 0.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Pick:
    """Something to choose. `share` is the mark of choosing it, or what it adds to the mark."""

    text: str
    share: float
    why: str | None = None

    @property
    def right(self) -> bool:
        """Whether it counts in favour."""
        return self.share > 0


@dataclass(frozen=True)
class Choice:
    """One of some options; or, of `several`, any of them, whose shares add up, never below 0."""

    options: tuple[Pick, ...]
    several: bool = False


@dataclass(frozen=True)
class Panel:
    """One step of a scale, which is worth the part of a panel's votes that `options` tell.

    `notes` come before it, the second half of each in bold; `source` says who voted.
    """

    options: tuple[Pick, ...]
    notes: tuple[tuple[str, str], ...]
    source: str


@dataclass(frozen=True)
class Statement:
    """Something that is true or false."""

    text: str
    answer: bool
    why: str | None = None


@dataclass(frozen=True)
class Judgement:
    """True or false, for each statement; the mark is the part that is right."""

    statements: tuple[Statement, ...]


@dataclass(frozen=True)
class Prompt:
    """What an option is looked for, and the place of that option."""

    text: str
    answer: int
    why: str | None = None


@dataclass(frozen=True)
class Pairs:
    """One of the options for each prompt; the mark is the part that is right."""

    options: tuple[str, ...]
    prompts: tuple[Prompt, ...]
    theme: str | None = None


@dataclass(frozen=True)
class Order:
    """Items in the right order, and as `shown`; the mark is the part of pairs kept together."""

    items: tuple[str, ...]
    shown: tuple[int, ...]


@dataclass(frozen=True)
class Number:
    """A number, right where it is no further than `slack` from `answer`.

    `units` are those that an answer may have: one of each is so many of `unit`.
    """

    answer: float
    slack: float
    tolerance: float
    unit: str | None = None
    units: Mapping[str, float] = field(default_factory=dict)
    also: tuple[tuple[float, float], ...] = ()
    """Other numbers that are right, each with its slack."""

    @property
    def right(self) -> tuple[tuple[float, float], ...]:
        """Each right number with its slack."""
        return ((self.answer, self.slack), *self.also)


@dataclass(frozen=True)
class Words:
    """A few words; small slips do not matter unless they make what is in `reject`."""

    accept: tuple[str, ...]
    reject: tuple[str, ...] = ()
    model: str | None = None


@dataclass(frozen=True)
class Region:
    """A place in the figure: its outline, from 0 to 1 of the figure's width and height."""

    label: str
    points: tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class Spot:
    """A place in the question's figure, among others; the mark is 1 or 0."""

    regions: tuple[Region, ...]
    answer: int


@dataclass(frozen=True)
class Gap:
    """What is missing in a text: words, or one of some options."""

    filled: Words | Choice
    right: str
    why: str | None = None


@dataclass(frozen=True)
class Gaps:
    """A text with gaps: `text` has `mark(n)` where gap n is. The mark is the part that is right."""

    text: str
    gaps: tuple[Gap, ...]

    @staticmethod
    def mark(number: int) -> str:
        """What stands in the text for a gap; no author types it, and no Markdown touches it."""
        return f"\ue000{number}\ue000"


@dataclass(frozen=True)
class Steps:
    """A story, and questions that each go on with it: they are the steps of the question."""

    story: str


Interaction = (
    Choice | Panel | Judgement | Pairs | Order | Number | Words | Spot | Gaps | Steps
)
