"""A teacher's words for what Pydantic finds wrong in a file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from viva.bank import types
from viva.bank.question import LEVELS, Model, two_ways
from viva.base.problems import Problem, hint, suggestion
from viva.base.reader import Loc, Source
from viva.base.words import Said, count, row, say


def type_problem(name: Any, loc: Loc, source: Source) -> Problem:
    """What is wrong with the type of a question: unknown, or not there."""
    choices = say("write one of: {choices}", choices=row(types.MODELS))
    if name is None:
        said = say("question has no type ({choices})", choices=choices)
        return source.problem(loc, "SC002", said)
    if not isinstance(name, str) or not name.strip():
        said = say("type is {name} ({choices})", name=_said(name), choices=choices)
    elif name in types.MODELS:
        said = say(
            "a step cannot be a {name} itself (write the type of a single question)", name=name
        )
    else:
        near = hint(name, types.MODELS)
        said = say("unknown type {name} ({hint})", name=repr(name), hint=near)
    return source.problem((*loc, "type"), "SC004", said)


def model_problems(
    error: ValidationError, base: Loc, source: Source, model: type[BaseModel]
) -> Iterator[Problem]:
    """One problem for each mistake. A misspelt field is not also a missing one."""
    errors = error.errors()
    misspelt = {
        (*details["loc"][:-1], suggestion(str(details["loc"][-1]), _fields(details["loc"], model)))
        for details in errors
        if details["type"] == "extra_forbidden"
    }
    for details in errors:
        if details["loc"] not in misspelt and not _counts_only_sound_entries(details):
            yield _problem(details, base, source, model)


def _counts_only_sound_entries(details: ErrorDetails) -> bool:
    """Pydantic calls a list too short when some of its entries are wrong: they are reported."""
    wanted = (details.get("ctx") or {}).get("min_length", 0)
    return details["type"] == "too_short" and len(details["input"]) >= wanted


def _problem(details: ErrorDetails, base: Loc, source: Source, model: type[BaseModel]) -> Problem:
    """A teacher's words for one of Pydantic's errors."""
    found, kind = details["loc"], details["type"]
    loc, name = (*base, *_known_loc(found)), str(found[-1]) if found else ""
    if kind == "missing":
        home = _model_at(found[:-1], model)
        message = say(
            "{part} has no {name} (write {example})",
            part=_part(loc[:-1], home),
            name=name,
            example=_example(home, name),
        )
        return source.problem(loc[:-1], _missing_code(name), message)
    if kind == "extra_forbidden":
        message = say(
            "unknown field {name} ({hint})",
            name=name,
            hint=hint(name, _fields(found, model)),
        )
        return source.problem(loc, "SC001", message, key=True)
    if kind in ("union_tag_not_found", "union_tag_invalid"):
        return type_problem(details["input"].get("type"), loc, source)
    typed = None if isinstance(details["input"], str | list | dict) else source.typed(loc)
    if kind == "string_type" and typed and typed != str(details["input"]):
        return source.problem(loc, "SC003", no_text(typed))
    return source.problem(loc, "SC003", _value(details, loc, name, _model_at(found, model)))


def no_text(typed: str) -> Said:
    """That a site engine makes something else of what was typed as a text: `No`, `1.50`, `~`."""
    return say(
        "“{text}” is no text to the site engine (put it in quotes: {instead})",
        text=typed, instead=f'"{typed}"',
    )


def _known_loc(loc: Loc) -> Loc:
    """Pydantic names the chosen type inside a union; the author's file does not."""
    return tuple(step for step in loc if step not in types.MODELS)


def _missing_code(name: str) -> str:
    return {"alt": "VG412", "id": "MD501"}.get(name, "SC002")


def _example(home: type[BaseModel], name: str) -> str:
    """What to write for a field of a model."""
    if issubclass(home, Model) and name in home.examples:
        return home.examples[name]
    field = home.model_fields.get(name)
    is_list = field is not None and get_origin(field.annotation) is tuple
    return say("{name}: and a list under it", name=name) if is_list else f"{name}: …"


def _part(loc: Loc, home: type[BaseModel]) -> str:
    """What an author calls the thing at a location: option, step, figure, or the whole file."""
    called = home.entries if issubclass(home, Model) else {}
    for step in reversed(loc):
        if isinstance(step, str) and step != "[key]":
            return called.get(step, step.removesuffix("s"))
    return home.whole if issubclass(home, Model) else Model.whole


