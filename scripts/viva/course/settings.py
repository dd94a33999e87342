"""The settings of a course, as mkdocs.yml has them, whatever engine reads them."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any

from markdown.extensions.toc import slugify, slugify_unicode
from pathspec.gitignore import GitIgnoreSpec
from pydantic import BeforeValidator, Field

from viva.bank.question import Model
from viva.base.problems import Problem
from viva.base.reader import Source, read_settings
from viva.base.words import Words, of, say
from viva.course import boxes

FILE = "mkdocs.yml"
PLUGIN = "viva"
ADDRESS = "VIVA_SITE_URL"
"""Where the site will be, for this build: over `site_url` in the settings."""
Extension = tuple[str, Mapping[str, Any]]

HOST = re.compile(r"https?://(?:\*\.)?[\w.-]+(?::\d+)?")

HIDDEN = ("/evidence/", "/references.bib", "*.po")
"""What every course has for the build and not for students."""
BUILT_IN: tuple[Extension, ...] = (
    ("toc", {}),
    ("tables", {"use_align_attribute": True}),  # pages allow no style in a tag
    ("fenced_code", {}),
)
"""What every engine adds by itself."""
EXTENSIONS: tuple[Extension, ...] = (
    ("abbr", {}),
    ("admonition", {}),
    ("attr_list", {}),
    ("def_list", {}),
    ("footnotes", {}),
    ("md_in_html", {}),
    ("pymdownx.arithmatex", {"generic": True}),
    ("pymdownx.blocks.caption", {}),
    ("pymdownx.caret", {}),
    ("pymdownx.details", {}),
    ("pymdownx.highlight", {"pygments_lang_class": True}),
    ("pymdownx.superfences", {}),
    ("pymdownx.tilde", {}),
    ("sane_lists", {}),
    ("viva.course.literal", {}),
)
"""What viva adds: with these a page means the same in every course. Settings may change them."""
FIXED: Mapping[str, Mapping[str, Any]] = {"pymdownx.arithmatex": {"generic": True}}
"""What they may not: formulas are made together with the site, by no script of a page."""


def _entries(given: Any) -> Any:
    return tuple(given) if isinstance(given, list) else given


class Identity(Model):
    """Who a course is, under `viva: {course: …}`, whatever it is called."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")] | None = None
    """What students' progress is kept under: it stays when the course is renamed or translated."""
    was: Annotated[tuple[str, ...], BeforeValidator(_entries)] = ()
    """Names that the course had before it had an id, or ids it had before this one."""


