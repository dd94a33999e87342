"""Which of the two themes that share one Python package is really on the disk."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, distribution
from importlib.util import find_spec
from pathlib import Path

from viva.base.words import say

AGAIN = "pip install --force-reinstall --no-deps {}"
MARK = {"mkdocs-material": False, "mkdocs-materialx": True}
"""Whether the search plugin in the package `material` knows providers: MaterialX's does."""


def absent(*names: str, how: str = "") -> str | None:
    """Which of some packages is not installed, and what to type."""
    for name in names:
        try:
            distribution(name)
        except PackageNotFoundError:
            remedy = how or say("type: {command}", command=f"pip install {' '.join(names)}")
            return say("{package} is not installed ({remedy})", package=name, remedy=remedy)
    return None


def overwritten(name: str) -> str | None:
    """Whether another theme has overwritten the files of this one: both call themselves `material`.

    pip neither notices nor says so.
    """
    found = absent(name)
    if found:
        return found
    spec = find_spec("material")
    folders = list(spec.submodule_search_locations or ()) if spec else []
    search = Path(folders[0], "plugins/search/config.py") if folders else None
    is_x = bool(search and search.is_file() and "provider" in search.read_text("utf-8"))
    if is_x is MARK[name]:
        return None
    other = next(one for one in MARK if one != name)
    return say(
        "{other} has overwritten the files of {package} "
        "(type: {command}, best in an environment of its own)",
        other=other, package=name, command=AGAIN.format(name),
    )
