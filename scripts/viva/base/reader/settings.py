"""The settings of a site engine: YAML with its own types, and with the tags of MkDocs."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import yaml

from viva.base.files.paths import real
from viva.base.problems import Problem
from viva.base.reader.composer import Stop, refuse_tabs, stop, syntax
from viva.base.reader.eaten import CODE
from viva.base.reader.source import Source, failed, read, text_of
from viva.base.words import say

PRINTED = ("site_name", "site_description", "site_author", "copyright")
VARIABLE = re.compile(r"!ENV\b")


@dataclass(frozen=True)
class Named:
    """A Python object that settings name by its path, as `!!python/name:package.thing` does."""

    path: str
    arguments: tuple[Any, ...] = ()
    options: Mapping[str, Any] = field(default_factory=dict)


def read_settings(path: Path, name: str | None = None) -> Source:
    """Read the settings of a site engine: YAML with its own types, and with the tags of MkDocs.

    A file that it names under INHERIT is read first; what stands nearer wins. `!ENV` takes the
    value of an environment variable. `data` is None when the file could not be read.
    """
    source = read(path, name)
    if source.data is None:
        return source if source.problems else replace(source, data={})
    try:
        data = _typed(path, ())
    except Stop as found:
        return failed(source.path, found)
    told = _told(source, text_of(path))
    return Source(source.path, data, source.marks, told, written=source.data)


def _told(source: Source, text: str) -> tuple[Problem, ...]:
    """What is wrong in settings: tags and comments are at home there, but in what is printed.

    There too the value may be that of a variable.
    """
    places = [source.place((name,)) for name in PRINTED if name in (source.data or {})]
    printed, lines = {line for line, _ in places}, text.splitlines()
    given = {at for at in places if VARIABLE.match(lines[at[0] - 1], at[1] - 1)}
    return tuple(
        one
        for one in source.problems
        if one.code != CODE or (one.line in printed and (one.line, one.column) not in given)
    )


def _typed(path: Path, seen: tuple[Path, ...]) -> Any:
    if path in seen:
        said = say("INHERIT: {name} inherits from itself (remove the line)", name=path.name)
        stop(1, 1, "RD005", said)
    text = text_of(path)
    refuse_tabs(text)
    try:
        data = yaml.load(text, Loader=_SettingsLoader)
    except yaml.MarkedYAMLError as error:
        raise syntax(error, text) from None
    parent = data.pop("INHERIT", None) if isinstance(data, dict) else None
    if not isinstance(parent, str):
        return data
    above = real(path.parent / parent)
    if not above.is_file():
        said = say("INHERIT: there is no file {name} (check the name)", name=parent)
        stop(1, 1, "RD003", said)
    return _over(_typed(above, (*seen, path)), data)


def _over(below: Any, above: Any) -> Any:
    """Settings over those that they inherit from: mappings are merged, all else is replaced."""
    if not (isinstance(below, dict) and isinstance(above, dict)):
        return above
    return below | {
        name: _over(below[name], value) if name in below else value for name, value in above.items()
    }


class _SettingsLoader(yaml.CSafeLoader):
    """YAML as site engines read their settings; objects are named, never made."""

    def scalar(self, text: str) -> Any:
        """What a text is as one value."""
        tag = self.resolve(yaml.ScalarNode, text, (True, False))  # type: ignore[no-untyped-call]
        return self.construct_object(yaml.ScalarNode(tag, text))


def _named(loader: Any, suffix: str, node: Any) -> Named:
    """`!!python/name:x` and `!!python/object/apply:x`, whatever stands below them."""
    path = suffix.partition(":")[2]
    if isinstance(node, yaml.MappingNode):
        found = loader.construct_mapping(node, deep=True)
        return Named(path, tuple(found.get("args", ())), found.get("kwds", {}))
    if isinstance(node, yaml.SequenceNode):
        return Named(path, tuple(loader.construct_sequence(node, deep=True)))
    return Named(path)


def _environment(loader: Any, node: Any) -> Any:
    """`!ENV NAME` or `!ENV [NAME, OTHER, default]`: the first variable that is set.

    What it holds is one value: a number or a text, whatever signs are in it.
    """
    if isinstance(node, yaml.ScalarNode):
        names, default = [loader.construct_scalar(node)], None
    else:
        given = loader.construct_sequence(node, deep=True)
        names, default = (given[:-1], given[-1]) if len(given) > 1 else (given, None)
    found = next((os.environ[name] for name in names if name in os.environ), None)
    return default if found is None else loader.scalar(found)


def _as_written(loader: Any, suffix: str, node: Any) -> Any:
    """Tags of plugins that mean nothing to us, such as `!relative`, keep what stands below them."""
    if isinstance(node, yaml.ScalarNode):
        return loader.construct_scalar(node)
    if isinstance(node, yaml.SequenceNode):
        return loader.construct_sequence(node, deep=True)
    return loader.construct_mapping(node, deep=True)


_SettingsLoader.add_multi_constructor("tag:yaml.org,2002:python/", _named)
_SettingsLoader.add_constructor("!ENV", _environment)
_SettingsLoader.add_multi_constructor("!", _as_written)
