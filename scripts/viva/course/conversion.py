"""Markdown to HTML as the course's site engine does it: the same library, the same extensions."""

from __future__ import annotations

import importlib
import importlib.util
import json
import re
import sysconfig
import threading
from collections.abc import Callable, Iterator, Mapping
from functools import cache, cached_property
from html import unescape
from typing import Any, NamedTuple, Protocol
from xml.etree import ElementTree

import markdown
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from viva.base.cache import Cache, content_key, installed, program
from viva.base.problems import Problem
from viva.base.reader import Loc, Named, read
from viva.base.words import Words, kept, quoted, say
from viva.course import boxes, typed
from viva.course.layout import Layout
from viva.course.settings import FILE, Extension

# What it makes of a page hangs on other files too.
READS_FILES = "pymdownx.snippets"
NAMING = re.compile("[{<\x02\U000f0000-\U0010fffd]|\\[\\^")
SIGNS = re.compile(r"[*_~^`&\\$|+=]")
READ_WHOLE = {"h1", "h2", "h3", "h4", "h5", "h6"}
LISTED = "markdown_extensions"
OURS = "viva."
"""What is part of the program: whoever keeps something for later keeps the program's hash too."""


class Engine(Protocol):
    """A site engine that can convert pages before it begins, for the course and itself at once."""

    def html(self, text: str) -> str | None:
        """The HTML of a page's Markdown, kept for the engine; None where that cannot be."""

    def give(self) -> Any:
        """What it has kept since it was last asked, for another process."""

    def take(self, kept: Any) -> None:
        """Keep what another process has given."""


class Fault(NamedTuple):
    """Why an extension cannot be used, and whether it works without its options."""

    reason: str
    is_absent: bool


class Converter:
    """Python-Markdown with some extensions: one instance for each thread, made when needed."""

    def __init__(
        self,
        extensions: tuple[Extension, ...],
        cache: Cache | None = None,
        engine: Engine | None = None,
    ) -> None:
        self.extensions = extensions
        self._cache, self._engine = cache, engine
        self._own = threading.local()

    def speaking(self, words: Words) -> Converter:
        """The same for text on a page in a language, which heads boxes that have no title."""
        told = {**dict(self.extensions), boxes.NAME: {"language": words.language}}
        extensions = tuple(told.items())
        return self if extensions == self.extensions else Converter(extensions, self._cache)

    def html(self, text: str) -> str:
        """The HTML of Markdown text."""
        if not hasattr(self._own, "whole"):
            self._own.whole = self.new()
        made: str = self._own.whole.reset().convert(text)
        return made

    def skeleton(self, text: str) -> str:
        """The same HTML in less time, save that text which names and hides nothing stays."""
        if not hasattr(self._own, "skeleton"):
            self._own.skeleton = self.new()
            if all(_is_ours(name) for name, _ in self.extensions):
                processor = _LeaveAlone(self._own.skeleton)
                self._own.skeleton.treeprocessors.register(processor, "viva-leave-alone", 21)
        made: str = self._own.skeleton.reset().convert(text)
        return made

    def shared(self, text: str) -> str:
        """The same again, as the site engine makes it, which need not do so once more."""
        made = self._engine.html(text) if self._engine else None
        return self.skeleton(text) if made is None else made

    def links(self, text: str) -> list[str]:
        """The addresses that Markdown text links to or shows, but for those in raw HTML."""
        found: list[str] = self.kept("links", text, lambda: self._addresses(text))
        return found

    def _addresses(self, text: str) -> list[str]:
        if not hasattr(self._own, "linking"):
            self._own.linking = self.new()
            self._own.noting = _Addresses(self._own.linking)
            self._own.linking.treeprocessors.register(self._own.noting, "viva-addresses", -100)
        self._own.linking.reset().convert(text)
        noted: list[str] = self._own.noting.found
        # Addresses of letters are hidden from harvesters as marks of the library.
        return [one for one in noted if "\x02" not in one]

    def new(self, without: frozenset[str] = frozenset()) -> markdown.Markdown:
        """A fresh instance. An extension that cannot be had is left out (and reported)."""
        faults = self.faults
        used = [name for name, _ in self.extensions if name not in without]
        sound = {
            name: _resolved(options) for name, options in self.extensions if name not in faults
        }
        return markdown.Markdown(
            extensions=[name for name in used if not (name in faults and faults[name].is_absent)],
            extension_configs=sound,
        )

    def kept(self, what: str, text: str, make: Callable[[], Any]) -> Any:
        """`what` a text gives by `make`, as JSON holds it; made once while nothing changes."""
        if self._cache is None or not self.is_sure:
            return make()
        key = content_key(self.key, program(), what, text)
        return json.loads(self._cache.get(key, lambda: json.dumps(make())))

    def has(self, what: str, text: str) -> bool:
        """Whether it is known already `what` a text gives."""
        if self._cache is None or not self.is_sure:
            return False
        return self._cache.has(content_key(self.key, program(), what, text))

    @cached_property
    def key(self) -> str:
        """A hash of all that shapes the HTML besides the text."""
        return content_key(installed(), repr(self.extensions))

    @cached_property
    def is_sure(self) -> bool:
        """Whether the same text gives the same HTML, as far as we know the extensions."""
        return all(_is_installed(name) for name, _ in self.extensions)

    @cached_property
    def faults(self) -> Mapping[str, Fault]:
        """What is wrong with each extension that cannot be used as the settings say."""
        found = self.kept("faults", "", lambda: list(_faults(self.extensions)))
        return {name: Fault(kept.value(reason), absent) for name, reason, absent in found}

    @cached_property
    def is_known(self) -> bool:
        """Whether we know all that its extensions do with what is typed."""
        return typed.is_known(self.extensions) and not self.faults

    def problems(self, layout: Layout) -> Iterator[Problem]:
        """One problem for each extension that cannot be used, where the settings name it."""
        for name, fault in self.faults.items():
            source = read(layout.root / FILE, FILE)
            message = say("extension {name}: {reason}", name=name, reason=fault.reason)
            yield source.problem(_place(source.data, name), "MD520", message)


