"""A file of one kind in the place of another: one sentence says what it is and where it belongs.

A file is known by its data, and only when something is wrong with it: its name says little, and
messages about the fields of what it was never meant to be help nobody.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from viva.bank.banks import Frame, LoadedBank
from viva.base.problems import Problem, suggestion
from viva.base.reader import Source, read
from viva.base.words import Said, say, shaped
from viva.course.inventory import ASSIGNMENTS, BLUEPRINT
from viva.course.layout import Layout
from viva.course.outline import names

BANK, ASSIGNMENT = "bank", "assignment"
SETTINGS, PAGE = "settings", "page"
SITTING, DECISIONS = "sitting", "decisions"
FACTS, CLAIMS = "facts", "claims"
ONE, MANY, NONE = "question", "questions", "none"

CALLED = {
    BANK: say("this is a bank of questions"),
    ASSIGNMENT: say("this is an assignment"),
    BLUEPRINT: say("this is a blueprint"),
    SETTINGS: say("these are the settings of a site"),
    PAGE: say("this is the head of a page"),
    SITTING: say("this is the file of a sitting"),
    DECISIONS: say("these are decisions on a sitting"),
    FACTS: say("these are facts"),
    CLAIMS: say("these are claims"),
    ONE: say("this is a question without a bank"),
    MANY: say("these are questions without a bank"),
    NONE: say("nothing in this file is of a bank"),
}
OF_ASSIGNMENT = names("attempts due instructions mode opens pass_mark private time_limit")
OF_SETTINGS = names(
    "docs_dir extra extra_css extra_javascript markdown_extensions nav plugins repo_url site_dir "
    "site_url theme"
)
OF_PAGE = names("cards hide lang objectives revised template")
OF_QUESTION = names("accept answer items options pairs statements stem steps vignette")


def told(loaded: LoadedBank, layout: Layout) -> LoadedBank:
    """A bank as it was read; if it is none, with one sentence in the place of all that was said."""
    found = problem(loaded.source, BANK, layout) if loaded.problems else None
    if found is None:
        return loaded
    return LoadedBank(loaded.id, None, loaded.source, (found,))


def problem(source: Source, expected: str, layout: Layout) -> Problem | None:
    """What to do with a file that is of another kind than its place expects."""
    found = kind(source.data)
    if found in (None, expected) or (found == NONE and expected != BANK):
        return None
    assert found is not None
    remedy = _right(found, source, layout)
    said = shaped("{kind} ({remedy})", kind=CALLED[found], remedy=remedy)
    return source.problem((), "RD008", said)


def published(paths: Iterable[Path], layout: Layout) -> Iterator[Problem]:
    """What lies among the pages and would go out as it is, with its answers."""
    for path in paths:
        source = read(path, layout.name(path))
        if kind(source.data) in (BANK, ASSIGNMENT, ONE, MANY):
            found = problem(source, "", layout)
            assert found is not None
            yield found


def kind(data: Any) -> str | None:
    """What a file is by its data; None where that cannot be told."""
    if isinstance(data, list):
        return _of_list(data)
    return _of_mapping(data) if isinstance(data, dict) else None


def _of_list(data: list[Any]) -> str | None:
    if any(map(_is_question, data)):
        return MANY
    entries = [one for one in data if isinstance(one, dict) and "says" in one]
    if entries:
        return CLAIMS if any("verdict" in one for one in entries) else FACTS
    return None


def _of_mapping(data: dict[Any, Any]) -> str | None:
    fields = {one for one in data if isinstance(one, str)}
    asked, own = _entries(data, "questions"), _entries(data, "private")
    if any(map(_is_question, own)):
        return ASSIGNMENT
    if any(map(_is_question, asked)):
        return BANK
    if "site_name" in fields or len(fields & OF_SETTINGS) > 1:
        return SETTINGS
    if isinstance(data.get("decisions"), list):
        return DECISIONS
    if isinstance(data.get("assignment"), str):
        return SITTING
    if "type" in fields and _is_question(data):
        return ONE
    if _is_chosen(asked) or fields & OF_ASSIGNMENT:
        return ASSIGNMENT
    if "questions" in fields:
        return None
    if fields & {"each", "levels"} or isinstance(data.get("objectives"), dict):
        return BLUEPRINT
    if len(fields & OF_PAGE) > 1 or isinstance(data.get("objectives"), list):
        return PAGE
    return None if not fields or any(map(_is_near, fields)) else NONE


def _entries(data: dict[Any, Any], field: str) -> list[Any]:
    found = data.get(field)
    return found if isinstance(found, list) else []


def _is_question(entry: Any) -> bool:
    """Whether something has what only questions have."""
    return isinstance(entry, dict) and bool(OF_QUESTION & {*map(str, entry)})


def _is_chosen(entries: list[Any]) -> bool:
    """Whether a list holds ids and rules that draw, as that of an assignment does."""
    rules = (isinstance(one, str) or (isinstance(one, dict) and "draw" in one) for one in entries)
    return bool(entries) and all(rules)


def _is_near(field: str) -> bool:
    return suggestion(field, Frame.model_fields, 0.7) is not None


def _right(found: str, source: Source, layout: Layout) -> Said:
    """Where a file of a kind belongs."""
    banks, docs = layout.name(layout.quizzes), layout.name(layout.docs)
    sittings = say("move it to {place}", place=f"{layout.name(layout.sittings)}/")
    named = say("their place is {place}: move them there", place=f"{docs}/evidence/{found}.yml")
    return {
        BANK: _as_bank(source.path, banks),
        ASSIGNMENT: say("move it to {place}", place=f"{banks}/{ASSIGNMENTS}/"),
        BLUEPRINT: say("its place is {place}: move it there", place=f"{banks}/{BLUEPRINT}.yml"),
        SETTINGS: say("they stand in mkdocs.yml: move this file out of {place}", place=f"{banks}/"),
        PAGE: say("it stands in a page under {place}, between two lines of ---", place=f"{docs}/"),
        SITTING: sittings,
        DECISIONS: sittings,
        FACTS: named,
        CLAIMS: named,
        ONE: say("write title: and questions: above it, and it under them: - id: …"),
        MANY: say("write title: and questions: above them"),
        NONE: say("write title: and questions:, or move it out of {place}", place=f"{banks}/"),
    }[found]


def _as_bank(path: str, banks: str) -> Said:
    """What to do with a bank: where banks lie its name is wrong, or it was given for another."""
    if not path.startswith(f"{banks}/") or path.startswith(f"{banks}/{ASSIGNMENTS}/"):
        return say("move it to {place}", place=f"{banks}/")
    if path.rpartition("/")[2].rpartition(".")[0] == BLUEPRINT:
        return say("give it another name")
    return say("give a file of {place}", place=f"{banks}/{ASSIGNMENTS}/")
