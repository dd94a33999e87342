"""What reviewers said, written beside the questions: their words, and the state they agree on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from viva.bank.question import Question, content_hash
from viva.base.problems import hint
from viva.base.words import row, say, shaped
from viva.course import beside, courses
from viva.course.beside import Written
from viva.course.courses import Course
from viva.review.returned import Returned, Said

Entry = dict[str, str]


@dataclass(frozen=True)
class Signed:
    """What is to be written: entries by question, states by question, and what is held back."""

    reviews: Mapping[str, tuple[Entry, ...]]
    states: Mapping[str, str]
    held: tuple[str, ...]


def signed(course: Course, came: Iterable[Returned]) -> Signed:
    """What reviewers have said, in the order of its days.

    A state is held back where reviewers do not agree, or where the question was edited since one
    accepted it; what they wrote is kept.
    """
    known = course.questions
    reviews: dict[str, list[Entry]] = defaultdict(list)
    states: dict[str, list[tuple[str, str]]] = defaultdict(list)
    held: list[str] = []
    for one in sorted(came, key=lambda one: (one.date, one.file)):
        for said in one.said:
            question = known.get(said.question)
            if question is None:
                near = hint(said.question, list(known))
                held.append(
                    say(
                        "{file}: there is no question {name} ({hint})",
                        file=one.file, name=said.question, hint=near,
                    )
                )
                continue
            why = _is_stale(question, said)
            held += [shaped(STALE, file=one.file, question=question.id)] if why else []
            reviews[question.id].append(_entry(one, said))
            if said.status and not why:
                states[question.id].append((one.by, said.status))
    agreed = {name: given[0][1] for name, given in states.items() if len(_kinds(given)) == 1}
    held += [_torn(name, given) for name, given in states.items() if name not in agreed]
    return Signed({name: tuple(said) for name, said in reviews.items()}, agreed, tuple(held))


STALE = say(
    "{file}: {question} was edited after the packet was made: not accepted (send it again)"
)


def _is_stale(question: Question, said: Said) -> bool:
    """Whether an acceptance cannot count."""
    return said.status == "accepted" and said.version not in ("", content_hash(question))


def _entry(one: Returned, said: Said) -> Entry:
    entry = {"by": one.by, "date": one.date, "status": said.status or "", "comment": said.comment}
    return {name: value for name, value in (entry | {"version": said.version}).items() if value}


def _kinds(given: Iterable[tuple[str, str]]) -> set[str]:
    return {status for _, status in given}


def _torn(name: str, given: Sequence[tuple[str, str]]) -> str:
    return say(
        "{question}: reviewers do not agree ({states}); its state stays as it was "
        "(write status: yourself)",
        question=name, states=row(f"{by}: {status}" for by, status in given),
    )


def write(course: Course, found: Signed) -> Iterator[Written]:
    """Write it into the banks: first what was said, then the states. What stands there stays."""
    paths = courses.bank_files(course.layout)
    yield beside.write(course.layout, paths, found.reviews, "reviews", _joined)
    yield beside.write(course.layout, paths, found.states, "status", lambda _, new: new)


def _joined(old: Any, new: tuple[Entry, ...]) -> list[Any]:
    """Earlier reviews, and those of the new ones that are not among them."""
    before = old if isinstance(old, list) else []
    return [*before, *(dict(one) for one in new if one not in before)]
