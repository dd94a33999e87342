"""The folder of a sitting: assignment, class, what came in, what was decided, and results."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from viva.assignments.grading import step_of
from viva.assignments.model import Assignment
from viva.bank import mistakes, types
from viva.bank.question import Model, Question, Text
from viva.base import files, windows
from viva.base.problems import Problem, hint
from viva.base.reader import read
from viva.base.refused import Refused
from viva.base.visible import alike
from viva.base.words import Listed, Said, say
from viva.course.courses import Course
from viva.course.layout import Layout
from viva.sittings import classlist, decisions
from viva.sittings.classlist import ClassList
from viva.sittings.decisions import Numbered

FILE, DECISIONS = "sitting.yml", "decisions.yml"
RECEIVED, RESULTS, RETURN = "received", "results", "return"
IGNORE = """\
# Names, answers and marks of people: nobody else's business. Git leaves this folder alone.
*
"""
WRITTEN = """\
# A sitting: one class takes one assignment. What students sent goes into {received}/.
assignment: {assignment}
class: {classlist}
by: {by}                 # who decides, unless a decision says otherwise
"""


class Frame(Model):
    """What the file of a sitting says."""

    whole = "sitting"

    assignment: Text
    classlist: Text | None = None
    by: Text | None = None
    questions: tuple[Text, ...] = ()
    """What was drawn when the sitting began: a bank that changes draws others."""


@dataclass(frozen=True)
class Sitting:
    """A sitting as its folder holds it."""

    folder: Path
    assignment: str
    """The id of its assignment."""
    classlist: ClassList | None
    decisions: tuple[Numbered, ...]
    by: str
    questions: tuple[str, ...] = ()
    """The ids of its questions, where its assignment draws them."""

    @property
    def name(self) -> str:
        """What it is called."""
        return self.folder.name

    @property
    def received(self) -> Path:
        """Where what students sent lies."""
        return self.folder / RECEIVED

    @property
    def results(self) -> Path:
        """Where its results are written."""
        return self.folder / RESULTS

    @property
    def file(self) -> Path:
        """The file of its decisions."""
        return self.folder / DECISIONS


def is_sitting(path: Path) -> bool:
    """Whether a folder is a sitting's."""
    return (path / FILE).is_file()


def start(
    layout: Layout, assignment: Path, given: Path | None, name: str, by: str,
    drawn: Sequence[str] = (),
) -> tuple[Path, list[Problem]]:
    """Make the folder of a new sitting. Returns it, and what is wrong with the class list."""
    windows.prove(name)
    folder = layout.sittings / name
    if folder.exists():
        said = say("{name} is there already (choose another --name)", name=layout.name(folder))
        raise Refused(said)
    problems = classlist.load(given, str(given))[1] if given else []
    if problems:
        return folder, problems
    kept = f"class{given.suffix.lower()}" if given else ""
    text = WRITTEN.format(
        received=RECEIVED, assignment=assignment.stem, classlist=kept, by=decisions.written(by)
    )
    text += f"questions: [{', '.join(drawn)}]  # as they were drawn then\n" if drawn else ""
    made: dict[Path, str | bytes] = {
        folder / FILE: text if given else text.replace("class: \n", ""),
        folder / DECISIONS: decisions.HEADER,
        folder / RECEIVED / ".gitkeep": "",
    }
    made |= {folder / kept: given.read_bytes()} if given else {}
    ignored = layout.sittings / ".gitignore"
    made |= {} if ignored.exists() else {ignored: IGNORE}
    files.together(made, fresh=True, private=True)
    return folder, []


