"""A student's file, checked before anything in it is believed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field, SkipValidation, ValidationError

from viva.assignments import senders
from viva.assignments.model import Assignment
from viva.assignments.receipt import receipt
from viva.assignments.remarks import Code, Remark, remark
from viva.assignments.senders import Sender
from viva.assignments.uploads import Upload
from viva.base.visible import alike, visible
from viva.base.words import Said, say, shaped

MAX_ANSWERS = 2_000
MAX_DEPTH = 12
TOO_DEEP = say("is nested too deeply: the assignment page did not write it")
Short = Annotated[str, Field(max_length=200)]


class Given(BaseModel):
    """One answer, and the hash of the question that it was given to."""

    model_config = ConfigDict(frozen=True, strict=True, extra="ignore")

    authored: ClassVar[bool] = False
    """Whether the answer is in the author's terms, and not in those of the page."""

    hash: Short
    answer: Any = None


class Scanned(Given):
    """An answer from paper."""

    authored: ClassVar[bool] = True

    unreadable: Annotated[str, SkipValidation] = ""
    """Why it waits for a person, if it does."""


class FileModel(BaseModel):
    """What the page writes. A mark in the file is never read."""

    model_config = ConfigDict(frozen=True, strict=True, extra="ignore")

    viva: Literal[1]
    assignment: Short
    name: Short
    identifier: Annotated[Short, Field(min_length=1)]
    attempt: Annotated[int, Field(ge=1, le=999)]
    started: Short | None = None
    finished: Short | None = None
    receipt: Short | None = None
    extra: Annotated[float, Field(ge=0, le=400)] | None = None
    answers: dict[str, Given]


@dataclass(frozen=True)
class Submission:
    """A file that holds answers to this assignment. Times are those of the student's device."""

    file: str
    name: str
    identifier: str
    attempt: int
    started: datetime | None
    finished: datetime | None
    answers: dict[str, Given]
    remarks: tuple[Remark, ...]
    receipt: str = ""
    extra: float = 0
    """The extra time that the page's clock was set to, in per cent; it grants nothing."""
    is_paper: bool = False
    """Whether it is a row of a table that a scanner gave."""

    @property
    def student(self) -> str:
        """The identifier as it is compared: case and ways to write a letter do not matter."""
        return alike(self.identifier)

    @cached_property
    def sender(self) -> Sender:
        """Who uploaded the file, as the learning platform tells."""
        return senders.of(self.file)


@dataclass(frozen=True)
class Bad:
    """A file that cannot be marked, and why."""

    file: str
    reason: str
    is_ours: bool = False
    """Whether the program failed at it, and not the student."""

    @property
    def told(self) -> Said:
        """The file with its reason, which any language can tell."""
        return shaped("{file}: {reason}", file=self.file, reason=self.reason)


def read_all(
    uploads: Iterable[Upload], assignment: Assignment
) -> tuple[list[Submission], list[Bad]]:
    """The submissions among some files, and the files that are none."""
    every = [read(upload, assignment) for upload in uploads]
    return (
        [one for one in every if isinstance(one, Submission)],
        [one for one in every if isinstance(one, Bad)],
    )


def read(upload: Upload, assignment: Assignment) -> Submission | Bad:
    """The submission in a file, or what is wrong with the file. Never raises for its content."""
    try:
        return _read(upload, assignment)
    except Exception as error:  # one file never stops a class
        return failed(upload.name, error)


def failed(file: str, error: Exception) -> Bad:
    """A file at which the program itself failed."""
    said = visible(f"{type(error).__name__}: {error}")[:200]
    why = say("could not be marked, which is a mistake of viva: {error} (report it)", error=said)
    return Bad(file, why, True)


