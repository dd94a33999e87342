"""What mkdocs.yml may say of a course, and what is wrong with what it says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Annotated, Any, ClassVar

from pydantic import BeforeValidator, ConfigDict, ValidationError

from viva.bank.mistakes import model_problems
from viva.bank.question import Model, Text
from viva.base import addresses
from viva.base.problems import Problem, hint, suggestion
from viva.base.reader import Loc
from viva.base.words import say
from viva.course.outline import names
from viva.course.settings import FILE, PLUGIN, Settings

if TYPE_CHECKING:
    from viva.course.layout import Layout

KNOWN = names(
    "INHERIT copyright dev_addr docs_dir draft_docs edit_uri edit_uri_template exclude_docs extra "
    "extra_css extra_javascript extra_templates hooks markdown_extensions mdx_configs nav "
    "not_in_nav plugins remote_branch remote_name repo_name repo_url site_author "
    "site_description site_dir site_name site_url strict theme use_directory_urls validation watch"
)
"""Every setting of the engines."""
FOREIGN = names(
    "alternate analytics annotate consent disqus generator homepage polyfills scope social status "
    "tags version viva"
)
"""What themes read under `extra`."""


def _listed(given: Any) -> Any:
    return (given,) if isinstance(given, str) and given.strip() else given


class Lax(Model):
    """Fields that viva reads, beside those of others."""

    model_config = ConfigDict(frozen=True, extra="allow", defer_build=True)
    whole = FILE


class Print(Model):
    """What the options say of printing."""

    written = "font: the name of a font under it"
    examples: ClassVar = {"font": "font: Noto Serif CJK SC"}

    font: Annotated[tuple[Text, ...], BeforeValidator(_listed)]


class Options(Model):
    """What stands under `viva` in the list of plugins. `course` is read by whoever wants it."""

    whole = PLUGIN
    written = "its options under it, such as engine: zensical"

    quizzes: Text | None = None
    cache: Text | None = None
    engine: Text | None = None
    offline: bool | None = None
    course: Any = None
    catalogue: Any = None
    content_security: Any = None
    sign_off: bool | None = None
    print: Print | None = None
    translations: tuple[Text, ...] | None = None
    editions: Any = None


class Extra(Lax):
    """What viva's pages read under `extra`."""

    written = "short_name: … and the like under it"

    short_name: Text | None = None
    caution: Text | None = None
    license: Text | None = None


class Theme(Lax):
    """What viva reads of the theme."""

    written = "name: material and language: en under it"

    name: Text | None = None
    language: Text | None = None
    custom_dir: Text | None = None


class Setup(Lax):
    """What viva reads of the settings."""

    site_name: Text
    site_description: Text | None = None
    site_author: Text | None = None
    copyright: Text | None = None
    docs_dir: Text | None = None
    site_dir: Text | None = None
    exclude_docs: str | None = None
    use_directory_urls: bool | None = None
    nav: list[Any] | None = None
    theme: Any = None
    extra: Extra | None = None


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
    for name in ("site_url", "repo_url"):
        wrong = addresses.fault(str(settings.data.get(name) or ""))
        if wrong:
            yield settings.source.problem((name,), "CF001", wrong)
    extra = settings.data.get("extra")
    for name in extra if isinstance(extra, dict) else ():
        near = suggestion(str(name), Extra.model_fields, cutoff=0.75)
        if near and name not in (*Extra.model_fields, *FOREIGN):
            said = say("unknown field {name} (did you mean {near}?)", name=name, near=near)
            yield settings.source.problem(("extra", name), "CF001", said, key=True)


def missing(layout: Layout) -> Iterator[Problem]:
    """Folders that the settings name and that are not there: without them nothing can be told."""
    source = layout.settings.source
    if not layout.docs.is_dir():
        folder = layout.name(layout.docs)
        said = say(
            "there is no folder {folder} for the pages (make it, or correct docs_dir)",
            folder=folder,
        )
        yield source.problem(("docs_dir",), "CF001", said)
    named = layout.settings.options.get("quizzes")
    if named and not layout.quizzes.is_dir():
        folder = layout.name(layout.quizzes)
        said = say(
            "there is no folder {folder} for the banks (make it, or correct quizzes)",
            folder=folder,
        )
        yield source.problem((*place(layout.settings), "quizzes"), "CF001", said)


def _unknown(settings: Settings) -> Iterator[Problem]:
    for name in settings.data.keys() - KNOWN:
        said = say("unknown setting {name} ({hint})", name=name, hint=hint(str(name), KNOWN))
        yield settings.source.problem((name,), "CF001", said, key=True)


def _of(model: type[Model], data: Any, loc: Loc, settings: Settings) -> Iterator[Problem]:
    try:
        model.model_validate(data)
    except ValidationError as error:
        yield from model_problems(error, loc, settings.source, model)


def _plugins(settings: Settings) -> Iterator[Problem]:
    plugins = settings.data.get("plugins")
    if plugins is not None and not isinstance(plugins, (list, dict)):
        said = say("plugins is no list (write - viva under it)")
        yield settings.source.problem(("plugins",), "CF001", said)
    given = next((options for name, options in _raw(plugins) if name == PLUGIN), None)
    if given is not None:
        yield from _of(Options, given, place(settings), settings)


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
