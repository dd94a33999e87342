"""Content security: browsers hold each page to its policy, and authors hear what theirs forbids."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlsplit

from viva.base import files
from viva.base.problems import Problem
from viva.base.words import Said, say
from viva.build import check
from viva.build.edition import Edition
from viva.build.finish import ARTICLE
from viva.course.settings import FILE
from viva.site.policy import origin, secured

SUSPECT = re.compile(r"<(?:iframe|embed|object|script|link)\b|\son\w+\s*=|mermaid", re.IGNORECASE)
"""What a text holds that may hold anything forbidden: most hold none, and need no parser."""
LOADS = {"iframe": "src", "embed": "src", "object": "data", "script": "src", "link": "href"}
LOST = "404.html"
OFF = "content_security: false"


def secure(edition: Edition, site: Path, paths: Iterable[str]) -> None:
    """Write its policy into every page at these paths, unless the settings want none."""
    hosts = edition.settings.hosts
    # The server of a preview adds a script of its own.
    if hosts is None or edition.preview:
        return
    for name in dict.fromkeys([*map(edition.routes.file, paths), LOST]):
        file = site / name
        if file.is_file():
            files.put(file, secured(file.read_text("utf-8"), hosts))


def problems(
    edition: Edition, site: Path, paths: Iterable[str] | None = None
) -> Iterator[Problem]:
    """What authors have put into their pages and no browser will run or show under the policy."""
    hosts, pages = edition.settings.hosts, edition.course.pages
    for path in (pages if paths is None else paths) if hosts is not None else ():
        page = pages[path]
        file = site / edition.routes.file(path)
        article = ARTICLE.search(file.read_text("utf-8")) if file.is_file() else None
        for part, said in forbidden(article[2], hosts or ()) if article else ():
            yield page.problem(check.line(page.text, part), 1, "CF002", said)


def forbidden(html: str, hosts: Iterable[str] = ()) -> Iterator[tuple[str, str]]:
    """What a policy keeps from a page's text: the part that tells its line, and a sentence."""
    if not SUSPECT.search(html):
        return
    reader = _Reader(tuple(hosts))
    reader.feed(html)
    yield from dict.fromkeys(reader.found)


class _Reader(HTMLParser):
    """Collects what asks for another host or brings a program inside a tag."""

    def __init__(self, hosts: tuple[str, ...]) -> None:
        super().__init__()
        self.hosts = hosts
        self.found: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        address = given.get(LOADS.get(tag, ""), "")
        if urlsplit(address).netloc and not allows(address, self.hosts):
            self.found.append((address, kept_out(address, origin(address))))
        for name in (name for name in given if name.startswith("on")):
            said = say(
                "browsers will not run {name} in a tag "
                "(put the script into a file; under viva in {file} {setting} lets it)",
                name=name, file=FILE, setting=OFF,
            )
            self.found.append((name, said))
        if "mermaid" in given.get("class", "").split():
            said = say(
                "the script that draws Mermaid comes from another host "
                "(use a picture; under viva in {file} {setting} lets it)",
                file=FILE, setting=OFF,
            )
            self.found.append(("mermaid", said))


def kept_out(address: str, *origins: str) -> Said:
    """What is said of an address that a policy keeps away, and of the hosts that it needs."""
    return say(
        "browsers will not load {address}, from another host "
        "(add it under viva in {file}: {setting})",
        address=address, file=FILE, setting=f"content_security: [{', '.join(origins)}]",
    )


def allows(address: str, hosts: Iterable[str]) -> bool:
    """Whether a policy with these hosts lets a page load what lies at an address."""
    asked = origin(address)
    return any(asked == origin(host) or _is_below(asked, host) for host in hosts)


def _is_below(asked: str, host: str) -> bool:
    """Whether a host like `https://*.example.org` covers an origin."""
    before, star, domain = host.partition("*")
    return bool(star) and asked.startswith(before) and asked.endswith(domain)
