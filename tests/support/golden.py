"""The golden cases: a question, answers to it, the mark of each, how some are said and coded, and
what a page without key shows.

Python and the browser run the same files, so that both mark alike. A type's folder holds its cases
and `example.yaml`, an answer to the example of `viva new question`.
"""

from __future__ import annotations

import atexit
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

import yaml

from viva.bank import types
from viva.bank.question import Question
from viva.base.reader import Loc, read
from viva.course.fields import role_of
from viva.site import assets
from viva.site.render import Context, Renderer, scripts, styles
from viva.theme import Theme

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "tests" / "cases"
THEME = Theme()


@dataclass(frozen=True)
class Case:
    """A file of cases. An answer of `refused` is one that no page could have given."""

    name: str
    question: Question
    marks: tuple[tuple[Any, float | None], ...]
    refused: tuple[Any, ...]
    said: tuple[dict[str, Any], ...]
    sheet: dict[str, Any]


def rewritten(data: dict[str, Any], write: Callable[[str, Loc], str]) -> Any:
    """A question with other words in each of its texts that is Markdown; `write` is given one and its place."""
    ids = {one["id"] for one in data.get("regions", ())}

    def told(value: Any, at: Loc) -> Any:
        if isinstance(value, dict):
            return {name: told(one, (*at, name)) for name, one in value.items()}
        if isinstance(value, list):
            return [told(one, (*at, number)) for number, one in enumerate(value)]
        is_text = isinstance(value, str) and role_of(at) is not None and value not in ids
        return write(value, at) if is_text else value

    return told(data, ())


@cache
def cases(kind: str = "*") -> tuple[Case, ...]:
    """The cases of one type, or of all."""
    return tuple(_case(path) for path in sorted(FOLDER.glob(f"{kind}/*.yml")))


def _case(path: Path) -> Case:
    name = path.relative_to(FOLDER).as_posix()
    source = read(path, name)
    assert not source.problems
    question = types.MODELS[path.parent.name].model_validate(source.data["question"])
    assert not list(types.check(question)), name
    answers = yaml.load(path.read_text("utf-8"), yaml.CSafeLoader)
    marks = tuple((row["answer"], row["mark"]) for row in answers["marks"])
    refused, said = tuple(answers.get("refused", ())), tuple(answers["said"])
    return Case(name, question, marks, refused, said, answers["sheet"])


def example(kind: str) -> tuple[Any, float]:
    """An answer that an assignment's page gives to the example of a type, and its mark."""
    found = yaml.safe_load((FOLDER / kind / "example.yaml").read_text("utf-8"))
    return found["given"], found["mark"]


def question(name: str) -> Question:
    """The question of the case file of this name, such as `single/ifs-bounds`."""
    return next(case.question for case in cases() if case.name == f"{name}.yml")


class _Anything(dict[str, str]):
    """A mapping that knows every name."""

    def __contains__(self, name: object) -> bool:
        return True

    def __getitem__(self, name: str) -> str:
        return f"Text of {name}"


def context() -> Context:
    """A page at the site's root that knows every objective, reference and heading."""
    return Context(
        root="",
        objectives=_Anything(),
        references=_Anything(),
        headings=_Anything(),
        inline=escape,
        block=lambda text: f"<p>{escape(text)}</p>",
    )


@cache
def published() -> Path:
    """A folder with the browser's files as a preview publishes them."""
    folder = Path(tempfile.mkdtemp(prefix="viva-assets-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    assets.publish(THEME, folder, shorten=False)
    return folder


def page(
    *questions: Question,
    mode: Any = "self-check",
    scheme: str = "default",
    given: Context | None = None,
) -> str:
    """A whole page with these questions and the site's own styles, to be read from disk."""
    folder = published()
    quiz = Renderer(THEME).quiz(questions, given or context(), mode)
    tags = "".join(
        f'<script defer src="{folder.as_uri()}/assets/viva/{name}"></script>'
        for name in ("shell.js", *scripts(questions))
    )
    links = "".join(
        f'<link rel="stylesheet" href="{folder.as_uri()}/assets/viva/{name}">'
        for name in styles(questions)
    )
    return f"""<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Questions</title>
<meta name="viewport" content="width=device-width,initial-scale=1">
<base href="{FOLDER.as_uri()}/hotspot/">
<link rel="stylesheet" href="{folder.as_uri()}/assets/site/site.css">
{links}
</head><body dir="ltr" data-md-color-scheme="{scheme}"
  style="margin:16px;background:var(--viva-paper);color:var(--viva-ink);font:17px/1.6 sans-serif">
<main class="md-typeset"><h1>Questions</h1>
{quiz}
</main>{tags}</body></html>"""
