"""What is said of a student's file: a code that programs may ask for, and its words for people."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import Enum
from typing import Any

from viva.bank.question import AnswerError
from viva.base.words import ENGLISH, Listed, Said, Told, Words, say


class Code(Enum):
    """What there is to say, each with its sentence; values stand in the braces."""

    CHANGED = say("{question}: the question has changed since this answer, not marked")
    DAMAGED = say("{question}: {why}; it counts 0")
    SEVERAL_FILES = say("several files were sent ({count}): {counts} counts")
    SEVERAL_NAMES = say("the files give different names: {names}")
    LATE = say("late by {over} by the clock of the student’s device")
    OVER_TIME = say("took {took} of {limit}, says the file")
    EXTRA_TIME = say("the page’s clock was set to {told} extra time, and {granted} is granted")
    FOREIGN_FIELDS = say("holds fields that the page does not write, not read: {names}")
    FOREIGN_ANSWERS = say(
        "answers questions that the assignment does not have, not marked: {names}"
    )
    NO_NAME = say("gives no name")
    NO_FINISH = say("does not say when it was finished")
    SAME_FILE = say("is the same as {counts}, counted once")
    EARLIER_STATE = say("is an earlier state of attempt {attempt}: {counts} counts")
    TOO_MANY_ATTEMPTS = say("is one more than the attempts allowed ({allowed}): {counts} counts")
    EDITED = say("was changed after it was saved: its answers do not give its receipt {receipt}")
    OTHER_NAME = say("was uploaded by {sender}, and says that it is of {name} ({identifier})")
    ONE_IDENTIFIER = say(
        "one identifier, {identifier}, in files from several senders ({count}): {senders}"
    )
    TWO_IDENTIFIERS = say("{sender} sent files under several identifiers ({count}): {identifiers}")
    COPY = say("same answers and same times as {others}")
    DECLINED = say("does not count: you decided so")
    RECEIPT_DIFFERS = say("the receipt on the platform is {typed}, and this file’s is {own}")
    RECEIPT_MISTYPED = say(
        "the receipt on the platform is mistyped: {typed}, and this file’s is {own}"
    )
    UNKNOWN = say("nobody in the class list has the identifier {identifier}")
    PROBABLY = say(
        "nobody in the class list has the identifier {identifier} (probably {near}, {name})"
    )
    STRANGER = say("was uploaded by {sender}, who is not in the class list")
    OTHER_STUDENT = say(
        "was uploaded by {sender}, and holds the identifier of {name} ({identifier})"
    )
    LATE_ACCEPTED = say("late by {over}, accepted: {reason} ({by}, {date})")
    BELONGS = say("said it is of {given}; it belongs to {identifier}: {reason} ({by}, {date})")
    SEVERAL_MARKS = say("row {row}: {marks} are marked, and one may be: read as none")
    NO_BUBBLE = say("row {row}: {said} is none of its letters ({letters}): read as none")
    TWO_ROWS = say(
        "is one of several rows for {identifier} ({count}), with other answers: {others}"
    )
    UNREADABLE = say("{question}: {why}; it waits (correct the table, or void the question)")
    EARLIER_ATTEMPT = say("is not the last attempt: {counts} counts")


ON_PAPER = frozenset({Code.SEVERAL_MARKS, Code.NO_BUBBLE, Code.UNREADABLE})
"""What a scanner has read that is no clear answer: said aloud, with file and row."""
ORIGIN = frozenset({Code.EDITED, Code.OTHER_NAME, Code.RECEIPT_DIFFERS, Code.RECEIPT_MISTYPED})
"""What is said aloud: a file that may not be whose it says."""


FOR_TEACHERS = ORIGIN | {
    Code.SEVERAL_NAMES,
    Code.ONE_IDENTIFIER,
    Code.TWO_IDENTIFIERS,
    Code.COPY,
    Code.UNKNOWN,
    Code.PROBABLY,
    Code.STRANGER,
    Code.OTHER_STUDENT,
    Code.TWO_ROWS,
}
"""What no student reads: it may name another."""


@dataclass(frozen=True)
class Remark:
    """One thing to know of a file or an answer, as data. `str` gives its words in English."""

    code: Code
    values: Mapping[str, Any] = field(default_factory=dict)

    @property
    def said(self) -> Said:
        """Its words, which any language can say anew."""
        return say(self.code.value, **{name: _value(one) for name, one in self.values.items()})

    def __str__(self) -> str:
        return str(self.said)


def remark(code: Code, **values: Any) -> Remark:
    """A remark with what its sentence names."""
    return Remark(code, values)


def has(remarks: Iterable[Remark], code: Code) -> bool:
    """Whether one of the remarks is of this kind."""
    return any(one.code is code for one in remarks)


@dataclass(frozen=True)
class Duration(Told):
    """A length of time in days, hours and minutes."""

    length: timedelta

    def told(self, words: Words) -> str:
        """The length as a language writes it."""
        minutes = int(self.length.total_seconds() // 60)
        days, rest = divmod(minutes, 24 * 60)
        parts = [(days, "d"), (rest // 60, "h"), (rest % 60, "min")]
        told = [words.quantity(count, unit) for count, unit in parts if count]
        return " ".join(told) or words.say("less than a minute")

    def __str__(self) -> str:
        return self.told(ENGLISH)


def _value(value: Any) -> Any:
    if isinstance(value, timedelta):
        return Duration(value)
    return Listed(tuple(value), "row") if isinstance(value, (list, tuple)) else value


def fault(error: Exception) -> Said:
    """What is wrong with an answer that no student could have given."""
    told = error.args[0] if error.args else None
    if isinstance(told, Said):
        return told
    # A type from elsewhere may say it in its own words.
    return Said(told) if isinstance(error, AnswerError) and told else say("it is damaged")
