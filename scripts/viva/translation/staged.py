"""A course written anew in another language, for a build like any other.

A question is shown in the other language when all of its texts are translated, and as it was
written otherwise: half of each would be a question that nobody has checked. Of a page each
paragraph counts by itself. What is left in the first language says so.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog

from viva.assignments.sheet import sheet_hash
from viva.bank import types
from viva.bank.question import Question, Translation
from viva.base import edits, files
from viva.base.edits import Edit
from viva.base.files.paths import real
from viva.base.reader import FRONT_MATTER, Loc, Source, parse
from viva.base.refused import Refused
from viva.base.words import say
from viva.course import glossary, inventory
from viva.course.layout import Layout
from viva.course.pages import Page
from viva.course.settings import FILE, PLUGIN
from viva.translation import blocks, catalogues, texts
from viva.translation.sources import Sources

DOCS, QUIZZES, SITE, OVERRIDES = "docs", "quizzes", "site", "overrides"
REPLACED = ("translations", "quizzes")
"""Settings of the course that a translation has of its own, or not."""
LEFT = "viva-original"
"""The class of a paragraph that has not been translated."""


@dataclass(frozen=True)
class Staging:
    """What is written, from what, and in which language."""

    sources: Sources
    language: str
    folder: Path
    known: Mapping[str, Catalog]
    """The translations of each file of the course, by its name."""
    is_alone: bool = False
    """Whether the other languages are not beside it, so that nothing leads to them."""

    @property
    def layout(self) -> Layout:
        """Where the course lies."""
        return self.sources.course.layout


def write(staging: Staging) -> Layout:
    """Write the course into an empty folder; returns its layout."""
    layout, folder = staging.layout, staging.folder
    files.copy_tree(layout.docs, folder / DOCS)
    for path, page in staging.sources.course.pages.items():
        files.put(folder / DOCS / path, _page(page, staging))
    blueprint = inventory.blueprint(layout)
    if blueprint:
        files.copy(blueprint, folder / QUIZZES / blueprint.name)
    for name, source in staging.sources.banks.items():
        _data(staging, name, _bank(source, staging, "questions"))
    for name, source in staging.sources.assignments.items():
        _data(staging, name, _bank(source, staging, "private"))
    _overrides(staging)
    files.put(folder / FILE, json.dumps(_settings(staging), ensure_ascii=False, indent=1))
    return Layout.of(folder)


def _overrides(staging: Staging) -> None:
    """The course's own templates, those of the language over them: nobody translates templates."""
    given = staging.layout.overrides
    apart = given and given.with_name(f"{given.name}.{staging.language}")
    for one in (given, apart):
        if one and one.is_dir():
            files.copy_tree(one, staging.folder / OVERRIDES)


def _data(staging: Staging, name: str, data: Any) -> None:
    inside = (staging.layout.root / name).relative_to(staging.layout.quizzes)
    text = json.dumps(data, ensure_ascii=False, indent=1)
    files.put(staging.folder / QUIZZES / inside, text)


def _bank(source: Source, staging: Staging, field: str) -> Any:
    """A bank's data, or an assignment's, in the other language."""
    known = staging.known[source.path]
    data = copy.deepcopy(source.data)
    for one in texts.of_frame(source):
        if said := catalogues.translated(known, one):
            data[one.name] = said
    listed = data.get(field)
    for number, given in enumerate(listed if isinstance(listed, list) else []):
        if isinstance(given, dict):
            listed[number] = _question(given, source, (field, number), staging)
    return data


def _question(given: dict[str, Any], source: Source, at: Loc, staging: Staging) -> dict[str, Any]:
    """A question whole in the other language, else as it is, and in which language that is."""
    original = staging.sources.questions.get(str(given.get("id")))
    if original is None:
        return given
    known = staging.known[source.path]
    said = {
        one.loc: catalogues.translated(known, one) for one in texts.of_question(given, source, at)
    }
    made = copy.deepcopy(given)
    whole = all(said.values())
    if whole:
        for loc, text in texts.leaves(given):
            _set(made, loc, said.get(loc) or said[texts.twin(given, loc, text) or loc])
    _keep(made, original, None if whole else staging.layout.settings.language)
    return made


def _keep(made: dict[str, Any], original: Question, language: str | None) -> None:
    """What a translated question and its steps keep of the original."""
    kept = Translation(
        of=original.digest,
        sheet=sheet_hash(original),
        order=tuple(types.order(original)),
        language=language,
    )
    made["translation"] = kept.model_dump(exclude_none=True)
    for step, one in zip(types.steps(original), made.get("steps", ()), strict=False):
        _keep(one, step, None)


def _set(data: Any, loc: Loc, value: Any) -> None:
    for step in loc[:-1]:
        data = data[step]
    data[loc[-1]] = value


def _page(page: Page, staging: Staging) -> str:
    """A page in the other language, as far as it is translated."""
    known = staging.known[page.name]
    body, is_whole = _body(page, known, staging.layout.settings.language)
    edited = [
        Edit(one.loc, said, ())
        for one in texts.of_front(page)
        if (said := catalogues.translated(known, one))
    ]
    front = _front(page, edited)
    if not is_whole:
        front = _with_field(front, f"original: {staging.layout.settings.language}")
    return f"{front}{body}"


