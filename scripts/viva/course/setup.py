"""What mkdocs.yml may say of a course, and what is wrong with what it says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from viva.bank.mistakes import instead, model_problems, no_text
from viva.bank.question import Model
from viva.base import addresses
from viva.base.folders import is_folder
from viva.base.problems import Problem, hint, suggestion
from viva.base.reader import Loc
from viva.base.words import say
from viva.course.allowed import OF_THEMES, Extra, Options, Setup, Theme
from viva.course.outline import names
from viva.course.settings import FILE, PLUGIN, Identity, Settings
from viva.course.tags import TAG, is_tag

if TYPE_CHECKING:
    from viva.course.layout import Layout

KNOWN = names(
    "INHERIT copyright dev_addr docs_dir draft_docs edit_uri edit_uri_template exclude_docs extra "
    "extra_css extra_javascript extra_templates hooks markdown_extensions mdx_configs nav "
    "not_in_nav plugins remote_branch remote_name repo_name repo_url site_author "
    "site_description site_dir site_name site_url strict theme use_directory_urls validation watch"
)
"""Every setting of the engines."""
LESS = re.compile(r"<(?=[A-Za-z/?])[^\s<>]*")
FOREIGN = names(
    "alternate analytics annotate consent disqus generator homepage polyfills scope social status "
    "tags version"
)
"""What themes read under `extra`."""


def problems(layout: Layout) -> Iterator[Problem]:
    """Every mistake in the settings, as far as viva reads them."""
    settings = layout.settings
    if settings.problems or not (layout.root / FILE).is_file():
        return
    yield from _unknown(settings)
    meant = {suggestion(str(name), KNOWN) for name in settings.data.keys() - KNOWN}
    if "site_name" in settings.data or "site_name" not in meant:
        yield from _of(Setup, settings.data, (), settings)
    if not isinstance(settings.data.get("theme"), (str, type(None))):
        yield from _of(Theme, settings.data["theme"], ("theme",), settings)
    yield from _plugins(settings)
    yield from _swallowed(settings)
    written = (settings.source.written or {}).get("nav")
    yield from _titles(settings.data.get("nav"), written, ("nav",), settings)
    for name in ("site_url", "repo_url"):
        wrong = addresses.fault(str(settings.data.get(name) or ""))
        if wrong:
            yield settings.source.problem((name,), "CF001", wrong)
    if isinstance(extra := settings.data.get("extra"), dict) and PLUGIN in extra:
        yield _misplaced(PLUGIN, ("extra", PLUGIN), settings)
    yield from _misspelt("extra", {*Extra.model_fields, *FOREIGN, PLUGIN}, settings)
    yield from _misspelt("theme", {*Theme.model_fields, *OF_THEMES}, settings)


def _misspelt(field: str, known: set[str], settings: Settings) -> Iterator[Problem]:
    """Names under a field that are near to a known one; others may be read by a template."""
    given = settings.data.get(field)
    for name in given if isinstance(given, dict) else ():
        near = suggestion(str(name), known, cutoff=0.75)
        if near and name not in known:
            said = say("unknown field {name} (did you mean {near}?)", name=name, near=near)
            yield settings.source.problem((field, name), "CF001", said, key=True)


def missing(layout: Layout) -> Iterator[Problem]:
    """Folders that the settings name and that are not there: without them nothing can be told."""
    source = layout.settings.source
    if not is_folder(layout.docs):
        folder = layout.name(layout.docs)
        said = say(
            "there is no folder {folder} for the pages (make it, or correct docs_dir)",
            folder=folder,
        )
        yield source.problem(("docs_dir",), "CF001", said)
    named = layout.settings.options.get("quizzes")
    if named and not is_folder(layout.quizzes):
        folder = layout.name(layout.quizzes)
        said = say(
            "there is no folder {folder} for the banks (make it, or correct quizzes)",
            folder=folder,
        )
        yield source.problem((*place(layout.settings), "quizzes"), "CF001", said)


def _unknown(settings: Settings) -> Iterator[Problem]:
    for name in settings.data.keys() - KNOWN:
        if name == PLUGIN or name in Options.model_fields:
            yield _misplaced(str(name), (name,), settings)
            continue
        said = say("unknown setting {name} ({hint})", name=name, hint=hint(str(name), KNOWN))
        yield settings.source.problem((name,), "CF001", said, key=True)


def _misplaced(name: str, loc: Loc, settings: Settings) -> Problem:
    """What is ours, and stands where nobody reads it."""
    said = say("unknown setting {name} (write it under viva in the list of plugins)", name=name)
    return settings.source.problem(loc, "CF001", said, key=True)


def _of(model: type[Model], data: Any, loc: Loc, settings: Settings) -> Iterator[Problem]:
    named = {str(name): one for name, one in data.items()} if isinstance(data, dict) else data
    try:
        model.model_validate(named)
    except ValidationError as error:
        yield from model_problems(error, loc, settings.source, model)


def _swallowed(settings: Settings) -> Iterator[Problem]:
    """What a browser would take for a tag in the line of copyright, which is HTML."""
    given = settings.data.get("copyright")
    given = given if isinstance(given, str) else ""
    for found in LESS.finditer(given):
        tag = re.compile(TAG).match(given, found.start())
        if not (tag and is_tag(tag)):
            said = say("“{text}” is taken for HTML and not shown (write &lt; for <)", text=found[0])
            yield settings.source.problem(("copyright",), "MD524", said)


def _titles(given: Any, written: Any, loc: Loc, settings: Settings) -> Iterator[Problem]:
    """Titles of the navigation that the engine would not show as they were typed."""
    if not (isinstance(given, list) and isinstance(written, list)):
        return
    entries = (one.items() for one in given if isinstance(one, dict))
    typed = ((n, one.items()) for n, one in enumerate(written) if isinstance(one, dict))
    for here, (number, there) in zip(entries, typed, strict=False):
        for (name, below), (said, under) in zip(here, there, strict=False):
            at = (*loc, number, said)
            if str(name) != said:
                yield settings.source.problem(at, "SC003", no_text(said), key=True)
            yield from _titles(below, under, at, settings)


def _plugins(settings: Settings) -> Iterator[Problem]:
    plugins = settings.data.get("plugins")
    if plugins is not None and not isinstance(plugins, (list, dict)):
        said = say("plugins is no list (write - viva under it)")
        yield settings.source.problem(("plugins",), "CF001", said)
    for field in ("plugins", "markdown_extensions"):
        yield from _options(field, settings)
    given = next((options for name, options in _raw(plugins) if name == PLUGIN), None)
    if given is not None:
        yield from _of(Options, given, place(settings), settings)


def identity(settings: Settings) -> Iterator[Problem]:
    """What is wrong with the id of the course, under which its students' progress is kept.

    A check says it with all that a course wants; a build asks for this alone.
    """
    given = settings.options.get("course")
    if isinstance(given, dict):
        ours = {name: one for name, one in given.items() if name in Identity.model_fields}
        yield from _of(Identity, ours, (*place(settings), "course"), settings)


def _options(field: str, settings: Settings) -> Iterator[Problem]:
    """Options of plugins and extensions that are none: an engine leaves them out, or stops."""
    given = settings.data.get(field)
    for number, one in enumerate(given) if isinstance(given, list) else [(None, given)]:
        for name, options in one.items() if isinstance(one, dict) else ():
            if name != PLUGIN and not isinstance(options, (dict, type(None))):
                at = (field, name) if number is None else (field, number, name)
                said = instead(str(name), options, Model.written)
                yield settings.source.problem(at, "SC003", said)


def _raw(plugins: Any) -> Iterator[tuple[str, Any]]:
    """Each plugin with its options as they were written."""
    for one in plugins if isinstance(plugins, list) else [plugins]:
        if isinstance(one, Mapping):
            yield from ((str(name), options) for name, options in one.items())


def place(settings: Settings) -> Loc:
    """Where the options of viva stand: plugins are a list, or a mapping."""
    plugins = settings.data.get("plugins")
    listed = plugins if isinstance(plugins, list) else []
    numbers = (n for n, one in enumerate(listed) if isinstance(one, dict) and PLUGIN in one)
    return ("plugins", *numbers, PLUGIN)
