"""What the program asks of a question type, and what it does where a type says nothing.

A type is a folder beside this file: `__init__.py` with a model and an object `TYPE` of a class of
`QuestionType`, `template.html`, `script.js`, and `style.css` if it needs one. Parts without a
default must be there: mypy finds the type that forgot one, and so does every command when it
starts. A part with a default is optional, and the default is right for most types.

A part that takes an answer gets one that `validated` has let through, never None. What other
languages will ask of a type (which of its texts are translated) belongs here too: as a part whose
default says what is lost.
"""

from __future__ import annotations

import hashlib
import inspect
import json
from abc import abstractmethod
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any, Protocol, Self, TypeVar

from viva.bank import others
from viva.bank.interactions import Interaction
from viva.bank.question import Question
from viva.base.reader import Loc
from viva.base.visible import visible

Q = TypeVar("Q", bound=Question)

Fault = tuple[Loc, str, str]
"""Where in the question, the rule's code, and the message."""
Filled = Sequence[Any]
"""A row of an answer sheet, filled in: the places of its marks from 0, or the text on its line."""


class Trait(Enum):
    """What rules, fixes and pages select questions by, rather than by the name of a type."""

    ONE_RIGHT = auto()
    """One of its listed options is right, all others are wrong."""
    SOME_RIGHT = auto()
    """Any number of its listed options are right."""
    MATCHED = auto()
    """One list of options serves several prompts, its parts."""
    ASKED = auto()
    """Its stem is what is asked."""
    TYPED = auto()
    """The one thing that is asked is answered in the student's own words or numbers."""
    IN_PARTS = auto()
    """It is answered part by part, and every part can have a why."""
    VOTED = auto()
    """It is marked by the votes of a panel, which its key holds as `panel`."""
    MIXED = auto()
    """It is always shown in another order than its author's, which is the right one."""
    STEPS = auto()
    """It is made of steps, each a question of another type."""
    FIRST = auto()
    """It is the example where nobody names a type. One type has this."""


@dataclass(frozen=True)
class Part:
    """A part of a question with words of its own, such as an option, a statement or a prompt."""

    loc: Loc
    """Where its text stands in the question."""
    text: str
    why: str | None = None
    correct: bool | None = None
    """Of an option that is right or wrong in itself."""
    answer: str | None = None
    """What is right for this part, where it is answered by itself."""


@dataclass(frozen=True)
class PrintedPart:
    """An option, statement, prompt or item on paper, in Markdown. `key` is what stands beside it in
    the key: nothing, or the right answer."""

    label: str
    text: str
    key: str = ""
    right: bool = False
    why: str | None = None


@dataclass(frozen=True)
class PrintedRow:
    """A row of the answer sheet: bubbles to fill in, or a line to write on. `label` goes behind the
    question's number."""

    label: str = ""
    bubbles: tuple[str, ...] = ()


@dataclass(frozen=True)
class Printed:
    """A question on paper beside its stem and figure. Only the key shows what is right, and why."""

    answer: str
    """The right answer, as the key says it."""
    rows: tuple[PrintedRow, ...] = (PrintedRow(),)
    notes: tuple[tuple[str, str], ...] = ()
    """What there is to know before answering; the second half of each note is set in bold."""
    bank: tuple[PrintedPart, ...] = ()
    """A list that is chosen from for several parts."""
    choices: tuple[PrintedPart, ...] = ()
    line: str | None = None
    """What stands after the line to write on, such as a unit; None where there is no line."""
    how: str = ""
    """How to answer, where paper asks for something else than the page."""
    source: str = ""
    """Who says what is right, where that is no fact but a judgement of people."""
    places: tuple[tuple[tuple[float, float], ...], ...] = ()
    """The outlines of places in the figure, from 0 to 1 of its width and height."""


class NotOnPaper(Exception):
    """A question whose answer no row of an answer sheet holds."""


class Incomplete(Exception):
    """A type that lacks a part. The message names it and says what it is for."""


