"""Every text of every type of question is read wherever the question is, its markup as markup."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
import yaml
from bs4 import BeautifulSoup
from pydantic import ValidationError

import golden
from viva.assignments.model import Assignment
from viva.bank import types
from viva.base.reader import Loc, Source
from viva.course.conversion import Converter
from viva.course.references import Bibliography
from viva.course.settings import Settings
from viva.paper import content
from viva.site.markup import FieldMarkup

PAGES = Converter(Settings(Source("mkdocs.yml", {}, {}), {"markdown_extensions": []}).extensions)
MARKUP = FieldMarkup(PAGES, Bibliography({}), (), lambda target: target)
CONTEXT = replace(golden.context(), inline=MARKUP.inline, block=MARKUP.block)
MARK = "mark{}ed *so*"
NOT_PRINTED = {"hint", "pictures"}
"""A paper nudges nobody, and shows the pictures themselves."""


def marked(data: dict[str, Any]) -> tuple[dict[str, Any], dict[Loc, str]]:
    """A question with a mark in each of its texts, and which stands where."""
    marks: dict[Loc, str] = {}
    same: dict[str, str] = {}

    def write(value: str, at: Loc) -> str:
        if value not in same:
            marks[at] = MARK.format(len(same)).split()[0]
            same[value] = MARK.format(len(same)) if at != ("text",) else f"{value} {MARK.format(len(same))}"
        return same[value]

    return golden.rewritten(data, write), marks


def questions() -> Iterator[Any]:
    """The question of every case file."""
    for path in sorted(golden.FOLDER.glob("*/*.yml")):
        data = yaml.safe_load(path.read_text("utf-8")).get("question")
        if data:
            yield pytest.param(data, id=f"{path.parent.name}/{path.stem}")


def read(data: dict[str, Any]) -> tuple[Any, dict[Loc, str]]:
    made, marks = marked(data)
    try:
        return types.MODELS[data["type"]].model_validate(made), marks
    except ValidationError:
        pytest.skip("its texts are numbers")


def is_another_spelling(at: Loc) -> bool:
    """Of the spellings that count the first is shown."""
    return at[-2:-1] == ("accept",) and at[-1] != 0


@pytest.mark.parametrize("data", list(questions()))
def test_every_text_is_on_the_page(data):
    question, marks = read(data)
    text = BeautifulSoup(golden.page(question, given=CONTEXT), "html.parser").get_text()
    shown = {at: mark for at, mark in marks.items() if "accept" not in at}
    assert [at for at, mark in shown.items() if mark not in text] == []
    assert "*so*" not in text


@pytest.mark.parametrize("data", list(questions()))
def test_every_text_is_on_paper_or_in_its_key(data):
    question, marks = read(data)
    one = Assignment("w", "w.yml", "W", None, (question,), frozenset(), "self-check", None, None, None, 1, None)
    try:
        printed = repr(content.paper(one, 0, "1", CONTEXT))
    except types.NotOnPaper:
        pytest.skip("it is not on paper")
    right = {region["id"] for region in data.get("regions", ())} & {data.get("correct"), data.get("answer")}
    wanted = {
        at: mark
        for at, mark in marks.items()
        if not NOT_PRINTED & set(at) and not is_another_spelling(at)
        and (at[0] != "regions" or data["regions"][at[1]]["id"] in right)
    }  # fmt: skip
    assert [at for at, mark in wanted.items() if mark not in printed] == []
    assert "*so*" not in printed
