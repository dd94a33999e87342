"""The site as an app: a manifest, and a service worker that knows every file by its content."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

from viva.base.files import put
from viva.base.words import Words
from viva.offline import built, parts
from viva.offline.built import Content
from viva.offline.parts import Part

WORKER = "sw.js"
OURS, SCRIPT = b"/shell.js", b"/app.js"
"""What every page of a course loads, and what every page of an app does."""
MANIFEST = "manifest.webmanifest"
ASSETS = "assets/site/app"
PAPER = "#fcf9f2"
ICONS = (
    ("icon-192.png", "192x192", "any"),
    ("icon-512.png", "512x512", "any"),
    ("maskable-512.png", "512x512", "maskable"),
)
UNUSED = ("assets/javascripts/lunr/", "assets/javascripts/workers/")
"""What searches of the theme would load."""
PLAN, CHOICE = "app.json", "app-parts.json"
LISTS = f"{ASSETS}/parts"
MUCH, LARGE = 5_000_000, 20_000_000
"""From so many bytes on a reader is asked first, and chooses among the modules."""


@dataclass(frozen=True)
class Course:
    """What an app says of itself."""

    title: str
    short: str
    about: str
    words: Words
    categories: tuple[str, ...] = ("education",)


def tags(root: str, scripts: str = ASSETS, above: bool = False) -> str:
    """What makes a page part of the app, with the folder of the script in the page's language.

    A site that lies inside another is part of the app `above` it.
    """
    whole = f' data-root="{"../" * (scripts.count("/") + 2)}"' if above else ""
    return (
        f'<link rel="apple-touch-icon" href="{root}{ASSETS}/icon-192.png">'
        f'<script defer src="{root}{scripts}/app.js"{whole}></script>'
    )


def is_apart(page: bytes) -> bool:
    """Whether a page is of a course that is not taken along, which has no app."""
    return OURS in page and SCRIPT not in page


def write_manifest(site: Path, course: Course) -> None:
    """Write the file that lets a browser install the site."""
    text = json.dumps(manifest(course), ensure_ascii=False, indent=2)
    put(site / MANIFEST, f"{text}\n")


def manifest(course: Course) -> dict[str, Any]:
    """The course as a web app manifest; every address is relative to the site's root."""
    return {
        "name": course.title,
        "short_name": course.short,
        "description": course.about,
        "lang": course.words.language,
        "dir": course.words.direction,
        "start_url": "index.html",
        "scope": "./",
        "display": "standalone",
        "background_color": PAPER,
        "theme_color": PAPER,
        "categories": list(course.categories),
        "icons": [
            {"src": f"{ASSETS}/{name}", "sizes": sizes, "type": "image/png", "purpose": purpose}
            for name, sizes, purpose in ICONS
        ],
    }


def made(
    files: Mapping[str, Content], page: str, modules: Sequence[Part] = ()
) -> dict[str, bytes]:
    """The worker that keeps exactly these files, and what it and readers are told of them.

    Of a large course it keeps the parts that a reader wants, and has a list of each apart, so that
    it is not itself as long as the course.
    """
    kept = _kept(files)
    is_large = sum(map(built.size, kept.values())) > LARGE
    found = parts.parts(kept, modules) if is_large else []
    hashes = {name: file_hash(content) for name, content in sorted(kept.items())}
    lists = {list_of(one.page): _lines({name: hashes[name] for name in one.files}) for one in found}
    apart = {name for one in found for name in one.files}
    core = {name: known for name, known in hashes.items() if name not in apart}
    listed = {one.page: file_hash(lists[list_of(one.page)]) for one in found}
    choice = {CHOICE: _lines(_choice(kept, found))} if found else {}
    told = {PLAN: _lines(_plan(kept, page, len(found))), **choice}
    core |= {name: file_hash(content) for name, content in told.items()}
    return {WORKER: _worker(core, listed, page), **told, **lists}


def list_of(part: str) -> str:
    """Where the files of a part are listed, with their hashes."""
    return f"{LISTS}/{part}.json"


def known(site: Path) -> list[Part]:
    """The parts that a site was built with."""
    told = site / CHOICE
    rows = json.loads(told.read_text("utf-8"))["parts"] if told.is_file() else []
    return [
        Part(row["page"], row["title"], _listed(site, row["page"]), row["section"]) for row in rows
    ]


def _listed(site: Path, part: str) -> tuple[str, ...]:
    return tuple(json.loads((site / list_of(part)).read_text("utf-8")))


def _worker(core: Mapping[str, str], told: Mapping[str, str], page: str) -> bytes:
    program = _source("worker.js")
    version = file_hash(json.dumps([core, told, page, program]).encode())
    course = {"version": version, "page": page, "lists": LISTS, "files": core, "parts": told}
    listed = json.dumps(course, indent=0, ensure_ascii=False)
    return f"const COURSE = {listed}\n\n{program}".encode()


def _plan(kept: Mapping[str, Content], page: str, parted: int) -> dict[str, Any]:
    """What keeping the course takes, as every page asks it. It is kept too, as is what there is to
    choose: a reader without a network asks as well."""
    total = sum(map(built.size, kept.values()))
    return {
        "page": page,
        "bytes": total,
        "files": len(kept) + parted + (2 if parted else 1),
        "asks": total > MUCH,
        "choice": CHOICE if parted else "",
    }


def _choice(kept: Mapping[str, Content], found: Sequence[Part]) -> dict[str, Any]:
    """What there is to choose, as the page about taking the course along asks it."""
    told = zip(found, parts.sizes(kept, found), strict=True)
    return {
        "lists": LISTS,
        "parts": [
            {"page": one.page, "title": one.title, "section": one.section, "bytes": size}
            for one, size in told
        ],
    }


def _lines(data: Any) -> bytes:
    return (json.dumps(data, ensure_ascii=False, indent=0) + "\n").encode()


def write_no_worker(site: Path) -> None:
    """Write a worker that leaves: one may be at work at the address of a preview."""
    put(site / WORKER, _source("no-worker.js"))


def file_hash(content: Content) -> str:
    """Sixteen hexadecimal digits by which the worker knows a file.

    A file of more than a block has the hash of its blocks' hashes, so that nobody has to hold it
    whole.
    """
    found = [hashlib.sha256(block) for block in built.blocks(content)] or [hashlib.sha256()]
    if len(found) > 1:
        found = [hashlib.sha256(b"".join(one.digest() for one in found))]
    return found[0].hexdigest()[:16]


def _kept(files: Mapping[str, Content]) -> dict[str, Content]:
    """Everything but the worker, what it is told, and what searches of the theme would load."""
    return {
        name: content
        for name, content in files.items()
        if name not in (WORKER, PLAN, CHOICE) and not name.startswith((*UNUSED, f"{LISTS}/"))
    }


def _source(name: str) -> str:
    return resources.files("viva.offline").joinpath(name).read_text("utf-8")
