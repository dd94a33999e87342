"""MkDocs for a course whose settings need not name viva: python -m viva.engines.mkdocs.

MkDocs takes its plugins and its theme before any plugin can speak: its reading is wrapped.
"""

from __future__ import annotations

import os
import sys
import threading
import time
from pathlib import Path
from typing import Any

import mkdocs.config
from mkdocs.__main__ import cli
from mkdocs.commands import serve
from mkdocs.config.base import load_config
from mkdocs.config.defaults import MkDocsConfig

from viva.base import files
from viva.course.settings import FILE
from viva.engines.defaults import completed
from viva.engines.mkdocs.config import read

OVERRIDES = "overrides"


def load(config_file: Any = None, **options: Any) -> MkDocsConfig:
    """The settings in the current folder, with the plugins and the theme that a course needs."""
    full = completed(read(Path(FILE)))
    own = {"plugins": full["plugins"], "theme": _with_what_is_there(full["theme"])}
    return load_config(config_file, **options | own)


def _with_what_is_there(theme: dict[str, Any]) -> dict[str, Any]:
    """The theme without an empty `overrides`: git keeps no empty folder. Other names are typos."""
    if theme.get("custom_dir") != OVERRIDES or Path(OVERRIDES).is_dir():
        return theme
    return {name: value for name, value in theme.items() if name != "custom_dir"}


def _end_with(parent: int) -> None:
    """Nobody waits for what a command that was killed has started."""
    while os.getppid() == parent:
        time.sleep(0.2)
    os._exit(1)


def main() -> None:
    """MkDocs' own command line."""
    mkdocs.config.load_config = serve.load_config = load  # type: ignore[attr-defined]
    threading.Thread(target=_end_with, args=(os.getppid(),), daemon=True).start()
    try:
        cli(prog_name="mkdocs")
    except OSError as error:
        sys.exit(f"ERROR   -  {files.refused(error)}")


if __name__ == "__main__":
    main()
