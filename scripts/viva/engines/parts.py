"""Parts of a theme that pages and settings name: templates, icons, languages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from importlib import resources
from importlib.util import find_spec
from pathlib import Path

from viva.base.folders import is_file
from viva.base.problems import Problem, in_order
from viva.base.words import say
from viva.build.edition import Edition
from viva.course.courses import Course
from viva.course.layout import Layout

PACKAGES = {"mkdocs": "material", "properdocs": "material", "zensical": "zensical"}
"""Where the templates of each engine's theme are."""


def looked_for(edition: Edition) -> Edition:
    """The edition with what its pages ask of the theme in vain among its problems."""
    found = in_order([*edition.problems, *problems(edition.course)])
    return replace(edition, course=replace(edition.course, problems=tuple(found)))


def problems(course: Course) -> Iterator[Problem]:
    """Every part that the theme of a course lacks."""
    folders = _folders(course.layout)
    if not folders:
        return
    language, source = course.layout.settings.theme.get("language"), course.layout.settings.source
    named = isinstance(language, str) and language.strip()
    if named and not _is_there(f"partials/languages/{language}.html", folders):
        said = say(
            "the theme does not know the language {language} (write a code such as en or de)",
            language=language,
        )
        yield source.problem(("theme", "language"), "CF001", said)
    for page in course.pages.values():
        for field, path in (("template", "{}"), ("icon", ".icons/{}.svg")):
            named = page.said(field)
            if named and not _is_there(path.format(named), folders):
                said = say(
                    "the theme has no {field} {name} (correct the name, or delete the line)",
                    field=field,
                    name=named,
                )
                yield page.front.problem((field,), "CF001", said)


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
