"""MkDocs for a course whose settings name neither viva nor a theme: python -m viva.engines.mkdocs.

MkDocs reads its list of plugins before any plugin can speak, so its reading of settings is wrapped.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import mkdocs.config
from mkdocs.__main__ import cli
from mkdocs.commands import serve
from mkdocs.config.base import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.utils.yaml import yaml_load

from viva.course.settings import FILE
from viva.engines.defaults import completed


def load(config_file: Any = None, **options: Any) -> MkDocsConfig:
    """The settings in the current folder, with the plugins and the theme that a course needs."""
    with Path(FILE).open("rb") as file:
        written = yaml_load(file)
    full = completed(written if isinstance(written, dict) else {})
    return load_config(config_file, **options | {name: full[name] for name in ("plugins", "theme")})


if __name__ == "__main__":
    mkdocs.config.load_config = serve.load_config = load  # type: ignore[attr-defined]
    cli(prog_name="mkdocs")
