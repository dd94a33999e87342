"""A question as the rules see it: its text prepared once, its options alike whatever its type."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from viva.bank import others, types
from viva.bank.banks import Bank
from viva.bank.question import Question
from viva.bank.types import Part, Trait
from viva.base.reader import Loc, Source
from viva.course.courses import Course
from viva.lint import text
from viva.lint.lazy import lazy
from viva.lint.rule import base

PARTS = re.compile(r",\s*(?:and\s+)?|;\s*|\s+/\s+|\s+(?:and|with|plus)\s+")
ARTICLE_END = re.compile(r"(?<![/(])(?<!\ba or )\b(an?)[^\w)]*$")
END = 40
"""So many characters hold an article at the end, and whatever stands around it."""


@dataclass(frozen=True)
class Choice:
    """An option. `correct` is None where that depends on a prompt, as in matching."""

    loc: Loc
    raw: str
    correct: bool | None
    why: str | None
    joins_all: bool = False
    """Whether it names every other option by its letter."""

    @lazy
    def text(self) -> str:
        """The option without its markup."""
        return text.normalised(self.raw)

    @lazy
    def words(self) -> list[str]:
        """Its words in lower case."""
        return text.words(self.text)

    @lazy
    def content(self) -> frozenset[str]:
        """Those of its words that carry meaning."""
        return text.content(self.words)

    @lazy
    def meta(self) -> others.Kind | None:
        """`none` or `all` for an option that speaks of the others."""
        return others.kind(self.text) or ("all" if self.joins_all else None)


@dataclass(frozen=True)
class Home:
    """Where a question stands: its bank, the bank's file, the course and its abbreviations."""

    bank: Bank
    source: Source
    course: Course
    abbreviations: frozenset[str]


