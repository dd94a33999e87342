"""A package for SCORM 1.2 or 2004: the pages, the frame around them, and a manifest."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import resources

from jinja2 import PackageLoader
from lxml.builder import ElementMaker

from viva.bank.banks import Bank
from viva.bank.interactions import (
    Choice,
    Interaction,
    Judgement,
    Number,
    Order,
    Steps,
    Words,
)
from viva.base.refused import Refused
from viva.base.words import say
from viva.exchange import xml
from viva.exchange.export import Job
from viva.exchange.items import Item, items
from viva.exchange.scorm import pages, room
from viva.offline import built
from viva.offline.archive import packed
from viva.site.portions import portions
from viva.site.render import environment_of
from viva.site.routes import SELF_CHECKS, Routes, check_path

FRAME = {
    "scorm.js": "scorm.js",
    "scorm-memory.js": "memory.js",
    "scorm-page.js": "page.js",
    "scorm-page.css": "page.css",
}
"""The names in the package, and those in this folder."""
LAUNCH = "index_scorm.html"


@dataclass(frozen=True)
class Version:
    """What a version calls things."""

    number: str
    schema: str
    space: str
    adl: str
    kind: str
    room: int
    """So many characters of `suspend_data` are kept of each student."""
    instead: str
    """What to do where that is too little."""


OLD = Version(
    "1.2",
    "1.2",
    "http://www.imsproject.org/xsd/imscp_rootv1p1p2",
    "http://www.adlnet.org/xsd/adlcp_rootv1p2",
    "scormtype",
    4096,
    say("export fewer banks at a time with --bank, or use scorm2004"),
)
NEW = Version(
    "2004",
    "2004 4th Edition",
    "http://www.imsglobal.org/xsd/imscp_v1p1",
    "http://www.adlnet.org/xsd/adlcp_v1p3",
    "scormType",
    64000,
    say("export fewer banks at a time with --bank"),
)


def package(job: Job, version: Version) -> bytes:
    """The zip of the banks that were asked for, or of the whole course."""
    if job.options.site is None:
        raise Refused(say("the pages are not built (run viva export, which builds them first)"))
    asked = list(_asked(job))
    room.report(job, asked, version.room, version.instead)
    is_whole = job.banks == job.course.banks
    found = built.contents(job.options.site)
    site = {name: b"".join(built.blocks(content)) for name, content in found.items()}
    routes = Routes(job.course.layout.settings.use_directory_urls)
    files = dict(pages.whole(site) if is_whole else _apart(job, site, routes))
    files |= {name: _source(ours) for name, ours in FRAME.items()}
    files[LAUNCH] = _launch(job, _title(job, is_whole))
    data = {
        "version": version.number,
        "start": _start(job.banks, is_whole, routes),
        "pass": job.options.passing,
        "room": version.room,
        "title": _title(job, is_whole),
        "language": job.course.layout.settings.words.language,
        "items": [[item.id, _kind(item.interaction)] for item in asked],
    }
    said = json.dumps(data, ensure_ascii=False, indent=0)
    files["scorm-course.js"] = f"window.vivaScorm = {said}\n".encode()
    files["imsmanifest.xml"] = xml.document(_manifest(job, version, data["title"], sorted(files)))
    return packed(files, "imsmanifest.xml")


def _asked(job: Job) -> Iterator[Item]:
    """Everything that can be answered: the pages are our own."""
    for bank in job.banks:
        for item in items(bank):
            job.tally.questions += 1
            job.tick()
            if not isinstance(item.interaction, Steps):
                yield item


def _apart(job: Job, site: Mapping[str, bytes], routes: Routes) -> dict[str, bytes]:
    wanted = [routes.file(one.path) for bank in job.banks for one in portions(bank)]
    if len(job.banks) > 1:
        wanted.append(routes.file(f"{SELF_CHECKS}/index.md"))
    base = job.course.layout.settings.text("site_url")
    return pages.apart(site, wanted, base.rstrip("/") + "/" if base else "")


def _start(banks: Sequence[Bank], is_whole: bool, routes: Routes) -> str:
    """The page that opens first."""
    if is_whole:
        return "index.html"
    path = check_path(banks[0]) if len(banks) == 1 else f"{SELF_CHECKS}/index.md"
    return routes.file(path)


def _title(job: Job, is_whole: bool) -> str:
    """The course or the bank. Moodle drops what stands in angle brackets of a title."""
    title = job.title if is_whole or len(job.banks) > 1 else job.banks[0].title
    return title.replace("<", "‹").replace(">", "›")


def _kind(given: Interaction | None) -> str | None:
    """What SCORM calls a way of answering; None for what it has no name for."""
    match given:
        case Choice():
            return "choice"
        case Judgement(statements) if len(statements) == 1:
            return DECISION
        case Order():
            return "sequencing"
        case Number():
            return NUMBER
        case Words():
            return "fill-in"
    return None


NUMBER, DECISION = "numeric", "true-false"


def _launch(job: Job, title: str) -> bytes:
    """The frame around the pages, in the language of the course."""
    settings = job.course.layout.settings
    environment = environment_of(PackageLoader("viva.exchange.scorm", "."), settings.words)
    template = environment.get_template("index.html")
    return template.render(title=title, language=settings.language).encode()


def _source(name: str) -> bytes:
    return resources.files("viva.exchange.scorm").joinpath(name).read_bytes()


def _manifest(job: Job, version: Version, title: object, files: Sequence[str]) -> object:
    m = ElementMaker(namespace=version.space, nsmap={None: version.space, "adlcp": version.adl})
    launch = {f"{{{version.adl}}}{version.kind}": "sco", "href": LAUNCH}
    return m.manifest(
        m.metadata(m.schema("ADL SCORM"), m.schemaversion(version.schema)),
        m.organizations(
            m.organization(
                m.title(str(title)),
                m.item(m.title(str(title)), identifier="item", identifierref="pages"),
                identifier="organization",
            ),
            default="organization",
        ),
        m.resources(
            m.resource(
                *(m.file(href=name) for name in files),
                identifier="pages",
                type="webcontent",
                **launch,
            )
        ),
        identifier=job.name("scorm"),
        version="1",
    )
