"""What an author typed is what students read, in every text of every type, once they have answered."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest
import yaml
from playwright.sync_api import Browser, Locator, Page

import golden
from reading import packed
from sampled import long
from viva.bank import types
from viva.base.reader import Loc, Source
from viva.course.conversion import Converter
from viva.course.references import Bibliography
from viva.course.settings import Settings
from viva.site.markup import FieldMarkup

TEXTS = yaml.safe_load((golden.ROOT / "tests/data/typed.yml").read_text("utf-8"))
LINES = [
    one
    for one in TEXTS
    if not one.get("block") and len(one["typed"]) > 5 and not re.search(r"\{|^\d+\. ", one["typed"])
]
"""The numbers of a list are no text to a browser, and braces are gaps to a cloze."""
IN_LISTS = {packed(one["read"]): packed(one["line"]) for one in LINES if "line" in one}
"""What is chosen from a list has no markup."""
NAMES = (
    *("single/ifs-bounds", "multiple/three-of-five", "true-false/space", "matching/pain"),
    *("ordering/layers", "numeric/degrees", "short-answer/look-alikes", "hotspot/posterior"),
    *("measure/gap", "stack/rings", "script-concordance/oedema", "case/runner", "cloze/space"),
)
PAGES = Converter(Settings(Source("mkdocs.yml", {}, {}), {"markdown_extensions": []}).extensions)
MARKUP = FieldMarkup(PAGES, Bibliography({}), (), lambda target: target)
CONTEXT = replace(golden.context(), inline=MARKUP.inline, block=MARKUP.block)
ELSEWHERE = ("objective", "read", "references", "tags")
ANSWERED = """at => {
  const all = (wanted) => [...at.querySelectorAll(wanted)];
  for (const name of new Set(all("input[type=radio]").map((one) => one.name)))
    at.querySelector(`input[type=radio][name="${name}"]`).click();
  at.querySelector("input[type=checkbox]")?.click();
  const given = [[all("select"), "0"], [all(":is(.viva-field, .viva-gap) input"), "1"]];
  for (const [fields, value] of given)
    for (const field of fields) {
      field.value = value;
      for (const kind of ["input", "change"]) field.dispatchEvent(new Event(kind, { bubbles: true }));
    }
}"""


def hostile(data: Any, texts: Iterator[dict[str, Any]]) -> tuple[Any, list[str]]:
    """A question with other texts, and what of them students read in the end.

    The text of a cloze keeps its gaps. Of the spellings that count, the first is shown.
    """
    known: dict[str, dict[str, Any]] = {}
    wanted: list[str] = []

    def write(value: str, at: Loc) -> str:
        case = known[value] if value in known else known.setdefault(value, next(texts))
        if at[-2:-1] != ("accept",) or at[-1] == 0:
            wanted.append(packed(case.get("read", case["typed"])))
        return f"{value} {case['typed']}" if at == ("text",) else case["typed"]

    return golden.rewritten(data, write), wanted


def question(name: str, first: int) -> tuple[Any, list[str]]:
    """The question of a case file with texts from a number on, a hint, and all that is to be read."""
    data = yaml.safe_load((golden.FOLDER / f"{name}.yml").read_text("utf-8"))["question"]
    data = {field: value for field, value in data.items() if field not in ELSEWHERE}
    if "steps" in data:
        data["steps"] = [{k: v for k, v in one.items() if k not in ELSEWHERE} for one in data["steps"]]
    data |= {"hint": "hint", "explanation": "explanation"} if "steps" not in data else {}
    made, wanted = hostile(data, cycle([*LINES[first:], *LINES[:first]]))
    return types.MODELS[data["type"]].model_validate(made), wanted


def commit(page: Page, asked: Locator) -> None:
    """Give some answer to a question, and have it marked."""
    hint = asked.locator(":scope > form .viva-hint > summary")
    if hint.count():
        hint.click()
    asked.evaluate(ANSWERED)
    for movable in ("button[name='End 1']", "button[name='End 2']", "[data-by='1']"):
        if asked.locator(movable).count():
            asked.locator(movable).first.focus()
            page.keyboard.press("Enter" if "by" in movable else "Shift+ArrowUp")
    asked.locator(".viva-actions button").last.click()
    if asked.locator(".viva-judging").count():
        asked.locator(".viva-judging button").first.click()
    asked.locator(".viva-feedback").wait_for()


@pytest.mark.parametrize("first", [0, *map(long, range(20, len(LINES), 20))])
@pytest.mark.parametrize("name", NAMES)
def test_what_was_typed_is_what_is_read_after_the_answer(browser: Browser, tmp_path: Path, name, first):
    asked, wanted = question(name, first)
    path = tmp_path / "page.html"
    path.write_text(golden.page(asked, given=CONTEXT), "utf-8")
    context = browser.new_context(viewport={"width": 390, "height": 844}, reduced_motion="reduce")
    page = context.new_page()
    page.goto(path.as_uri())
    for one in page.locator("viva-question:not(:has(viva-question))").all():
        commit(page, one)
    for folded in page.locator("details:not([open]) > summary:visible").all():
        folded.click()
    said = packed(page.locator("main").inner_text())
    assert len(wanted) > 2
    assert [text for text in wanted if text not in said and IN_LISTS.get(text, text) not in said] == []
    context.close()
