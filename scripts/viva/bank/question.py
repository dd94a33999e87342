"""What every question has in common, whatever its type."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from datetime import date
from functools import cached_property
from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    WithJsonSchema,
    field_validator,
)
from pydantic_core import PydanticCustomError

from viva.base.words import Said, say, within
from viva.formulas.typed import words

Level = Literal["remember", "understand", "apply", "analyse", "evaluate", "create"]
LEVELS: tuple[Level, ...] = ("remember", "understand", "apply", "analyse", "evaluate", "create")
Status = Literal["draft", "in review", "accepted", "retired"]
STATUSES: tuple[Status, ...] = ("draft", "in review", "accepted", "retired")
STATUS_NAMES: Mapping[Status, Said] = {
    "draft": within("a question", "draft"),
    "in review": within("a question", "in review"),
    "accepted": within("a question", "accepted"),
    "retired": within("a question", "retired"),
}
"""The same as people read them."""
LEVEL_NAMES: Mapping[str, Said] = {
    "remember": say("remember"),
    "understand": say("understand"),
    "apply": say("apply"),
    "analyse": say("analyse"),
    "evaluate": say("evaluate"),
    "create": say("create"),
}
"""The same as students read them."""


def _day(text: str) -> str:
    """A day as 2026-11-22."""
    try:
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text.strip()):
            date.fromisoformat(text.strip())
            return text.strip()
    except ValueError:
        pass
    raise PydanticCustomError("day", "not a day")


def two_ways(number: str) -> Said:
    """That a comma in a number may stand for thousands."""
    whole, decimal = number.strip().replace(",", ""), number.strip().replace(",", ".")
    return say(
        "{number} can be read in two ways (write {whole}, or {decimal})",
        number=number.strip(), whole=whole, decimal=decimal,
    )  # fmt: skip


# Editors read `1.0` and `no` as a number and a boolean; to us they are what their author typed.
Text = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1),
    WithJsonSchema({"type": ["string", "number", "boolean"], "minLength": 1}),
]
Day = Annotated[str, AfterValidator(_day)]
Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(?:-[a-z0-9]+)*$", max_length=80)]


class Model(BaseModel):
    """Frozen data that refuses fields it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    # What messages to its author say.
    whole: ClassVar[str] = "bank"
    """What a file that is one is called."""
    written: ClassVar[str] = "its fields, one on each line"
    """How to write one."""
    examples: ClassVar[Mapping[str, str]] = {"id": "id: a-short-name"}
    """What to write for a field, where its name and a text would not do."""
    entries: ClassVar[Mapping[str, str]] = {}
    """What an entry of a list is called, where it is not the list's name without its s."""


class Figure(Model):
    """A picture. `src` is relative to the docs folder."""

    written = "src: … and alt: … under it"
    examples: ClassVar = {
        "alt": "alt: what the picture shows",
        "src": "src: assets/figures/name.svg",
    }

    src: Text
    alt: Text
    caption: Text | None = None

    @field_validator("alt")
    @classmethod
    def _line(cls, text: str) -> str:
        """It is heard: a formula in it is a line of text."""
        return words(text)


class Option(Model):
    """One possible answer, and what is said about it."""

    written = "- text: … and why: … under it"

    text: Text
    correct: bool = False
    why: Text | None = None
    keep: bool = Field(False, description="it stays in its place where options are shuffled")


class Lint(Model):
    """Rules of the linter that this question breaks for a good reason."""

    written = "ignore: […] and why: … under it"

    ignore: tuple[Text, ...]
    why: Text


class Statistics(Model):
    """What the last analysis found: mean mark, correlation with the rest of the test, students."""

    written = "p: … and n: … under it"

    p: Annotated[float, Field(ge=0, le=1)]
    r: Annotated[float, Field(ge=-1, le=1)] | None = None
    n: Annotated[int, Field(ge=1)]


class Past(Model):
    """What one sitting found of a question, and what was decided about it then."""

    written = "sitting: … and n: … under it"

    sitting: Text
    n: Annotated[int, Field(ge=1)] | None = None
    p: Annotated[float, Field(ge=0, le=1)] | None = None
    r: Annotated[float, Field(ge=-1, le=1)] | None = None
    decision: Text | None = None


class Review(Model):
    """What a colleague said of a question, and the state that they gave it, if they gave one."""

    written = "by: … and date: … under it"
    examples: ClassVar = {"by": "by: who said it", "date": "date: 2026-12-08"}

    by: Text
    date: Day
    status: Status | None = None
    comment: Text | None = None
    version: Text | None = Field(
        None, description="from viva review: the hash of the question that was looked at"
    )


