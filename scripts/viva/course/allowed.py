"""What mkdocs.yml may hold, field by field: what viva reads of it, and what stops a site engine.

Of fields that are not named here nothing is known: templates and plugins may read them.
"""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal

from pydantic import AfterValidator, BeforeValidator, ConfigDict, StrictBool
from pydantic_core import PydanticCustomError

from viva.bank.question import Model, Text
from viva.course.outline import names
from viva.course.settings import FILE, PLUGIN

OF_THEMES = names(
    "hljs_languages hljs_style highlightjs include_search_page locale navigation_depth "
    "nav_style search_index_only shortcuts variant"
)
"""What themes read of themselves, besides what `Theme` has."""


def _one(given: Any) -> Any:
    """A single text where a list is meant."""
    return (given,) if isinstance(given, str) and given.strip() else given


def _each(given: Any) -> Any:
    """A mapping of names as a list of them."""
    if isinstance(given, dict):
        return [{name: options} for name, options in given.items()]
    return given


def _entry(given: Any) -> Any:
    """A name, or a name with its options."""
    named = isinstance(given, dict) and len(given) == 1
    if not (named or (isinstance(given, str) and given.strip())):
        raise PydanticCustomError("string_type", "neither a name nor a name with options")
    return given


def _file(given: Any) -> Any:
    """A script may stand there with options."""
    if not (isinstance(given, str) or (isinstance(given, dict) and "path" in given)):
        raise PydanticCustomError("string_type", "no file")
    return given


def _plugins(given: Any) -> Any:
    """What is neither a list nor a mapping is told elsewhere."""
    return _each(given) if isinstance(given, list | dict) else None


def _looks(given: Any) -> Any:
    """A palette is one look or a list of several."""
    return [given] if isinstance(given, dict) else given


def _unless_false(given: Any) -> Any:
    return None if given is False else given


Entries = tuple[Annotated[Any, AfterValidator(_entry)], ...] | None
Fields = dict[str, Any]


class Lax(Model):
    """Fields that are known, beside those of others."""

    model_config = ConfigDict(frozen=True, extra="allow", defer_build=True)
    whole = FILE


class Print(Model):
    """What the options say of printing."""

    written = "font: the name of a font under it"
    examples: ClassVar = {"font": "font: Noto Serif CJK SC"}

    font: Annotated[tuple[Text, ...], BeforeValidator(_one)]


class Catalogue(Model):
    """How shops and search engines file the course."""

    written = "categories: and page_type: under it"

    categories: tuple[Text, ...] | None = None
    page_type: Text | None = None


class Options(Model):
    """What stands under `viva` in the list of plugins. `course` is read by whoever wants it."""

    whole = PLUGIN
    written = "its options under it, such as engine: zensical"

    quizzes: Text | None = None
    cache: Text | None = None
    engine: Text | None = None
    offline: StrictBool | None = None
    course: Fields | None = None
    catalogue: Catalogue | None = None
    content_security: Any = None
    sign_off: StrictBool | None = None
    print: Print | None = None
    translations: tuple[Text, ...] | None = None
    editions: Any = None


class Social(Lax):
    """A link at the foot of each page."""

    written = "icon: … and link: … under it"

    link: Text
    icon: Text | None = None
    name: Text | None = None


class Provider(Lax):
    """Who gives something."""

    written = "provider: … under it"

    provider: Any = None


class Look(Lax):
    """A palette of colours."""

    written = "scheme: default and primary: … under it"

    scheme: Text | None = None
    media: Text | None = None
    toggle: Fields | None = None


class Font(Lax):
    """The fonts of a theme."""

    written = "text: … and code: … under it"

    text: Text | None = None
    code: Text | None = None


class Icon(Lax):
    """The icons of a theme."""

    written = "logo: … under it"

    logo: Text | None = None
    repo: Text | None = None


class Extra(Lax):
    """What viva's pages read under `extra`, and what would stop a theme."""

    written = "short_name: … and the like under it"

    short_name: Text | None = None
    caution: Text | None = None
    license: Text | None = None
    social: tuple[Social, ...] | None = None
    alternate: tuple[Fields, ...] | None = None
    version: Provider | None = None
    analytics: Provider | None = None
    consent: Fields | None = None
    homepage: str | None = None
    generator: StrictBool | None = None
    polyfills: tuple[Annotated[Any, AfterValidator(_file)], ...] | None = None


class Theme(Lax):
    """What is known of a theme."""

    written = "name: material and language: en under it"

    name: Text | None = None
    language: Text | None = None
    custom_dir: Text | None = None
    direction: Literal["ltr", "rtl"] | None = None
    features: tuple[Text, ...] | None = None
    palette: Annotated[tuple[Look, ...] | None, BeforeValidator(_looks)] = None
    font: Annotated[Font | None, BeforeValidator(_unless_false)] = None
    icon: Icon | None = None
    logo: Text | None = None
    favicon: Text | None = None
    static_templates: tuple[Text, ...] | None = None


class Setup(Lax):
    """The settings of a site."""

    site_name: Text
    site_description: Text | None = None
    site_author: Text | None = None
    copyright: Text | None = None
    site_url: str | None = None
    repo_url: str | None = None
    repo_name: str | None = None
    edit_uri: str | None = None
    dev_addr: str | None = None
    docs_dir: Text | None = None
    site_dir: Text | None = None
    exclude_docs: str | None = None
    draft_docs: str | None = None
    not_in_nav: str | None = None
    use_directory_urls: StrictBool | None = None
    strict: StrictBool | None = None
    nav: list[Any] | None = None
    theme: Any = None
    extra: Extra | None = None
    extra_css: tuple[Text, ...] | None = None
    extra_javascript: tuple[Annotated[Any, AfterValidator(_file)], ...] | None = None
    extra_templates: tuple[Text, ...] | None = None
    hooks: tuple[Text, ...] | None = None
    watch: tuple[Text, ...] | None = None
    validation: Fields | None = None
    markdown_extensions: Annotated[Entries, BeforeValidator(_each)] = None
    plugins: Annotated[Entries, BeforeValidator(_plugins)] = None
