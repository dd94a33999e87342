"""The settings of MkDocs, completed by what viva gives every course."""

from __future__ import annotations

import io
import os
import warnings
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Literal

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, PluginCollection
from mkdocs.utils.yaml import yaml_load

from viva.base.folders import is_file
from viva.base.problems import Problem, has_errors
from viva.base.words import quoted, say
from viva.course.settings import ADDRESS, FILE, Settings
from viva.engines.defaults import REPLACED, completed, plugin_name, problems
from viva.engines.parts import absent

OVERRIDES = "overrides"
Command = Literal["build", "gh-deploy", "serve"]
DERIVED = {"markdown_extensions": ("markdown_extensions", "mdx_configs")}
"""What MkDocs makes of a setting, where that has another name."""


EMPTIED = {"plugins", "markdown_extensions"}
"""Settings whose options MkDocs takes out of what it was given."""


INSTEAD: list[bytes] = []
"""The last settings that MkDocs could use, while a preview has others that it cannot."""


class Content(io.BytesIO):
    """What a file says or said; MkDocs looks beside the file for what it inherits."""

    def __init__(self, content: bytes, path: Path) -> None:
        super().__init__(content)
        self.name = str(path)


def read(path: Path) -> dict[str, Any]:
    """The settings in a file as MkDocs reads them, before it looks at what they mean."""
    found = yaml_load(Content(INSTEAD[-1] if INSTEAD else path.read_bytes(), path))
    return found if isinstance(found, dict) else {}


def apply(config: MkDocsConfig, settings: Settings, command: Command) -> None:
    """Give a validated configuration all that mkdocs.yml and the command line leave out.

    What an author wrote stays; plugins that viva adds take part from the next event on.
    """
    _refuse(problems(settings))
    if os.environ.get(ADDRESS):
        config.site_url = os.environ[ADDRESS]
    written = _written(config)
    full = completed(written)
    _drop_replaced(config.plugins)
    fresh = _validated(config, full)
    for name in full.keys() - {"plugins"}:
        if full[name] != written.get(name):
            for made in DERIVED.get(name, (name,)):
                config[made] = fresh[made]
    for name, plugin in fresh.plugins.items():
        _start(plugin, command)
        config.plugins[name] = plugin


def faults(root: Path) -> Iterator[tuple[str, str]]:
    """Name and reason of each setting that MkDocs refuses, its warnings included."""
    path = root / FILE
    try:
        written = read(path)
        full = completed(written)
        theme = with_what_is_there(full["theme"], root)
        # To complete them mends some, and MkDocs sees them as they were written, too.
        for given in (full, {**written, "plugins": []}):
            wrong = _refused({**given, "theme": theme, "hooks": []}, path)
            if wrong:
                break
    except Exception as error:  # a plugin or a theme may fail in any way
        yield "", say(
            "MkDocs cannot use these settings: {error} (correct what it names)",
            error=quoted(error),
        )
        return
    yield from wrong
    for hook in full.get("hooks") or ():
        if not is_file(root / str(hook)):
            yield "hooks", absent(str(hook), "hooks")


def _refused(given: dict[str, Any], path: Path) -> list[tuple[str, str]]:
    config = MkDocsConfig(config_file_path=str(path))
    config.load_dict(given)
    wrong, doubtful = config.validate()
    for _, option in config._schema:  # what it doubted in a setting that it then refused stays
        option.reset_warnings()
    refused = {name for name, _ in wrong}
    found = [*wrong, *(one for one in doubtful if one[0] not in refused)]
    return [(name, _said(name, fault)) for name, fault in found]


def _said(name: str, fault: Any) -> str:
    text = " ".join(str(fault).split()).rstrip(".")
    return say("{setting}: {message} (correct it)", setting=name, message=quoted(text))


def with_what_is_there(theme: dict[str, Any], root: Path) -> dict[str, Any]:
    """The theme without an empty `overrides`: git keeps no empty folder. Other names are typos."""
    if theme.get("custom_dir") != OVERRIDES or (root / OVERRIDES).is_dir():
        return theme
    return {name: value for name, value in theme.items() if name != "custom_dir"}


def _written(config: MkDocsConfig) -> dict[str, Any]:
    """What mkdocs.yml says, and over it the command line."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # MkDocs itself does not read these any more
        _, *later = config.user_configs
    found = read(Path(config.config_file_path))
    for given in later:
        found |= {name: value for name, value in given.items() if name not in EMPTIED}
    return found


def _refuse(found: list[Problem]) -> None:
    if has_errors(found):
        raise PluginError("\n".join(map(str, found)))


def _validated(config: MkDocsConfig, full: Mapping[str, Any]) -> MkDocsConfig:
    """The complete settings as MkDocs understands them, with the plugins that were not there."""
    known = set(map(plugin_name, config.plugins))
    missing = [one for one in full["plugins"] if plugin_name(one) not in known]
    fresh = MkDocsConfig(config_file_path=config.config_file_path)
    fresh.load_dict({**full, "plugins": missing, "hooks": []})
    faults, _ = fresh.validate()
    if faults:
        raise PluginError("\n".join(f"{name}: {fault}" for name, fault in faults))
    return fresh


def _drop_replaced(plugins: PluginCollection) -> None:
    """MkDocs adds its search unasked, and authors a theme's: viva searches itself."""
    for name, plugin in list(plugins.items()):
        if plugin_name(name) in REPLACED:
            del plugins[name]
            for methods in plugins.events.values():
                methods[:] = [one for one in methods if getattr(one, "__self__", None) != plugin]


def _start(plugin: BasePlugin[Any], command: Command) -> None:
    start = getattr(plugin, "on_startup", None)
    if start:
        start(command=command, dirty=False)