class _LeaveAlone(Treeprocessor):
    """Keeps the library from looking for markup where none of it can carry an id or a mark."""

    def run(self, root: ElementTree.Element) -> None:
        """Just before the library does so."""
        for element in root.iter():
            if element.text and element.tag not in READ_WHOLE:
                element.text = self._left(element.text)
            if element.tail:
                element.tail = self._left(element.tail)

    def _left(self, text: str) -> str:
        return text if NAMING.search(text) or _has_doubts(text) else AtomicString(text)


def _has_doubts(text: str) -> bool:
    """Whether a text has signs of which it is not plain what becomes of them."""
    return bool(SIGNS.search(text) and SIGNS.search(typed.CLEAN.sub("", text)))


class _Addresses(Treeprocessor):
    """Notes the addresses of links and pictures."""

    found: list[str]

    def run(self, root: ElementTree.Element) -> None:
        """At the end, where all of them are there."""
        named = (one.get("href") if one.tag == "a" else one.get("src") for one in root.iter())
        self.found = [unescape(one) for one in named if one]


def of(
    layout: Layout, cache: Cache | None = None, engine: Engine | None = None
) -> Converter:
    """The converter of a course. What it made is kept in the course's own cache."""
    return Converter(layout.settings.extensions, cache or Cache(layout.cache), engine)


def _faults(extensions: tuple[Extension, ...]) -> Iterator[tuple[str, Any, bool]]:
    # All at once first: mostly nothing is wrong with any.
    for name, options in extensions if _failure(dict(extensions)) else ():
        reason = _failure({name: options})
        if reason:
            yield name, kept.data(reason), bool(_failure({name: {}}))


def _failure(extensions: Mapping[str, Mapping[str, Any]]) -> str:
    try:
        configs = {name: _resolved(options) for name, options in extensions.items()}
        markdown.Markdown(extensions=[*extensions], extension_configs=configs)
    except ImportError as error:
        lacks = isinstance(error, ModuleNotFoundError) and error.name
        why = say("there is no module {name}", name=lacks) if lacks else quoted(error)
        return say("{error} (install its package, or check the name)", error=why)
    except KeyError as error:  # how the library refuses an option that an extension lacks
        why = say("it has no option {name}", name=str(error.args[0] if error.args else error))
        return say("{error} (check its options)", error=why)
    except Exception as error:  # an extension may fail at its options in any way
        return say("{error} (check its options)", error=quoted(error))
    return ""


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


def _is_ours(name: str) -> bool:
    """Whether we know an extension: it is the library's own or one of its companions."""
    return "." not in name or name.startswith(("pymdownx.", OURS))


@cache
def _is_installed(name: str) -> bool:
    """Whether an extension comes from an installed package, and looks at nothing but the text."""
    if name == READS_FILES or name.startswith(OURS):
        return name != READS_FILES
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
