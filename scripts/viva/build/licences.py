"""The licences of what a site holds of others' work, in one file that every page leads to."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path, PurePosixPath

from viva.base import files
from viva.base.words import ENGLISH, Words, say
from viva.theme import Theme

FILE, MANIFEST = "licences.txt", "vendored.json"
LINE = "=" * 72
HEAD = say(
    "This course holds work of others: fonts, icons, scripts, models. What it holds is listed "
    "here, with the licence under which it was made public."
)


def write(
    site: Path, theme: Theme, shipped: Mapping[str, str], words: Words = ENGLISH
) -> None:
    """Write the file. `shipped` is what the site engine's theme brings, name to licence."""
    assets = theme.assets()
    own = _in_course(site, assets, words)
    found = dict(shipped) | dict(_vendored(assets)) | dict(own)
    parts = [f"{LINE}\n{name}\n{LINE}\n\n{text.strip()}\n" for name, text in found.items()]
    # With the mark at its beginning browsers read it as UTF-8, from a disk too.
    files.write(site / FILE, "\ufeff" + "\n".join([f"{words.tell(HEAD)}\n", *parts]))


def _vendored(assets: Mapping[str, bytes]) -> Iterator[tuple[str, str]]:
    """The packages whose files are ours to ship."""
    for name in (name for name in assets if PurePosixPath(name).name == MANIFEST):
        for package in json.loads(assets[name]):
            folder = PurePosixPath(name).parent
            texts = [assets[str(folder / file)] for file in package["files"] if "LICENSE" in file]
            yield f"{package['package']} {package['version']}", b"\n".join(texts).decode()


def _in_course(site: Path, ours: Collection[str], words: Words) -> Iterator[tuple[str, str]]:
    """What stands beside the course's own files."""
    for path in sorted(site.rglob("LICEN[CS]E*")):
        name = path.relative_to(site)
        if path.is_file() and name.as_posix() not in ours and "javascripts" not in name.parts:
            folder = f"{name.parent.as_posix()}/"
            yield words.say("Files in {folder}", folder=folder), path.read_text("utf-8")
