"""The list of what readers can take along, on the page that tells of it."""

from __future__ import annotations

import posixpath
import re
from typing import Any

from jinja2 import PackageLoader

from viva.base.words import Quantity, Words, say
from viva.offline.built import FOLDER, ZIP, Target
from viva.site.render import environment_of

HERE = re.compile(r'<div class="?viva-downloads-here"?>.*?</div>', re.DOTALL)
KINDS = {
    ZIP: (say("The whole course as a folder"), say("a zip file to unpack, {size}")),
    ".epub": (
        say("The whole course as a book"),
        say("an EPUB for e-readers and reading apps, {size}"),
    ),
    ".pdf": (say("The whole course as a PDF"), say("a PDF to read or to print, {size}")),
}


def listed(target: Target) -> str:
    """The downloads that are there, as a list of links."""
    found = [_item(target, ending) for ending in KINDS if target.file(ending).is_file()]
    return _rendered(target.words, downloads=found)


def translated(target: Target, original: Target) -> str:
    """The same for a translation: the books in its language, and the way to all of the rest."""
    return f"{listed(target)}{elsewhere(target.words, target.way(original.page))}"


def unpacked(words: Words) -> str:
    """What the unpacked folder says in its place."""
    return _rendered(words, downloads=None, is_unpacked=True)


def later(words: Words) -> str:
    """What a preview says in its place."""
    return _rendered(words, downloads=None, is_unpacked=False)


def elsewhere(words: Words, url: str) -> str:
    """What a translated course says in its place: everything is taken along together."""
    return _rendered(words, downloads=None, is_unpacked=False, url=url)


def fill(page: str, html: str) -> str:
    """The page with the list in its place; a list that was there before gives way."""
    return HERE.sub(lambda _: f'<div class="viva-downloads-here">{html}</div>', page)


def _rendered(words: Words, **facts: Any) -> str:
    environment = environment_of(PackageLoader("viva.offline", "templates"), words)
    return environment.get_template("downloads.html").render(facts).strip()


def _item(target: Target, ending: str) -> dict[str, str]:
    """A download: its title, its address, and what it is."""
    title, kind = KINDS[ending]
    file = target.file(ending)
    size = megabytes(file.stat().st_size)
    href = target.way(posixpath.join(FOLDER, file.name))
    return {"title": title, "href": href, "kind": target.words.say(kind.message, size=size)}


def megabytes(size: int) -> Quantity:
    """A size as people read it: 2.3 MB, never torn apart."""
    return Quantity(max(size / 1e6, 0.1), "MB", 1, 1)