class Translation(Model):
    """What a translated question keeps of the original: it is the same question to whoever has
    answered it, and to whoever marks."""

    written = "of: … under it"

    of: Text = Field(description="the hash of the original")
    sheet: Text = Field(description="the hash of what a page without key shows of the original")
    order: tuple[int, ...] = Field((), description="the order of its options on such a page")
    language: Text | None = Field(None, description="its language where it is the original itself")


class Question(Model):
    """The fields that every question may carry."""

    examples: ClassVar = {
        **Model.examples,
        "stem": "stem: a question that ends in ?",
    }

    id: Id
    type: str
    stem: Text
    objective: Text | None = None
    level: Level | None = None
    explanation: Text | None = None
    read: Text | None = None
    references: tuple[Text, ...] = ()
    hint: Text | None = None
    figure: Figure | None = None
    tags: tuple[Text, ...] = ()
    author: Text | None = None
    reviewed: Text | None = None
    status: Status | None = Field(
        None, description="draft: in the preview only; retired: nowhere, its history stays"
    )
    reviews: tuple[Review, ...] = Field(
        (), description="from viva review: who looked at it, when, and what was said"
    )
    shuffle: bool = False
    reveal: Text | None = Field(
        None, description="in a step of a case: what is found before the step is asked"
    )
    also: tuple[Text, ...] = Field(
        (), description="what counts as right too, granted after a test: [C], or a text or number"
    )
    lint: Lint | None = None
    statistics: Statistics | None = Field(
        None,
        exclude=True,  # part of no page, hash or cache
        description="from viva feedback: mean mark p, correlation r with the rest, n students",
    )
    translation: Translation | None = Field(
        None, description="from viva build, in a translated course: what is kept of the original"
    )
    history: tuple[Past, ...] = Field(
        (), exclude=True, description="from viva feedback: each sitting, and what was decided then"
    )

    @property
    def signed(self) -> Review | None:
        """Who accepted the question as it is now; nobody, if it was edited since."""
        accepted = [one for one in self.reviews if one.status == "accepted"]
        if self.status != "accepted" or not accepted:
            return None
        return accepted[-1] if accepted[-1].version in (None, self.digest) else None

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """A copy with other fields, which works out anew what follows from them."""
        made = super().model_copy(update=update, deep=deep)
        for name in ("digest", "has_formula"):
            made.__dict__.pop(name, None)
        return made

    @cached_property
    def digest(self) -> str:
        """What `content_hash` says; a build asks for it three times."""
        if self.translation:
            return self.translation.of
        seen = self.model_dump(mode="json", exclude=NOT_COUNTED, exclude_defaults=True)
        text = json.dumps(seen, sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()[:12]

    @cached_property
    def has_formula(self) -> bool:
        """Whether a text of it, or of a step, may hold a formula."""
        return may_be_formula(self.model_dump_json())


def may_be_formula(text: str) -> bool:
    """Whether a text has signs between which formulas stand."""
    return any(sign in text for sign in ("$", r"\(", r"\["))


# What may change without the question becoming another one for a student who has answered it.
UNSEEN = {
    *("tags", "author", "reviewed", "lint", "level", "objective", "references", "read"),
    *("status", "reviews"),
}
NOT_COUNTED: dict[str, Any] = dict.fromkeys(UNSEEN, True) | {"steps": {"__all__": UNSEEN}}


def content_hash(question: Question) -> str:
    """Twelve hexadecimal digits that change when what a student sees or is marked on does."""
    return question.digest


def untranslated(question: Question) -> str | None:
    """The language of a question that a translated course shows as it was written; else None."""
    return question.translation.language if question.translation else None


class AnswerError(ValueError):
    """An answer that no student could have given on the page: damaged or forged."""


def whole_numbers(answer: Any, length: int | None = None) -> list[int]:
    """The answer as a list of whole numbers. Raises AnswerError when it is not one."""
    if not isinstance(answer, list) or any(type(item) is not int for item in answer):
        raise AnswerError(say("the answer is not a list of whole numbers"))
    if length is not None and len(answer) != length:
        numbers = {"number": len(answer), "total": length}
        raise AnswerError(say("the answer has {number} of {total} parts", **numbers))
    return answer


def index(answer: Any, length: int) -> int:
    """The answer as the number of one of `length` things. Raises AnswerError when it is not one."""
    if type(answer) is not int or not 0 <= answer < length:
        raise AnswerError(say("the answer is not a number from 0 to {last}", last=length - 1))
    return answer


def short_text(answer: Any, longest: int) -> str:
    """The answer as a text of a few words. Raises AnswerError when it is not one."""
    if not isinstance(answer, str) or len(answer) > longest:
        raise AnswerError(say("the answer is not a short text"))
    return answer
