"""What viva brings to every site: templates and the browser's files.

A file of the same name in the course's `overrides/` wins: `overrides/viva/quiz.html` over the
template `quiz.html`, `overrides/assets/viva/viva.js` over the script. The parts of a question type
lie in the type's own folder and are known here as `types/NAME.html` and `types/NAME.js`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path, PurePath

from jinja2 import BaseLoader, ChoiceLoader, DictLoader, FunctionLoader

HERE = resources.files("viva.theme")
TYPES = resources.files("viva.bank.types")
TEMPLATES, ASSETS = HERE / "templates", HERE / "assets"
PARTS = {"script.js": "assets/viva/types/{}.js", "style.css": "assets/viva/types/{}.css"}
"""Files of a type's folder that browsers get, and where they are published."""


@dataclass(frozen=True)
class Theme:
    """The files of viva, seen through a course's folder of overrides, if it has one."""

    overrides: Path | None = None

    def template(self, name: str) -> str | None:
        """The text of a template such as `quiz.html` or `types/single.html`; None if unknown."""
        own = self.overrides / "viva" / name if self.overrides else None
        if own and own.is_file():
            return own.read_text("utf-8")
        found = _type_file(name) or TEMPLATES.joinpath(name)
        return found.read_text("utf-8") if found.is_file() else None

    def loader(self, frames: Mapping[str, str] | None = None) -> BaseLoader:
        """A loader of all templates; `frames` maps names to texts that win over files."""
        return ChoiceLoader([DictLoader(frames or {}), FunctionLoader(self.template)])

    def everything(self) -> Iterator[bytes]:
        """The content of every template, in a stable order, to know when one has changed."""
        own = sorted((self.overrides / "viva").rglob("*.html")) if self.overrides else []
        yield from (path.read_bytes() for path in own)
        yield from (file.read_bytes() for _, file in _walk(TEMPLATES))
        for folder in _type_folders():
            yield (folder / "template.html").read_bytes()

    def assets(self) -> dict[str, bytes]:
        """Every file for the browser, by its path in the site."""
        found = {f"assets/{name}": file for name, file in _walk(ASSETS)}
        for folder in _type_folders():
            for name, target in PARTS.items():
                if folder.joinpath(name).is_file():
                    found[target.format(_type_name(folder))] = folder / name
        return {name: self._own(name, file) for name, file in sorted(found.items())}

    def _own(self, name: str, file: Traversable) -> bytes:
        own = self.overrides / name if self.overrides else None
        return own.read_bytes() if own and own.is_file() else file.read_bytes()


def parts(kind: str) -> frozenset[str]:
    """The endings of the files, `js` and `css`, that browsers get from a type's folder."""
    folder = TYPES / kind.replace("-", "_")
    return frozenset(PurePath(part).suffix[1:] for part in PARTS if (folder / part).is_file())


def _type_file(name: str) -> Traversable | None:
    folder, _, file = name.partition("/")
    if folder != "types":
        return None
    return TYPES / file.removesuffix(".html").replace("-", "_") / "template.html"


def _type_folders() -> list[Traversable]:
    folders = (entry for entry in TYPES.iterdir() if entry.joinpath("template.html").is_file())
    return sorted(folders, key=lambda folder: folder.name)


def _type_name(folder: Traversable) -> str:
    return folder.name.replace("_", "-")


def _walk(folder: Traversable, under: str = "") -> Iterator[tuple[str, Traversable]]:
    for entry in sorted(folder.iterdir(), key=lambda one: one.name):
        if entry.is_dir():
            yield from _walk(entry, f"{under}{entry.name}/")
        else:
            yield f"{under}{entry.name}", entry
