"""Parts of a theme that pages and settings name: templates, icons, languages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from importlib import resources
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from viva.base.folders import is_file
from viva.base.problems import Problem, in_order
from viva.base.reader import Loc
from viva.base.words import Said, say
from viva.build import stage
from viva.build.edition import Edition
from viva.course import setup
from viva.course.courses import Course
from viva.course.layout import Layout
from viva.course.settings import PLUGIN, Settings
from viva.engines.defaults import ENGLISH, REPLACED

PACKAGES = {"mkdocs": "material", "properdocs": "material", "zensical": "zensical"}
"""Where the templates of each engine's theme are."""
LANGUAGE = "partials/languages/{}.html"
OURS = {PLUGIN, *REPLACED}
"""Plugins that make no file which the settings may name."""
ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)


def looked_for(edition: Edition) -> Edition:
    """The edition with what its pages ask of the theme in vain among its problems."""
    course = edition.course
    own = setup.identity(course.layout.settings)
    found = in_order([*edition.problems, *problems(course), *own])
    return replace(edition, course=replace(course, problems=tuple(found)))


def problems(course: Course) -> Iterator[Problem]:
    """Every part that the theme of a course lacks."""
    folders = _folders(course.layout)
    if not folders:
        return
    language, source = course.layout.settings.theme.get("language"), course.layout.settings.source
    named = isinstance(language, str) and language.strip()
    if named and not _is_there(LANGUAGE.format(language), folders):
        said = say(
            "the theme does not know the language {language} (write a code such as en or de)",
            language=language,
        )
        yield source.problem(("theme", "language"), "CF001", said)
    yield from _icons(course.layout.settings, folders)
    yield from _files(course.layout, folders)
    for page in course.pages.values():
        for field, path in (("template", "{}"), ("icon", ".icons/{}.svg")):
            named = page.said(field)
            if named and not _is_there(path.format(named), folders):
                yield page.front.problem((field,), "CF001", _lacked(field, named))


def landmarks(edition: Edition) -> dict[str, Any]:
    """What an engine's theme leads to and says, with the theme's own name for each language."""
    found, folders = stage.landmarks(edition), _folders(edition.course.layout)
    own = {
        tag: {**said, "theme": _closest(tag, folders)} for tag, said in found["languages"].items()
    }
    return {**found, "languages": own}


def _closest(tag: str, folders: list[Path]) -> str:
    """What the theme calls a language, or that without its region; English where it has none."""
    parts = tag.split("-")
    names = ["-".join(parts[:n]) for n in range(len(parts), 0, -1)]
    return next((name for name in names if _is_there(LANGUAGE.format(name), folders)), ENGLISH)


def absent(name: str, field: str) -> Said:
    """What is said of a file that a setting names and that is not there."""
    return say("there is no file {name} (correct {field}, or put it there)", name=name, field=field)


def _lacked(field: str, name: str) -> Said:
    return say(
        "the theme has no {field} {name} (correct the name, or delete the line)",
        field=field,
        name=name,
    )


def _icons(settings: Settings, folders: list[Path]) -> Iterator[Problem]:
    """Icons that the settings name and the theme lacks: a template stops at them."""
    looks, links = settings.theme.get("palette"), _under(settings.data, "extra", "social")
    toggles = [(("theme", "palette", n), look) for n, look in enumerate(_list(looks))]
    social = [(("extra", "social", n), x) for n, x in enumerate(_list(links)) if _under(x, "link")]
    named = [
        *_texts(("theme", "icon"), settings.theme.get("icon")),
        *(one for at, look in toggles for one in _texts((*at, "toggle"), _under(look, "toggle"))),
        *(one for at, link in social for one in _texts(at, link)),
    ]
    for at, name in named:
        is_icon = at[:2] == ("theme", "icon") or at[-1] == "icon"
        if is_icon and name.strip() and not _is_there(f".icons/{name}.svg", folders):
            yield settings.source.problem(at, "CF001", _lacked("icon", name))


def _list(given: Any) -> list[Any]:
    return given if isinstance(given, list) else []


def _under(data: Any, *names: str) -> Any:
    for name in names:
        data = data.get(name) if isinstance(data, Mapping) else None
    return data


def _texts(at: Loc, given: Any) -> Iterator[tuple[Loc, str]]:
    """Each text in some settings, with its place."""
    if isinstance(given, Mapping):
        for name, one in given.items():
            yield from _texts((*at, str(name)), one)
    elif isinstance(given, str):
        yield at, given


def _files(layout: Layout, folders: list[Path]) -> Iterator[Problem]:
    """Styles, scripts and pictures that the settings name and that are nowhere.

    A plugin of others may make them while the site is built. Without a template the engine stops;
    without the others the pages are whole, if plain.
    """
    settings = layout.settings
    if {name for name, _ in settings.plugins()} - OURS:
        return
    known = [layout.docs, *folders, Path(str(resources.files("viva.theme")))]
    for at, name in _named_files(settings):
        path = name.partition("?")[0].lstrip("/")
        if path.strip() and not ELSEWHERE.match(name) and not _is_there(path, known):
            field = str(next(one for one in at if one != "theme"))
            wrong = settings.source.problem(at, "CF001", absent(name, field))
            yield wrong if field == "extra_templates" else replace(wrong, severity="warning")


def _named_files(settings: Settings) -> Iterator[tuple[Loc, str]]:
    for field in ("extra_css", "extra_javascript", "extra_templates"):
        given = settings.data.get(field)
        for number, one in enumerate(_list(given)):
            path = one.get("path") if isinstance(one, dict) else one
            if isinstance(path, str):
                yield (field, number), path
    for field in ("logo", "favicon"):
        if isinstance(one := settings.theme.get(field), str):
            yield ("theme", field), one


def _folders(layout: Layout) -> list[Path]:
    """The folders of templates, the course's own first; none where the theme is not installed."""
    engine = layout.settings.engine
    spec = find_spec(PACKAGES[engine]) if engine in PACKAGES else None
    if spec is None or not spec.submodule_search_locations:
        return []
    here = Path(str(resources.files("viva.engines")))
    theirs = [Path(one) / "templates" for one in spec.submodule_search_locations]
    own = [layout.overrides] if layout.overrides else []
    return [*own, here / engine / "theme", here / "theme", *theirs]


def _is_there(path: str, folders: list[Path]) -> bool:
    return ".." not in path and any(is_file(folder / path) for folder in folders)
