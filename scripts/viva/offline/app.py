"""The site as an app: a manifest, and a service worker that knows every file by its content."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

from viva.offline import built
from viva.offline.built import Target

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


@dataclass(frozen=True)
class Course:
    """What an app says of itself."""

    title: str
    short: str
    about: str
    language: str


def tags(root: str) -> str:
    """What makes a page part of the app."""
    return (
        f'<link rel="apple-touch-icon" href="{root}{ASSETS}/icon-192.png">'
        f'<script defer src="{root}{ASSETS}/app.js"></script>'
    )


def write_manifest(site: Path, course: Course) -> None:
    """Write the file that lets a browser install the site."""
    text = json.dumps(manifest(course), ensure_ascii=False, indent=2)
    (site / MANIFEST).write_text(f"{text}\n", "utf-8", newline="\n")


def manifest(course: Course) -> dict[str, Any]:
    """The course as a web app manifest; every address is relative to the site's root."""
    return {
        "name": course.title,
        "short_name": course.short,
        "description": course.about,
        "lang": course.language,
        "start_url": "index.html",
        "scope": "./",
        "display": "standalone",
        "background_color": PAPER,
        "theme_color": PAPER,
        "categories": ["education", "medical"],
        "icons": [
            {"src": f"{ASSETS}/{name}", "sizes": sizes, "type": "image/png", "purpose": purpose}
            for name, sizes, purpose in ICONS
        ],
    }


def write_worker(target: Target) -> None:
    """Write the service worker for the files as they are now."""
    text = worker(built.contents(target.site))
    (target.site / WORKER).write_text(text, "utf-8", newline="\n")


def worker(files: Mapping[str, bytes]) -> str:
    """The service worker that keeps exactly these files."""
    program = _source("worker.js")
    listed = {name: file_hash(data) for name, data in sorted(_kept(files).items())}
    version = file_hash(json.dumps([listed, program]).encode())
    course = json.dumps({"version": version, "files": listed}, indent=0, ensure_ascii=False)
    return f"const COURSE = {course}\n\n{program}"


def write_no_worker(site: Path) -> None:
    """Write a worker that leaves: one may be at work at the address of a preview."""
    (site / WORKER).write_text(_source("no-worker.js"), "utf-8", newline="\n")


def file_hash(data: bytes) -> str:
    """Sixteen hexadecimal digits by which the worker knows a file."""
    return hashlib.sha256(data).hexdigest()[:16]


def _kept(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Everything but the worker itself, and what searches of the theme would load."""
    return {
        name: data
        for name, data in files.items()
        if name != WORKER and not name.startswith(UNUSED)
    }


def _source(name: str) -> str:
    return resources.files("viva.offline").joinpath(name).read_text("utf-8")