@dataclass(frozen=True)
class Settings:
    """What a course says of itself; whatever it leaves out has the value that viva gives it."""

    source: Source
    data: Mapping[str, Any] = field(default_factory=dict)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong in the file."""
        return (*self.source.problems, *self._unfit_hosts())

    def _unfit_hosts(self) -> Iterator[Problem]:
        given = self.options.get("content_security", True)
        for host in given if isinstance(given, list) else [given]:
            if not isinstance(host, bool) and not HOST.fullmatch(str(host)):
                said = say(
                    "content_security: {host} is no host (write one with its scheme: "
                    "https://video.example.org)",
                    host=host,
                )
                yield self.source.problem(("plugins",), "CF001", said)

    @property
    def options(self) -> Mapping[str, Any]:
        """What stands under `viva` in the list of plugins."""
        return next((given for name, given in self.plugins() if name == PLUGIN), {})

    @property
    def name(self) -> str:
        """The name of the course."""
        return str(self.data.get("site_name") or "")

    @property
    def nav(self) -> list[Any]:
        """The navigation; empty where none is given that is one."""
        given = self.data.get("nav")
        return given if isinstance(given, list) else []

    @property
    def id(self) -> str:
        """What the course keeps in a browser is kept under this: its id, else its name."""
        given = self._identity.get("id")
        return given if isinstance(given, str) and given else named(self.name)

    @property
    def names_before(self) -> tuple[str, ...]:
        """What progress may still be kept under: earlier names, and the present one as an id."""
        return tuple(dict.fromkeys(one for one in map(named, self._names) if one != self.id))

    @property
    def names_shared(self) -> tuple[str, ...]:
        """The same, once cut to Latin letters: other courses may have been kept there too."""
        cut = (slugify(one, "-") for one in self._names if _is_cut(one))
        return tuple(dict.fromkeys(one for one in cut if one and one != self.id))

    @property
    def _names(self) -> tuple[str, ...]:
        was = self._identity.get("was")
        return (*(map(str, was) if isinstance(was, list) else ()), self.name)

    @property
    def _identity(self) -> Mapping[str, Any]:
        given = self.options.get("course")
        return given if isinstance(given, dict) else {}

    @property
    def language(self) -> str:
        """The language of the course, as in `en` or `pt-BR`."""
        return str(self.theme.get("language") or "en")

    @property
    def words(self) -> Words:
        """The words of the interface in that language."""
        return of(self.language)

    @property
    def theme(self) -> Mapping[str, Any]:
        """What is said of the theme."""
        given = self.data.get("theme")
        if isinstance(given, str):
            return {"name": given}
        return given if isinstance(given, dict) else {}

    @property
    def engine(self) -> str:
        """The site engine that makes the pages."""
        return str(self.options.get("engine") or "mkdocs")

    @property
    def use_directory_urls(self) -> bool:
        """Whether `ecg.md` becomes `ecg/` rather than `ecg.html`, which opens from a disk too."""
        return bool(self.data.get("use_directory_urls", False))

    @property
    def offline(self) -> bool:
        """Whether readers can take the course along: a zip, an app, a book, pages from a disk."""
        return bool(self.options.get("offline", not self.use_directory_urls))

    @property
    def hosts(self) -> tuple[str, ...] | None:
        """The other hosts that pages may load from; None where pages have no policy at all."""
        given = self.options.get("content_security", True)
        if given is False:
            return None
        files = [*_list(self.data.get("extra_javascript")), *_list(self.data.get("extra_css"))]
        named = [found[0] for one in files if (found := HOST.match(_path(one)))]
        return tuple(dict.fromkeys([*map(str, _list(given)), *named]))

    @property
    def fonts(self) -> tuple[str, ...]:
        """The fonts to print with, before those that we bring."""
        given = self.options.get("print")
        font = given.get("font") if isinstance(given, dict) else None
        return tuple(map(str, font if isinstance(font, list) else [font] if font else []))

    @property
    def sign_off(self) -> bool:
        """Whether a question says on its page who accepted it, and when."""
        return self.options.get("sign_off") is True

    @property
    def translations(self) -> tuple[str, ...]:
        """The languages in which the course is built besides its own."""
        return tuple(dict.fromkeys(map(str, _list(self.options.get("translations")))))

    @property
    def editions(self) -> Mapping[str, str]:
        """In a translated course, the way from its site to that in each language."""
        given = self.options.get("editions")
        return given if isinstance(given, dict) else {}

    @property
    def categories(self) -> tuple[str, ...]:
        """What shops of apps may file the course under."""
        return ("education", *map(str, _list(self._catalogue.get("categories"))))

    @property
    def page_types(self) -> tuple[str, ...]:
        """What a page of reading is to schema.org, besides a resource for learning."""
        given = self._catalogue.get("page_type")
        return (str(given or "WebPage"), "LearningResource")

    @property
    def _catalogue(self) -> Mapping[str, Any]:
        given = self.options.get("catalogue")
        return given if isinstance(given, dict) else {}

    def hides(self, path: str, preview: bool = False) -> bool:
        """Whether a file under docs/ is read by the build only, and not published; a draft is
        seen in a preview."""
        if self._hidden.match_file(path):
            return True
        return not preview and self._drafts.match_file(path)

    @cached_property
    def _hidden(self) -> GitIgnoreSpec:
        return GitIgnoreSpec.from_lines([*HIDDEN, *self.text("exclude_docs").splitlines()])

    @cached_property
    def _drafts(self) -> GitIgnoreSpec:
        return GitIgnoreSpec.from_lines(self.text("draft_docs").splitlines())

    @property
    def extensions(self) -> tuple[Extension, ...]:
        """The extensions of Markdown in use, each once; what the settings say of one wins."""
        found: dict[str, Mapping[str, Any]] = {}
        for name, options in (
            *BUILT_IN,
            *EXTENSIONS,
            *_listed(self.data.get("markdown_extensions")),
        ):
            short = name.removeprefix("markdown.extensions.")
            found[short] = {**found.get(short, {}), **options, **FIXED.get(short, {})}
        found.pop(boxes.NAME, None)  # it follows all others
        return (*found.items(), (boxes.NAME, {"language": self.language}))

    def plugins(self) -> Iterator[tuple[str, Mapping[str, Any]]]:
        """Each plugin by name, with its options."""
        yield from _listed(self.data.get("plugins"))

    def text(self, name: str) -> str:
        """A setting that is a text, empty where there is none."""
        value = self.data.get(name)
        return str(value) if value not in (None, False) else ""


def named(name: str) -> str:
    """A name as in an address. Letters beyond Latin ones count: no two courses share the rest."""
    short = "" if _is_cut(name) else slugify(name, "-")
    return short or slugify_unicode(name, "-") or "course"


def _is_cut(name: str) -> bool:
    """Whether a letter of a name has no Latin one to stand for it."""
    plain = unicodedata.normalize("NFKD", name)
    return any(letter.isalpha() and not letter.isascii() for letter in plain)


def load(root: Path) -> Settings:
    """Read the settings in a folder; a file that is broken or absent leaves the defaults."""
    path = root / FILE
    if not path.is_file():
        return Settings(Source(FILE, {}, {}))
    source = read_settings(path, FILE)
    given = source.data if isinstance(source.data, dict) else {}
    address = os.environ.get(ADDRESS)
    return Settings(source, {**given, "site_url": address} if address else given)


def _list(given: Any) -> list[Any]:
    return given if isinstance(given, list) else []


def _path(script: Any) -> str:
    """The address of a script or a style, which may stand there with options."""
    return str(script.get("path", "")) if isinstance(script, dict) else str(script)


def _listed(given: Any) -> Iterator[Extension]:
    """Names with options, as lists and mappings in the settings have them."""
    if isinstance(given, dict):
        given = [{name: options} for name, options in given.items()]
    for item in given if isinstance(given, list) else ():
        if isinstance(item, str) and item.strip():
            yield item, {}
        elif isinstance(item, dict) and len(item) == 1:
            (name, options), *_ = item.items()
            yield str(name), options if isinstance(options, dict) else {}