def _fields(loc: Loc, model: type[BaseModel]) -> list[str]:
    """The names of the fields that may stand beside the one at a location."""
    return list(_model_at(loc[:-1], model).model_fields)


def _model_at(loc: Loc, model: type[BaseModel]) -> type[BaseModel]:
    """The model of the thing at a location, or else of what it is a field of."""
    here = model
    for step in loc:
        if isinstance(step, str) and step in types.MODELS:
            here = types.MODELS[step]
        elif isinstance(step, str) and step in here.model_fields:
            here = _model_in(here.model_fields[step].annotation) or here
    return here


def _model_in(annotation: Any) -> type[BaseModel] | None:
    """The first model inside an annotation such as `tuple[Option, ...] | None`."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    found = (_model_in(part) for part in get_args(annotation))
    return next((model for model in found if model), None)


def _value(details: ErrorDetails, loc: Loc, name: str, home: type[BaseModel]) -> str:
    kind, given, limits = details["type"], details["input"], details.get("ctx") or {}
    what = _part(loc, home) if isinstance(loc[-1] if loc else "", int) else name or _part((), home)
    if kind == "two_ways":
        return two_ways(given)
    if kind in ("string_type", "string_too_short"):
        is_entry = isinstance(loc[-1] if loc else "", int)
        example = say("one, or delete the line") if is_entry else _example(home, name)
        return _text_value(what, given, example)
    if kind == "string_pattern_mismatch":
        if name != "id" and issubclass(home, Model) and name in home.examples:
            return instead(what, given, home.examples[name])
        return say(
            "{name} {value} is not an id (use a-z, 0-9 and single hyphens)",
            name=what, value=repr(given),
        )
    if kind == "string_too_long":
        most = limits.get("max_length")
        return say("{name} is too long (at most {most} characters)", name=what, most=most)
    if kind == "day":
        return instead(what, given, say("a day as {example}", example="2026-11-22"))
    if kind.startswith("bool"):
        return instead(what, given, say("true or false"))
    if kind.startswith(("float", "int", "finite")):
        return instead(what, given, say("a number"))
    if loc and loc[-1] == "[key]":
        return say(
            "{part} has an entry {value} ({hint})",
            part=_part(loc[:-2], home), value=repr(given), hint=hint(given, _choices(limits)),
        )
    if kind == "literal_error":
        choices = LEVELS if name == "level" else _choices(limits)
        near = hint(str(given), choices)
        return say("{name} is {value} ({hint})", name=what, value=_said(given), hint=near)
    if kind == "too_short":
        return count(
            "{name} needs at least {n} entry (add what is missing)",
            "{name} needs at least {n} entries (add what is missing)",
            limits.get("min_length", 0),
            name=what,
        )
    if kind in ("tuple_type", "list_type", "missing_positional"):
        return instead(what, given, say("a list: one line each, starting with -"))
    if kind in ("model_type", "dict_type", "model_attributes_type"):
        fields = home.written if issubclass(home, Model) else Model.written
        return instead(what, given, fields)
    if kind in ("greater_than_equal", "less_than_equal"):
        low, high = limits.get("ge"), limits.get("le")
        if low is not None:
            return instead(what, given, say("a number of at least {number}", number=f"{low:g}"))
        return instead(what, given, say("a number of at most {number}", number=f"{high:g}"))
    return f"{what} is {_said(given)}: {details['msg']}"


def _choices(limits: dict[str, Any]) -> list[str]:
    return re.findall(r"'([^']*)'", str(limits.get("expected", "")))


def _text_value(what: str, given: Any, example: str) -> str:
    if given is None or given == "" or (isinstance(given, str) and not given.strip()):
        return say("{name} is empty (write {example})", name=what, example=example)
    return say(
        "{name} is {value} "
        "(write text; put it in quotes if it has ': ' in it or starts with a bracket)",
        name=what, value=_said(given),
    )


def instead(name: str, given: Any, example: str) -> Said:
    """What a field is, and what belongs there."""
    return say(
        "{name} is {value} (write {example})", name=name, value=_said(given), example=example
    )


def _said(given: Any) -> str:
    if isinstance(given, dict):
        return say("a mapping")
    if isinstance(given, list):
        return say("a list")
    text = "" if given is None else str(given)
    return repr(text if len(text) < 40 else f"{text[:37]}…") if text else say("empty")