@dataclass(frozen=True)
class Item:
    """A sound question with its place. `case` is the one that it is a step of."""

    question: Question
    loc: Loc
    home: Home
    case: Item | None = None

    @property
    def source(self) -> Source:
        """The file that it stands in."""
        return self.home.source

    @property
    def course(self) -> Course:
        """The course that it belongs to."""
        return self.home.course

    @lazy
    def language(self) -> str:
        """The language of its course, without a region."""
        return base(self.course.layout.settings.language)

    @lazy
    def traits(self) -> frozenset[Trait]:
        """What rules select it by."""
        return types.traits(self.question)

    def has(self, *traits: Trait) -> bool:
        """Whether it has one of these traits."""
        return not self.traits.isdisjoint(traits)

    @lazy
    def choices(self) -> tuple[Choice, ...]:
        """The options, in order."""
        found = types.choices(self.question)
        return tuple(
            Choice(part.loc, part.text, part.correct, part.why, others.joins(part.text, number))
            for number, part in enumerate(found)
        )

    @lazy
    def parts(self) -> tuple[Part, ...]:
        """What else is read before answering: statements, prompts, items, places."""
        return tuple(types.parts(self.question))

    @lazy
    def real(self) -> tuple[Choice, ...]:
        """The options that speak of the subject and not of other options."""
        return tuple(choice for choice in self.choices if not choice.meta)

    @lazy
    def key(self) -> Choice | None:
        """The right option, if there is exactly one."""
        right = [choice for choice in self.choices if choice.correct]
        return right[0] if len(right) == 1 else None

    @lazy
    def distractors(self) -> tuple[Choice, ...]:
        """The options that are not right, without those that speak of the others."""
        return tuple(choice for choice in self.real if choice.correct is False)

    @lazy
    def stem(self) -> str:
        """The stem without its markup."""
        return text.normalised(self.question.stem)

    @lazy
    def sentences(self) -> list[str]:
        """The sentences of the stem."""
        return text.sentences(self.stem)

    @lazy
    def lead_in(self) -> str:
        """The sentence of the stem that asks."""
        return text.lead_in(self.sentences)

    @lazy
    def stem_words(self) -> list[str]:
        """The words of the stem in lower case."""
        return text.words(self.stem)

    @lazy
    def stem_content(self) -> frozenset[str]:
        """Those of them that carry meaning."""
        return text.content(self.stem_words)

    @lazy
    def told(self) -> str:
        """All that a student reads before answering, but for the options."""
        before = [self.case.told] if self.case else []
        return " ".join([*before, *(said for _, said in self.free_texts)])

    @lazy
    def free_texts(self) -> tuple[tuple[Loc, str], ...]:
        """The running text before the answer, in reading order, each with its place."""
        reveal = self.question.reveal
        found = [(("reveal",), reveal)] if reveal else list[tuple[Loc, str]]()
        return tuple(
            (loc, self.stem if loc == ("stem",) else text.normalised(said))
            for loc, said in (*found, *types.running(self.question))
            if self.written(str(loc[0]))
        )

    @lazy
    def texts(self) -> tuple[tuple[Loc, str], ...]:
        """Every text that a student reads before answering, in plain form, with its place."""
        found: list[tuple[Loc, str]] = [*self.free_texts]
        found += [(choice.loc, choice.text) for choice in self.choices]
        found += [(part.loc, text.normalised(part.text)) for part in self.parts]
        return tuple(found)

    @lazy
    def whys(self) -> tuple[tuple[Loc, str], ...]:
        """What is said about single options and parts, with its place."""
        found = [(choice.loc, choice.why) for choice in self.choices]
        found += [(part.loc, part.why) for part in self.parts]
        return tuple(((*loc[:-1], "why"), why) for loc, why in found if why)

    @lazy
    def rationale(self) -> tuple[tuple[Loc, str], ...]:
        """Every text that a student reads after answering."""
        explanation = self.question.explanation
        found: list[tuple[Loc, str]] = [(("explanation",), explanation)] if explanation else []
        found += self.whys
        return tuple((loc, text.normalised(value)) for loc, value in found)

    @lazy
    def lower(self) -> str:
        """All that a student ever reads of the question, in lower case: for a first quick look."""
        return "\n".join(said for _, said in (*self.texts, *self.rationale)).lower()

    @lazy
    def vocabulary(self) -> frozenset[str]:
        """Every word and number in it, in lower case: most patterns can be spared by it."""
        return text.vocabulary(self.lower)

    @lazy
    def last_article(self) -> str | None:
        """`a` or `an`, where the stem ends in it and the options go on."""
        if not self.stem_words or self.stem_words[-1] not in ("a", "an"):
            return None
        found = ARTICLE_END.search(self.stem.rstrip(" ._…:")[-END:])
        return found[1] if found else None

    @lazy
    def shared_parts(self) -> list[int]:
        """For each real option that is a list of parts, how often its parts occur in the others.

        Empty when an option is no list: a sentence with a comma has no parts to share.
        """
        lists = []
        for choice in self.real:
            parts = PARTS.split(choice.text.lower())
            if len(parts) < 2 or any(part.count(" ") > 3 for part in parts):
                return []
            lists.append(parts)
        counts = Counter(part for parts in lists for part in set(parts))
        return [sum(counts[part] - 1 for part in set(parts)) for parts in lists]

    def forget(self) -> None:
        """Give back the room of what is seldom asked for again; it is made anew then."""
        for name in ("lower", "vocabulary", "rationale"):
            vars(self).pop(name, None)

    def mentioned(self, words: frozenset[str]) -> frozenset[str]:
        """Those of the words, in lower case, that stand anywhere in the question."""
        return words & self.vocabulary

    def mentions(self, words: frozenset[str]) -> bool:
        """Whether one of these words, in lower case, stands anywhere in the question."""
        return not words.isdisjoint(self.vocabulary)

    @lazy
    def spelled(self) -> int | None:
        """Which of the real options joins others in their own words, if one does."""
        return others.spelled([choice.text for choice in self.real])

    def written(self, field: str) -> bool:
        """Whether the author wrote a field, rather than leaving it to its default."""
        return field in self.question.model_fields_set
