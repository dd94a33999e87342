"""Banks: from the data of a YAML file to frozen questions, or to problems in a teacher's words."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from viva.bank import types
from viva.bank.mistakes import model_problems, type_problem
from viva.bank.question import Model, Question, Text
from viva.base import net
from viva.base.cache import Cache, content_key, program
from viva.base.problems import Problem
from viva.base.reader import MAX_BYTES, Loc, Source, read
from viva.base.words import say
from viva.formulas import typed

ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


class Frame(Model):
    """What a bank says around its questions, which are validated one by one."""

    title: Text
    module: Text | None = None
    description: Text | None = None
    questions: tuple[Any, ...]


@dataclass(frozen=True)
class Bank:
    """A YAML file of questions. `id` is the file's name without its ending."""

    id: str
    path: str
    title: str
    module: str | None
    description: str | None
    questions: tuple[Question, ...]

    @cached_property
    def size(self) -> int:
        """How many of its questions can be answered, each step of a case counted."""
        return items(self.questions)


@dataclass(frozen=True)
class LoadedBank:
    """A bank, if its file could be read, with its source and everything wrong inside the file."""

    id: str
    bank: Bank | None
    source: Source
    problems: tuple[Problem, ...]


def load(path: Path, name: str) -> LoadedBank:
    """Read and validate one bank. `name` is its path as messages print it."""
    source = read(path, name)
    if source.data is None:
        empty = (source.problem((), "RD003", say(
                "the file is empty (write title: and questions:)"
            )),)
        return LoadedBank(path.stem, None, source, source.problems or empty)
    bank, problems = validate(source, path.stem)
    return LoadedBank(path.stem, bank, source, (*source.problems, *problems))


def load_again(path: Path, name: str, cache: Cache) -> LoadedBank:
    """Load a bank that was probably sound before: faster, and its source knows no places.

    Composing YAML is most of the time that a build spends on a bank, and places matter only where
    something is wrong.
    """
    key = _key(path)
    if key is None:
        return load(path, name)
    kept = cache.load(key)
    if kept is None:
        loaded = load(path, name)
        if loaded.problems:
            return loaded
        cache.store(key, json.dumps(loaded.source.data, ensure_ascii=False).encode())
        return replace(loaded, source=Source(name, loaded.source.data, {}))
    source = Source(name, json.loads(kept), {})
    listed = source.data["questions"]
    questions = [types.MODELS[item["type"]].model_validate(item) for item in listed]
    return LoadedBank(path.stem, _bank(source, path.stem, questions), source, ())


def is_kept(path: Path, cache: Cache) -> bool:
    """Whether a bank was sound when it was read before."""
    key = _key(path)
    return key is not None and cache.has(key)


def _key(path: Path) -> str | None:
    """The name of a bank in the cache; None for one that cannot be read."""
    if not path.is_file() or path.stat().st_size > MAX_BYTES:
        return None
    return content_key(program(), path.read_bytes())


def validate(source: Source, bank_id: str) -> tuple[Bank | None, list[Problem]]:
    """The bank that a source's data make up, and every mistake of its fields."""
    if not isinstance(source.data, dict):
        message = say("a bank is a mapping (write title: and questions:)")
        return None, [source.problem((), "SC003", message)]
    problems = list(_frame_problems(source, bank_id))
    questions = []
    raw = source.data.get("questions")
    for number, data in enumerate(raw if isinstance(raw, list) else []):
        question, found = _one(data, ("questions", number), source)
        problems += found
        questions += [question] if question else []
    return _bank(source, bank_id, questions), problems


def _bank(source: Source, bank_id: str, questions: list[Question]) -> Bank:
    def text(name: str) -> str | None:
        value = source.data.get(name)
        return value.strip() or None if isinstance(value, str) else None

    title = typed.words(text("title") or bank_id)
    about = typed.words(text("description") or "") or None
    return Bank(bank_id, source.path, title, text("module"), about, tuple(questions))


def _frame_problems(source: Source, bank_id: str) -> Iterator[Problem]:
    """What is wrong around the questions."""
    if not ID.fullmatch(bank_id):
        message = say(
            "file name {name} is not an id (use a-z, 0-9 and single hyphens)",
            name=repr(bank_id),
        )
        yield source.problem((), "SC003", message)
    try:
        Frame.model_validate(source.data)
    except ValidationError as error:
        yield from model_problems(error, (), source, Frame)
    if source.data.get("questions") == []:
        message = say("the bank has no questions (write at least one under questions:)")
        yield source.problem(("questions",), "SC002", message)


def _one(
    data: Any, loc: Loc, source: Source
) -> tuple[Question | None, list[Problem]]:
    """A question, or what is wrong with it, whatever happens."""
    try:
        return _question(data, loc, source)
    except Exception as error:
        line, _ = source.place(loc)
        name = data.get("id") if isinstance(data, dict) else None
        return None, [net.problem(error, source.path, say("question {name}", name=name), line)]


def _question(data: Any, loc: Loc, source: Source) -> tuple[Question | None, list[Problem]]:
    if not isinstance(data, dict):
        return None, [source.problem(loc, "SC003", say("a question is a mapping (write - id: …)"))]
    name: Any = data.get("type")
    if not isinstance(name, str) or name not in types.MODELS:
        return None, [type_problem(name, loc, source)]
    model = types.MODELS[name]
    try:
        question = model.model_validate(data)
    except ValidationError as error:
        found = list(model_problems(error, loc, source, model))
        return None, found + list(_step_faults(data, loc, source))
    faults = [source.problem((*loc, *at), code, text) for at, code, text in _check(question)]
    return None if faults else question, faults


def _check(question: Question) -> Iterator[types.Fault]:
    yield from types.check(question)
    if question.reveal is not None:
        yield ("reveal",), "SC001", say("reveal belongs to a step of a case (delete it)")


def _step_faults(data: dict[str, Any], loc: Loc, source: Source) -> Iterator[Problem]:
    """What is wrong with the sound steps of a case that is wrong elsewhere."""
    steps = data.get("steps")
    for number, step in enumerate(steps if isinstance(steps, list) else []):
        try:
            question = types.MODELS[step["type"]].model_validate(step)
        except (ValidationError, KeyError, TypeError):
            continue
        for at, code, text in types.check(question):
            yield source.problem((*loc, "steps", number, *at), code, text)


def flat(questions: Iterable[Question]) -> Iterator[Question]:
    """Every question and, after a case, each of its steps."""
    for question in questions:
        yield question
        if inside := types.steps(question):
            yield from flat(inside)


def items(questions: Iterable[Question]) -> int:
    """How many can be answered, the one rule of counting: a case counts its steps."""
    return sum(items(inside) if (inside := types.steps(one)) else 1 for one in questions)
