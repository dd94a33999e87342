"""The pages of a package: all of a built site, or a few pages with what these use."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePosixPath
from posixpath import dirname, join, normpath
from urllib.parse import unquote

from viva.site import search, study

APP = re.compile(r'<script[^>]*\ssrc="[^"]*assets/site/app[\w-]*/app\.js"[^>]*></script>')
STORE = re.compile(r'<script[^>]*\sdata-course="')
LINK = re.compile(r'(<a\b[^>]*?)\shref="([^"]*)"')
ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|//|#|$", re.IGNORECASE)
NAMED = re.compile(
    r"""(?<=["'(`\s,])([^"'()`<>\s,]+\.(?:css|js|json|svg|png|webp|jpe?g|gif|woff2))(?=[?#"'()`\s,])"""
)
"""How a page, a style or a script names a file that it uses."""
READ = {".html", ".css", ".js"}
SCRIPTS = "assets/viva/"
SPOKEN = re.compile(r"assets/viva-[\w-]+/")
"""Where scripts look for what they load, and those of pages in another language than the site."""
INDEX = re.compile(r'("docs":\s*)\[.*\]', re.DOTALL)
ALL = frozenset({search.DATA, study.DATA})
"""What pages of the whole course ask for: the text and the keys of every other one."""
OURS = ("scorm-page.js", "scorm-page.css")


def whole(site: Mapping[str, bytes]) -> dict[str, bytes]:
    """Every file, without the worker that would keep pages for later."""
    files = {name: data for name, data in site.items() if not name.endswith((".map", "sw.js"))}
    return {name: _prepared(name, data, False) for name, data in files.items()}


def apart(site: Mapping[str, bytes], pages: Iterable[str], base: str) -> dict[str, bytes]:
    """Some pages, and what they use. Links to others lead to `base`, or nowhere if it is empty."""
    kept = list(pages)
    files = {name: _prepared(name, site[name], True) for name in kept}
    for name in kept:
        files[name] = _links(files[name].decode(), name, kept, base).encode()
    for name in _used(files, site):
        files[name] = _without_texts(name, site[name])
    return files


def _prepared(name: str, data: bytes, is_apart: bool) -> bytes:
    """A page that installs no app and keeps each student's progress apart."""
    if not name.endswith(".html"):
        return data
    root = "../" * name.count("/")
    html = APP.sub("", data.decode())
    script, style = (root + ours for ours in OURS)
    html = STORE.sub(lambda tag: f'<script defer src="{script}"></script>{tag[0]}', html, count=1)
    if is_apart:
        html = html.replace("</head>", f'<link rel="stylesheet" href="{style}"></head>', 1)
    return html.encode()


def _links(html: str, page: str, kept: Iterable[str], base: str) -> str:
    pages = frozenset(kept)

    def led(tag: re.Match[str]) -> str:
        path, mark, anchor = tag[2].partition("#")
        target = normpath(join(dirname(page), unquote(path)))
        if ELSEWHERE.match(tag[2]) or target in pages:
            return tag[0]
        there = f' href="{base}{target}{mark}{anchor}" target="_blank"' if base else ""
        return tag[1] + there

    return LINK.sub(led, html)


def _used(files: Mapping[str, bytes], site: Mapping[str, bytes]) -> Iterator[str]:
    """Every other file that these name, and those that those name."""
    seen, waiting = set(files), list(files)
    while waiting:
        name = waiting.pop()
        data = files.get(name) or site[name]
        for found in sorted(_named(name, data) & site.keys() - seen - ALL):
            seen.add(found)
            waiting.append(found)
            yield found


def _named(name: str, data: bytes) -> set[str]:
    if PurePosixPath(name).suffix not in READ:
        return set()
    spoken = SPOKEN.match(name)
    homes = ("", SCRIPTS, *([spoken[0]] if spoken else []))
    bases = (dirname(name), *(homes if name.endswith(".js") else ()))
    paths = NAMED.findall(data.decode(errors="replace"))
    return {normpath(join(base, unquote(path))) for path in paths for base in bases}


def _without_texts(name: str, data: bytes) -> bytes:
    """An index for searching finds nothing: its pages are not there."""
    if "search_index" not in name:
        return data
    return INDEX.sub(r"\1[]", data.decode()).encode()