def load(folder: Path, layout: Layout) -> tuple[Sitting | None, list[Problem]]:
    """The sitting in a folder, and everything that is wrong with its files."""
    path = folder / FILE
    source = read(path, layout.name(path))
    if source.problems or not isinstance(source.data, dict):
        said = say("a sitting is a mapping (write assignment: and class:)")
        return None, [*source.problems] or [source.problem((), "SC003", said)]
    data = {"classlist" if name == "class" else name: one for name, one in source.data.items()}
    try:
        frame = Frame.model_validate(data)
    except ValidationError as error:
        return None, list(mistakes.model_problems(error, (), source, Frame))
    problems: list[Problem] = []
    known = None
    if frame.classlist:
        listed = folder / frame.classlist
        if not listed.is_file():
            said = say(
                "there is no {file} in this folder (put the class list there)",
                file=frame.classlist,
            )
            return None, [source.problem(("class",), "SC003", said)]
        known, problems = classlist.load(listed, layout.name(listed))
    decided, wrong = decisions.load(folder / DECISIONS, layout.name(folder / DECISIONS))
    by = frame.by or ""
    sitting = Sitting(folder, frame.assignment, known, decided, by, frame.questions)
    return sitting, [*problems, *wrong]


def as_begun(sitting: Sitting, assignment: Assignment, course: Course) -> Assignment:
    """The assignment with the questions that were drawn when the sitting began."""
    if not sitting.questions:
        return assignment
    known = {**course.questions, **{one.id: one for one in assignment.questions}}
    gone = [name for name in sitting.questions if name not in known]
    if gone:
        said = say(
            "this sitting asked {question}, which no bank has any more (put it back; status: "
            "retired keeps it from students)",
            question=gone[0],
        )
        raise Refused(said)
    return replace(assignment, questions=tuple(known[name] for name in sitting.questions))


def faults(sitting: Sitting, assignment: Assignment, layout: Layout) -> Iterator[Problem]:
    """Decisions about questions or students that there are not."""
    name = layout.name(sitting.file)
    source = read(sitting.file, name) if sitting.decisions else None
    asked_now = {question.id: question for question in assignment.questions}
    ids = list(asked_now)
    steps = [(case, one) for case in asked_now.values() for one in types.steps(case)]
    places = [*ids, *(step_of(case, step) for case, step in steps)]
    named = dict.fromkeys(("void", "also", "key"), places)
    named["judged"] = [*ids, *(step.id for _, step in steps)]
    for one in sitting.decisions:
        assert source is not None
        if one.decision.what in ("also", "key") and one.decision.question in places:
            whole = one.decision.question.partition("/")[0]
            changed = decisions.with_key(asked_now[whole], one.decision)
            if changed is None:
                said = _no_key(asked_now[whole], one.decision)
                yield source.problem((*one.loc, "what"), "KY301", said)
            else:
                asked_now[whole] = changed
        asked = getattr(one.decision, "question", None)
        student = getattr(one.decision, "student", None)
        there = named.get(one.decision.what, ids)
        if asked is not None and asked not in there:
            said = say(
                "{id} has no question {asked} ({hint})",
                id=assignment.id, asked=asked, hint=hint(asked, there),
            )
            yield source.problem((*one.loc, "question"), "MD516", said)
        if student is not None and sitting.classlist and one.decision.what != "file":
            known = sitting.classlist.by_key
            if alike(student) not in known:
                near = hint(student, [each.identifier for each in sitting.classlist.students])
                said = say("the class has no {student} ({hint})", student=student, hint=near)
                yield source.problem((*one.loc, "student"), "MD516", said)


def _no_key(whole: Question, decision: Any) -> Said:
    """Why a question, or a step of it, cannot have the key that was decided."""
    asked = decision.question
    name = asked.rpartition("/")[2]
    question = next((one for one in types.steps(whole) if one.id == name), whole)
    if asked == whole.id and (inside := types.steps(whole)):
        steps = Listed(tuple(step_of(whole, step) for step in inside), "or")
        return say(
            "{question} has steps (write which of them: {steps})", question=asked, steps=steps
        )
    if not types.has_key(question):
        return say(
            "{question} cannot be given another key in a sitting (correct it in the bank, or void "
            "the question)",
            question=asked,
        )
    if decision.what == "also" and not types.of(question).takes_also:
        return say(
            "{question} cannot have a second key (name all that is right: {example})",
            question=asked, example=f"--key {asked}=A,C",
        )  # fmt: skip
    return say(
        "{question} cannot have that answer as right (write what is not right already: a label "
        "such as C, a text or a number)",
        question=asked,
    )


def today() -> str:
    """The day of a decision that is made now."""
    return date.today().isoformat()