def _body(page: Page, known: Catalog, language: str) -> tuple[str, bool]:
    made, is_whole = [], True
    terms = glossary.anchors(page.text) if page.path == glossary.PAGE else {}
    for piece, name in texts.named(page):
        said = piece.said and catalogues.translated(known, texts.Text(name, piece.said))
        anchor = f"#{name[1:]}" if piece.kind == "heading" and len(name) > 1 else ""
        if said and piece.said in terms:
            said = f"{said} {{: #{terms[piece.said]} }}"
        if said:
            made.append(piece.saying(said, anchor))
        elif piece.said and piece.kind in blocks.MARKED:
            made.append(piece.saying(piece.said, f"{anchor} lang={language} .{LEFT}".strip()))
        else:
            made.append(piece.raw)
        is_whole = is_whole and bool(said or not piece.said)
    return "".join(made), is_whole


def _front(page: Page, wanted: list[Edit]) -> str:
    """The front matter with other texts, all else as its author wrote it."""
    found = FRONT_MATTER.match(page.text)
    if not found:
        return ""
    before, inside, after = _halves(found[0])
    now = edits.Text(parse(inside, page.name), inside)
    done = edits.applied(now, [_replacing(now, one) for one in wanted])
    if done is None:
        said = say(
            "{name}:1:1: the front matter cannot be translated (write each text on one line)",
            name=page.name,
        )
        raise Refused(said)
    return f"{before}{done}{after}"


def _halves(front: str) -> tuple[str, str, str]:
    """The line before the fields, the fields, and the line after them."""
    first, *lines = front.splitlines(keepends=True)
    last = max(n for n, line in enumerate(lines) if line.strip() in ("---", "..."))
    return first, "".join(lines[:last]), "".join(lines[last:])


def _replacing(now: edits.Text, one: Edit) -> Edit:
    start, end = now.span(one.loc)
    ending = "\n" if now.text[start:end].endswith("\n") else ""
    return Edit(one.loc, one.new, ((start, end, json.dumps(one.new, ensure_ascii=False) + ending),))


def _with_field(front: str, field: str) -> str:
    if not front:
        return f"---\n{field}\n---\n"
    before, inside, after = _halves(front)
    return f"{before}{inside}{field}\n{after}"


def _settings(staging: Staging) -> dict[str, Any]:
    """What the settings of the course are in the other language; all else is inherited."""
    layout, settings = staging.layout, staging.layout.settings
    known = staging.known[settings.source.path]
    said = {one.key: catalogues.translated(known, one) for one in texts.of_settings(settings)}
    theme = {"language": staging.language}
    if (staging.folder / OVERRIDES).is_dir():
        theme["custom_dir"] = OVERRIDES
    extra = settings.data.get("extra")
    extra = {
        name: text
        for name, given in (extra if isinstance(extra, dict) else {}).items()
        if (text := said.get((f"extra.{name}", str(given).strip())))
    }
    made: dict[str, Any] = {
        "INHERIT": str(real(layout.root / FILE)),
        "docs_dir": DOCS,
        "site_dir": SITE,
        "theme": theme,
        "plugins": _plugins(staging),
        "extra": extra,
    }
    if hooks := settings.data.get("hooks"):
        made["hooks"] = [str(real(layout.root / str(one))) for one in hooks]
    for name in texts.SETTINGS:
        if text := said.get((name, settings.text(name).strip())):
            made[name] = text
    if settings.nav:
        made["nav"] = _nav(settings.nav, said)
    if address := settings.text("site_url"):
        made["site_url"] = f"{address.rstrip('/')}/{staging.language}/"
    return made


def _plugins(staging: Staging) -> list[Any]:
    layout, settings = staging.layout, staging.layout.settings
    course = settings.options.get("course")
    own = {
        **{name: value for name, value in settings.options.items() if name not in REPLACED},
        **({"quizzes": QUIZZES} if (staging.folder / QUIZZES).is_dir() else {}),
        "cache": str(layout.cache_of(staging.language)),
        "course": {**(course if isinstance(course, dict) else {}), "id": settings.id},
        "editions": {} if staging.is_alone else ways(layout, staging.language),
    }
    others = [{name: dict(options)} for name, options in settings.plugins() if name != PLUGIN]
    return [*others, {PLUGIN: own}]


def ways(layout: Layout, language: str) -> dict[str, str]:
    """The way from the site in one language to that in each, itself included."""
    settings = layout.settings
    others = {one: "" if one == language else f"../{one}/" for one in settings.translations}
    return {settings.language: "../", **others}


def _nav(given: list[Any], said: Mapping[tuple[str, str], str | None]) -> list[Any]:
    made: list[Any] = []
    for one in given:
        if not isinstance(one, dict):
            made.append(one)
            continue
        for title, below in one.items():
            inside = _nav(below, said) if isinstance(below, list) else below
            made.append({said.get(("nav", str(title))) or title: inside})
    return made
