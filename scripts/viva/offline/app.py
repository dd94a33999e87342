"""The site as an app: a manifest, and a service worker that knows every file by its content."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

from viva.base.files import put
from viva.base.words import Words
from viva.offline import built, parts
from viva.offline.built import Content, Target

WORKER = "sw.js"
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
PLAN = "app.json"
MUCH, LARGE = 5_000_000, 20_000_000
"""From so many bytes on a reader is asked first, and may leave out the media of single pages."""


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


def write_worker(target: Target) -> None:
    """Write the service worker for the files as they are now, and what readers are told of it."""
    found = built.contents(target.site)
    put(target.site / WORKER, worker(found))
    put(target.site / PLAN, plan(found, target.page))


def worker(files: Mapping[str, Content]) -> str:
    """The service worker that keeps exactly these files."""
    program = _source("worker.js")
    kept = _kept(files)
    listed = {name: file_hash(content) for name, content in sorted(kept.items())}
    known = {part.page: list(part.files) for part in _parts(kept)}
    version = file_hash(json.dumps([listed, known, program]).encode())
    course = {"version": version, "files": listed, "parts": known}
    return f"const COURSE = {json.dumps(course, indent=0, ensure_ascii=False)}\n\n{program}"


def plan(files: Mapping[str, Content], page: str) -> str:
    """What keeping the course takes, as the page asks it."""
    kept = _kept(files)
    total = sum(map(built.size, kept.values()))
    told = [
        {
            "page": part.page,
            "title": part.title,
            "files": part.files,
            "bytes": sum(map(built.size, own)),
        }
        for part in _parts(kept)
        for own in [[kept[name] for name in part.files]]
    ]
    found = {"page": page, "bytes": total, "files": len(kept), "asks": total > MUCH, "parts": told}
    return json.dumps(found, ensure_ascii=False) + "\n"


def _parts(kept: Mapping[str, Content]) -> list[parts.Part]:
    """What a reader of a large course may leave out."""
    is_large = sum(map(built.size, kept.values())) > LARGE
    return parts.parts(kept) if is_large else []


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
    """Everything but the worker itself, its plan, and what searches of the theme would load."""
    return {
        name: content
        for name, content in files.items()
        if name not in (WORKER, PLAN) and not name.startswith(UNUSED)
    }


def _source(name: str) -> str:
    return resources.files("viva.offline").joinpath(name).read_text("utf-8")
