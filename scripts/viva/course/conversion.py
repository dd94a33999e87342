"""Markdown to HTML as the course's site engine does it: the same library, the same extensions."""

from __future__ import annotations

import importlib
import importlib.util
import json
import sysconfig
import threading
from collections.abc import Callable, Iterator, Mapping
from functools import cache, cached_property
from typing import Any

import markdown

from viva.base.cache import Cache, content_key, installed, program
from viva.base.problems import Problem
from viva.base.reader import Loc, Named, read
from viva.course.layout import Layout
from viva.course.settings import FILE, Extension

# What it makes of a page hangs on other files too.
READS_FILES = "pymdownx.snippets"
LISTED = "markdown_extensions"


class Converter:
    """Python-Markdown with some extensions: one instance for each thread, made when needed."""

    def __init__(self, extensions: tuple[Extension, ...], cache: Cache | None = None) -> None:
        self.extensions = extensions
        self._cache = cache
        self._own = threading.local()

    def html(self, text: str) -> str:
        """The HTML of Markdown text."""
        if not hasattr(self._own, "markdown"):
            self._own.markdown = self.new()
        made: str = self._own.markdown.reset().convert(text)
        return made

    def new(self, without: frozenset[str] = frozenset()) -> markdown.Markdown:
        """A fresh instance. An extension that cannot be had is left out (and reported)."""
        used = [one for one in self.extensions if one[0] not in self.absent | without]
        return markdown.Markdown(
            extensions=[name for name, _ in used],
            extension_configs={name: _resolved(options) for name, options in used},
        )

    def kept(self, text: str, make: Callable[[], Any]) -> Any:
        """What `make` gives for a text, as JSON holds it; made once as long as nothing changes."""
        if self._cache is None or not self.is_sure:
            return make()
        key = content_key(self.key, program(), text)
        return json.loads(self._cache.get(key, lambda: json.dumps(make())))

    @cached_property
    def key(self) -> str:
        """A hash of all that shapes the HTML besides the text."""
        return content_key(installed(), repr(self.extensions))

    @cached_property
    def is_sure(self) -> bool:
        """Whether the same text gives the same HTML, as far as we know the extensions."""
        return all(_is_installed(name) for name, _ in self.extensions)

    @cached_property
    def faults(self) -> Mapping[str, str]:
        """Each extension that cannot be used, with the reason."""
        if self._cache is None or not self.is_sure:
            return dict(_faults(self.extensions))
        kept = self._cache.get(
            content_key(self.key, "faults"), lambda: json.dumps(dict(_faults(self.extensions)))
        )
        found: dict[str, str] = json.loads(kept)
        return found

    @property
    def absent(self) -> frozenset[str]:
        """The extensions that cannot be used."""
        return frozenset(self.faults)

    def problems(self, layout: Layout) -> Iterator[Problem]:
        """One problem for each extension that cannot be used, where the settings name it."""
        for name, reason in self.faults.items():
            source = read(layout.root / FILE, FILE)
            yield source.problem(_place(source.data, name), "MD520", f"extension {name}: {reason}")


def of(layout: Layout, cache: Cache | None = None) -> Converter:
    """The converter of a course. What it made is kept in the course's own cache."""
    return Converter(layout.settings.extensions, cache or Cache(layout.cache))


def _faults(extensions: tuple[Extension, ...]) -> Iterator[tuple[str, str]]:
    for name, options in extensions:
        try:
            markdown.Markdown(extensions=[name], extension_configs={name: _resolved(options)})
        except ImportError as error:
            yield name, f"it is not installed: {error} (install its package, or check the name)"
        except Exception as error:  # an extension may fail at its options in any way
            yield name, f"it cannot be used: {error} (check its options)"


def _resolved(given: Any) -> Any:
    """Options with the objects that they name; like every engine, we trust the settings."""
    if isinstance(given, Named):
        return _object(given)
    if isinstance(given, Mapping):
        return {name: _resolved(value) for name, value in given.items()}
    return [_resolved(one) for one in given] if isinstance(given, list) else given


def _object(named: Named) -> Any:
    module, _, name = named.path.rpartition(".")
    found = getattr(importlib.import_module(module), name)
    if named.arguments or named.options:
        return found(*_resolved(list(named.arguments)), **_resolved(named.options))
    return found


@cache
def _is_installed(name: str) -> bool:
    """Whether an extension comes from an installed package, and looks at nothing but the text."""
    if name == READS_FILES:
        return False
    try:
        built_in = "." not in name and importlib.util.find_spec(f"markdown.extensions.{name}")
        spec = built_in or importlib.util.find_spec(name.partition(".")[0])
    except (ImportError, ValueError):
        return False
    places = [sysconfig.get_path("purelib"), sysconfig.get_path("platlib")]
    return bool(spec and spec.origin and spec.origin.startswith(tuple(places)))


def _place(data: Any, name: str) -> Loc:
    """Where the settings list an extension; their beginning if it is there by default."""
    listed = data.get(LISTED) if isinstance(data, dict) else None
    entries = enumerate(listed) if isinstance(listed, list) else ((n, n) for n in listed or ())
    for at, entry in entries:
        given = entry if isinstance(entry, str) else next(iter(entry or ("",)))
        if str(given).removeprefix("markdown.extensions.") == name:
            return (LISTED, at)
    return ()
