"""What is said of a student's file: a code that programs may ask for, and its words for people."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import Enum
from typing import Any


class Code(Enum):
    """What there is to say, each with its sentence; values stand in the braces."""

    CHANGED = "{question}: the question has changed since this answer, not marked"
    DAMAGED = "{question}: {why}; it counts 0"
    SEVERAL_FILES = "sent {count} different files; {counts} counts"
    SEVERAL_NAMES = "the files give different names: {names}"
    LATE = "late by {over} by the clock of the student’s device"
    OVER_TIME = "took {took} of {limit} min, says the file"
    EXTRA_TIME = "the page’s clock was set to {told} % extra time, and {granted} % are granted"
    FOREIGN_FIELDS = "holds fields that the page does not write, not read: {names}"
    FOREIGN_ANSWERS = "answers questions that the assignment does not have, not marked: {names}"
    NO_NAME = "gives no name"
    NO_FINISH = "does not say when it was finished"
    SAME_FILE = "is the same as {counts}, counted once"
    EARLIER_STATE = "is an earlier state of attempt {attempt}: {counts} counts"
    TOO_MANY_ATTEMPTS = "is one more than the attempts allowed ({allowed}): {counts} counts"
    EDITED = "was changed after it was saved: its answers do not give its receipt {receipt}"
    OTHER_NAME = "was uploaded by {sender}, and says that it is of {name} ({identifier})"
    ONE_IDENTIFIER = "one identifier, {identifier}, in files from {count} senders: {senders}"
    TWO_IDENTIFIERS = "{sender} sent files under {count} identifiers: {identifiers}"
    COPY = "same answers and same times as {others}"
    DECLINED = "does not count: you decided so"
    RECEIPT_DIFFERS = "the receipt on the platform is {typed}, and this file’s is {own}"
    RECEIPT_MISTYPED = "the receipt on the platform is mistyped: {typed}, and this file’s is {own}"
    UNKNOWN = "nobody in the class list has the identifier {identifier}{near}"
    STRANGER = "was uploaded by {sender}, who is not in the class list"
    OTHER_STUDENT = "was uploaded by {sender}, and holds the identifier of {name} ({identifier})"
    LATE_ACCEPTED = "late by {over}, accepted: {reason} ({by}, {date})"
    BELONGS = "said it is of {given}; it belongs to {identifier}: {reason} ({by}, {date})"
    SEVERAL_MARKS = "row {row}: {marks} are marked, and one may be: read as none"
    NO_BUBBLE = "row {row}: {said} is none of its letters ({letters}): read as none"
    TWO_ROWS = "is one of {count} rows for {identifier}, with other answers: {others}"
    UNREADABLE = "{question}: {why}; it waits (correct the table, or void the question)"
    EARLIER_ATTEMPT = "is not the last attempt: {counts} counts"


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
    Code.STRANGER,
    Code.OTHER_STUDENT,
    Code.TWO_ROWS,
}
"""What no student reads: it may name another."""


@dataclass(frozen=True)
class Remark:
    """One thing to know of a file or an answer, as data. `str` gives its words."""

    code: Code
    values: Mapping[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.code.value.format(**{name: _word(one) for name, one in self.values.items()})


def remark(code: Code, **values: Any) -> Remark:
    """A remark with what its sentence names."""
    return Remark(code, values)


def has(remarks: Iterable[Remark], code: Code) -> bool:
    """Whether one of the remarks is of this kind."""
    return any(one.code is code for one in remarks)


def duration(length: timedelta) -> str:
    """A length of time in days, hours and minutes."""
    minutes = int(length.total_seconds() // 60)
    days, rest = divmod(minutes, 24 * 60)
    parts = [(days, "d"), (rest // 60, "h"), (rest % 60, "min")]
    return " ".join(f"{count} {unit}" for count, unit in parts if count) or "less than a minute"


def _word(value: Any) -> str:
    if isinstance(value, timedelta):
        return duration(value)
    return ", ".join(value) if isinstance(value, (list, tuple)) else str(value)