def _read(upload: Upload, assignment: Assignment) -> Submission | Bad:
    data = _json(upload)
    if isinstance(data, Bad):
        return data
    try:
        found = FileModel.model_validate(data)
    except ValidationError as error:
        return Bad(upload.name, _reason(error))
    if found.assignment != assignment.id:
        said = say(
            "is for the assignment {visible}, not {id}",
            visible=visible(found.assignment),
            id=assignment.id,
        )
        return Bad(upload.name, said)
    if not visible(found.identifier):
        return Bad(upload.name, say("has no identifier"))
    answers = {name: one.model_dump() for name, one in found.answers.items()}
    code = receipt(found.assignment, found.identifier, found.attempt, answers)
    return Submission(
        upload.name,
        visible(found.name),
        visible(found.identifier),
        found.attempt,
        _time(found.started),
        _time(found.finished),
        found.answers,
        tuple(_remarks(data, found, assignment, code)),
        code,
        found.extra or 0,
    )


def _json(upload: Upload) -> Any:
    """The data of a file as an object with no name twice."""
    if upload.fault:
        return Bad(upload.name, upload.fault)
    if not upload.content.strip():
        return Bad(upload.name, say("is empty"))
    try:
        text = upload.content.decode("utf-8-sig")
        data = json.loads(text, parse_constant=_refuse, object_pairs_hook=_once)
    except UnicodeDecodeError:
        said = say("is not a file that the assignment page wrote (it is not text)")
        return Bad(upload.name, said)
    except RecursionError:
        return Bad(upload.name, TOO_DEEP)
    except ValueError:
        said = say("is not a file that the assignment page wrote (it is not JSON)")
        return Bad(upload.name, said)
    if _is_deep(data):
        return Bad(upload.name, TOO_DEEP)
    if not isinstance(data, dict) or "viva" not in data:
        return Bad(upload.name, say("is not a file that the assignment page wrote"))
    if isinstance(data.get("answers"), dict) and len(data["answers"]) > MAX_ANSWERS:
        return Bad(upload.name, say("has more than {n} answers", n=MAX_ANSWERS))
    return data


def _refuse(constant: str) -> Any:
    raise ValueError(f"{constant} is not JSON")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    data = dict(pairs)
    if len(data) != len(pairs):
        raise ValueError("a name is there twice")
    return data


def _is_deep(data: Any) -> bool:
    """Whether lists and objects are nested deeper than any answer is. Does not recurse."""
    level = [data] if isinstance(data, (dict, list)) else []
    for _ in range(MAX_DEPTH):
        inside = (one.values() if isinstance(one, dict) else one for one in level)
        level = [part for one in inside for part in one if isinstance(part, (dict, list))]
        if not level:
            return False
    return True


def _reason(error: ValidationError) -> str:
    """The first thing that is wrong, with its place."""
    first = error.errors()[0]
    place = visible(".".join(map(str, first["loc"])))[:80]
    if first["loc"] == ("viva",):
        return say("was written by another version of the assignment page")
    if first["type"] == "missing":
        return say("has no {field}", field=place)
    return say("has a wrong {field}", field=place)


def _time(text: str | None) -> datetime | None:
    try:
        return datetime.fromisoformat(text) if text else None
    except ValueError:
        return None


def _remarks(
    data: dict[str, Any], found: FileModel, assignment: Assignment, code: str
) -> Iterator[Remark]:
    """What does not keep a file from being marked, and is said."""
    extra = sorted(set(data) - set(FileModel.model_fields))
    if extra:
        names = visible(", ".join(extra))[:80]
        yield remark(Code.FOREIGN_FIELDS, names=names)
    ids = {question.id for question in assignment.questions}
    foreign = sorted(set(found.answers) - ids)
    if foreign:
        names = visible(", ".join(foreign))[:80]
        yield remark(Code.FOREIGN_ANSWERS, names=names)
    if not found.name.strip():
        yield remark(Code.NO_NAME)
    if _time(found.finished) is None:
        yield remark(Code.NO_FINISH)
    if found.receipt not in (None, code):
        yield remark(Code.EDITED, receipt=visible(found.receipt or "")[:20])
