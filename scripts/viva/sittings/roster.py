"""Who of a class has sent what: who is missing, who is unknown, and who was probably meant."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from viva.assignments.grading import Graded, Result
from viva.assignments.identity import Found
from viva.assignments.remarks import Code, Remark, remark
from viva.assignments.senders import Sender
from viva.assignments.submissions import Submission
from viva.base.folding import distance, fold
from viva.base.visible import alike
from viva.sittings.classlist import ClassList, Student

NUMBERED = ("moodle", "canvas")
"""The platforms whose senders have numbers."""
SLIPS = 2
"""How many signs of an identifier may be wrong where somebody is suggested."""
LOOK_ALIKE = str.maketrans({"o": "0", "i": "1", "l": "1"})
SHORTEST = 4
"""An identifier that is shorter is not like others by mistake."""


@dataclass(frozen=True)
class Roster:
    """A class and the files that it sent."""

    classlist: ClassList
    submissions: tuple[Submission, ...]

    @cached_property
    def missing(self) -> tuple[Student, ...]:
        """Those of the class from whom nothing came under their own identifier."""
        sent = {one.student for one in self.submissions}
        return tuple(one for one in self.classlist.students if one.key not in sent)

    @cached_property
    def _numbered(self) -> bool:
        """Whether the list has the numbers by which the platform names its senders."""
        senders = {one.sender.key: one.sender for one in self.submissions if one.sender.platform}
        known = sum(sent_by(self.classlist, sender) is not None for sender in senders.values())
        return 2 * known > len(senders)

    def finder(self) -> Callable[[Sequence[Submission]], Found]:
        """What puts files of strangers, and under other students' identifiers, in doubt."""
        return self._strangers

    def _strangers(self, submissions: Sequence[Submission]) -> Found:
        known = self.classlist.by_key
        for place, one in enumerate(submissions):
            owner = sent_by(self.classlist, one.sender)
            if one.student not in known:
                yield place, _unknown(one, self.suggestion(one))
            elif owner is None and self._numbered and one.sender.platform in NUMBERED:
                yield place, remark(Code.STRANGER, sender=str(one.sender))
            elif owner and owner.key != one.student:
                fields = {"name": known[one.student].called, "identifier": one.identifier}
                yield place, remark(Code.OTHER_STUDENT, sender=owner.called, **fields)

    def suggestion(self, one: Submission) -> Student | None:
        """Who was probably meant: by the platform's number, by name, or by a slip of the keys."""
        owner = sent_by(self.classlist, one.sender)
        if owner:
            return owner
        wanted = same_words(one.name)
        named = [student for student, words in self._names if wanted and words == wanted]
        return named[0] if len(named) == 1 else _nearest(one.student, self.missing)

    @cached_property
    def _names(self) -> list[tuple[Student, frozenset[str]]]:
        return [(student, same_words(student.name)) for student in self.missing]


def sent_by(known: ClassList, sender: Sender) -> Student | None:
    """The student whom the platform names as sender, where the class list has its numbers."""
    if sender.platform in NUMBERED:
        return known.by_lms.get(sender.id)
    return None


def same_words(name: str) -> frozenset[str]:
    """What two ways to write a name have in common: its words, in any order."""
    return frozenset((fold(name) or alike(name).replace(",", " ")).split())


def _nearest(key: str, students: Iterable[Student]) -> Student | None:
    """The one student whose identifier is a slip away; None where there are two."""
    found: list[tuple[int, Student]] = []
    key = key.translate(LOOK_ALIKE)
    for student in students:
        slips = _slips(key, student.key.translate(LOOK_ALIKE))
        found += [(slips, student)] if slips <= SLIPS else []
    best = min((slips for slips, _ in found), default=0)
    nearest = [student for slips, student in found if slips == best]
    return nearest[0] if len(nearest) == 1 else None


def _slips(key: str, other: str) -> int:
    """How many slips are between two identifiers. Spreadsheets drop the zeros at the front."""
    if key.isdecimal() and key.lstrip("0") == other.lstrip("0"):
        return 0
    return distance(key, other, SLIPS) if min(len(key), len(other)) >= SHORTEST else SLIPS + 1


def as_known(known: ClassList, submissions: Iterable[Submission]) -> Iterator[Submission]:
    """The submissions under the identifier of the class list, whichever of theirs they gave."""
    for one in submissions:
        student = known.by_key.get(alike(one.identifier))
        yield replace(one, identifier=student.identifier) if student else one


def named(known: ClassList, graded: Graded) -> Graded:
    """The results under the names of the class list where a file or a row of paper gives none."""
    return replace(graded, results=tuple(_named(known, one) for one in graded.results))


def _named(known: ClassList, one: Result) -> Result:
    student = known.by_key.get(one.submission.student)
    if one.submission.name or student is None:
        return one
    return replace(one, submission=replace(one.submission, name=student.name))


def _unknown(one: Submission, near: Student | None) -> Remark:
    """That nobody has an identifier, and who may have been meant."""
    if near is None:
        return remark(Code.UNKNOWN, identifier=one.identifier)
    said = {"near": near.identifier, "name": near.name or "–"}
    return remark(Code.PROBABLY, identifier=one.identifier, **said)