class QuestionType(Protocol[Q]):
    """One type of question. Subclass it once, in the type's folder."""

    def __new__(cls) -> Self:
        """Refuses a type that lacks a part, before anybody calls it."""
        missing = sorted(getattr(cls, "__abstractmethods__", ()))
        if missing:
            said = (f"there is no {name} ({_purpose(name)})" for name in missing)
            raise Incomplete("; ".join(said))
        return super().__new__(cls)

    # What it is.

    @property
    @abstractmethod
    def model(self) -> type[Q]:
        """Give the frozen model of its fields, whose `type` is the name of the type."""

    @property
    @abstractmethod
    def name(self) -> str:
        """Say what students call this kind of question, such as "several answers"."""

    @property
    @abstractmethod
    def example(self) -> str:
        """Write its own fields in a question to fill in, for `viva new question`."""

    @abstractmethod
    def how(self, question: Q) -> str:
        """Say in a few words how to answer, over the question on a page and on paper."""

    traits: frozenset[Trait] = frozenset()
    seldom: bool = False
    """Whether only the pages that ask such a question load its script."""
    takes_also: bool = False
    """Whether a question may have a second right answer, its field `also`. `mark`, `key` and
    `check` then look at it."""
    alone: str | None = None
    """What it is called where it stands alone on a page; else as the page calls any question."""

    # Its key and its marks.

    @abstractmethod
    def key(self, question: Q) -> Any:
        """Give what a browser needs to mark an answer, as JSON."""

    @abstractmethod
    def validated(self, question: Q, answer: Any) -> Any:
        """Return the answer, or raise AnswerError for one that no page could have given."""

    @abstractmethod
    def mark(self, question: Q, answer: Any) -> float | None:
        """Give the mark of an answer, from 0 to 1; None where only a person can judge."""

    def rekeyed(self, question: Q, right: Sequence[str]) -> Q | None:
        """The question with other right answers, written as its author would: labels of options,
        texts or numbers. None where the type, or the question, cannot have them."""
        return None

    def with_step(self, question: Q, step: Question) -> Q:
        """The question with one of its steps, known by its id, replaced by this one."""
        return question

    def doubtful(self, question: Q, answer: Any) -> bool:
        """Whether a person should see an answer before its mark counts. Never, for most."""
        return False

    def check(self, question: Q) -> Iterator[Fault]:
        """What is wrong with a question beyond its fields. Nothing, unless the type says so."""
        return iter(())

    def steps(self, question: Q) -> Sequence[Question]:
        """The questions that it is made of; its mark is then their mean. None, for most."""
        return ()

    def model_answer(self, question: Q) -> str:
        """What a person who judges an answer compares it with. Nothing, where nobody judges."""
        return ""

    # A page without key, as an assignment shows it.

    @property
    @abstractmethod
    def shown(self) -> frozenset[str]:
        """List the fields, at any depth, that a page without key may show of it."""

    mixes: str = ""
    """The field whose entries may stand in another order than their author's, if there is one."""

    def sheet(self, question: Q) -> dict[str, Any]:
        """What a page without key shows. Its fields as they are: what is not listed is left out."""
        return question.model_dump(mode="json")

    def from_sheet(self, question: Q, given: Any) -> Any:
        """What such a page gave, in the author's terms. The same, unless the sheet is mixed."""
        return given

    def staying(self, question: Q) -> frozenset[int]:
        """The author's entries that keep their place when others are mixed."""
        if Trait.MIXED in self.traits:
            return frozenset()
        entries = self._entries(question)
        keep = [bool(getattr(one, "keep", False)) for one in entries]
        whys = [getattr(one, "why", None) for one in entries]
        said = " ".join(filter(None, (question.explanation, *whys)))
        return others.staying([_text(one) for one in entries], keep, said)

    def mixed(self, question: Q, mix: Callable[[list[int]], list[int]]) -> list[int]:
        """The author's entries in another order, as far as they may move."""
        still = self.staying(question)
        places = list(range(len(self._entries(question))))
        moved = iter(mix([place for place in places if place not in still]))
        return [place if place in still else next(moved) for place in places]

    def _entries(self, question: Q) -> Sequence[Any]:
        return vars(question)[self.mixes] if self.mixes else ()

    def order(self, question: Q) -> list[int]:
        """Which of the author's entries stands in each place of such a page."""
        if question.translation and question.translation.order:
            return list(question.translation.order)
        texts = [_text(one) for one in self._entries(question)]
        if not (question.shuffle or Trait.MIXED in self.traits):
            return list(range(len(texts)))

        def chance(place: int) -> bytes:
            return hashlib.sha256(f"{question.id} {texts[place]}".encode()).digest()

        return self.mixed(question, lambda places: sorted(places, key=chance))

    # What its template uses besides the question.

    def names(self, question: Q) -> Mapping[str, Any]:
        """More for its template, on a page with key."""
        return {}

    def sheet_names(self, question: Q) -> Mapping[str, Any]:
        """More for its template, on a page without key: nothing that the key could be told from."""
        return {}

    # An answer for people and in tables.

    @abstractmethod
    def words(self, question: Q, answer: Any) -> str:
        """Say an answer as its student would."""

    def code(self, question: Q, answer: Any) -> str:
        """An answer in a cell of a table. As JSON, which loses nothing, unless there are labels."""
        return visible(json.dumps(answer, ensure_ascii=False))

    def options(self, question: Q) -> Mapping[str, str]:
        """The labels and texts of what is chosen from in `code`; none where nothing is."""
        return {}

    def right(self, question: Q) -> Sequence[str]:
        """The labels of what is right."""
        return ()

    # On paper.

    @abstractmethod
    def printed(self, question: Q, order: Sequence[int]) -> Printed:
        """Give what stands on paper, with entries that are mixed in the given order."""

    several_marks: bool = False
    """Whether a row of the answer sheet may hold several marks."""

    def from_paper(
        self, question: Q, order: Sequence[int], rows: Sequence[Filled]
    ) -> Any:
        """What filled-in rows of the answer sheet answer, in the author's terms; None where all
        are open. A row holds the places of its marks, one at most unless `several_marks`, or what
        was written. Raises AnswerError for what is no answer; NotOnPaper, unless the type says
        more, where paper does not hold what marking needs."""
        raise NotOnPaper(question.id)

    # In other formats.

    def interaction(self, question: Q) -> Interaction | None:
        """How it is answered, in terms that formats share. None: no format but our own has it, and
        every export says that it was left out."""
        return None

    def fields(self, given: Interaction) -> Mapping[str, Any] | None:
        """The own fields of a question that another system answers so, as an author writes them.
        None: another type has to take it, or it is left out."""
        return None

    # What the linter reads.

    def running(self, question: Q) -> Iterator[tuple[Loc, str]]:
        """The running text before the answer, in reading order. The stem, for most."""
        yield ("stem",), question.stem

    def choices(self, question: Q) -> Iterator[Part]:
        """The listed options."""
        return iter(())

    def parts(self, question: Q) -> Iterator[Part]:
        """What else is read before the answer: statements, prompts, items, places."""
        return iter(())


def _text(entry: Any) -> str:
    """An entry is a text, or has one."""
    return entry if isinstance(entry, str) else str(entry.text)


def _purpose(name: str) -> str:
    """The first sentence of what the protocol says of a part, as advice."""
    said = (inspect.getdoc(getattr(QuestionType, name)) or "").split("\n\n")[0]
    return f"{said[:1].lower()}{said[1:].rstrip('.')}".replace("\n", " ")
