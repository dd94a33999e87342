"""A package for Canvas: a quiz for each bank, the pictures, and a manifest."""

from __future__ import annotations

from collections.abc import Sequence

from lxml.builder import ElementMaker

from viva.exchange import xml
from viva.exchange.canvas import ANSWER, Made
from viva.exchange.export import Job, Writers
from viva.exchange.items import Item
from viva.exchange.qti12 import (
    GENERAL,
    PICTURES,
    A,
    Node,
    assessment,
    equal,
    feedback,
    labelled,
    processing,
    said,
    shown,
)
from viva.offline.archive import packed

MANIFEST = "http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1"


def item(job: Job, one: Item, made: Made | None) -> Node | None:
    """A whole item; none for a case, whose steps follow."""
    if made is None:
        return None
    closing = job.closing(one, made.closing)
    general = [shown(A.other(), GENERAL)] if closing else []
    told = [shown(equal(ANSWER, option), f"{option}_fb") for option, _ in made.whys]
    fields = (("question_type", f"{made.kind}_question"), ("points_possible", "1"))
    return A.item(
        A.itemmetadata(labelled(fields)),
        A.presentation(said(made.asked), *made.responses),
        processing(*general, *told, *made.rules),
        *([feedback(GENERAL, closing)] if closing else []),
        *(feedback(f"{option}_fb", why) for option, why in made.whys),
        ident=job.name(one.id),
        title=one.name,
    )


def package(job: Job, writers: Writers[Made | None]) -> bytes:
    """A quiz for each bank, and the pictures."""
    files: dict[str, bytes] = {}
    for bank in job.banks:
        found = []
        for one, made in job.written(bank, writers):
            if made is not None:
                job.without_hint(one)
                found.append(item(job, one, made))
        name = job.name(bank.id)
        if found:
            files[f"{name}/{name}.xml"] = xml.document(assessment(name, bank.title, found))
    pictures = {PICTURES + name: data for name, data in job.pictures.files.items()}
    manifest = xml.document(_manifest(job, list(files), list(pictures)))
    return packed({**files, **pictures, "imsmanifest.xml": manifest})


def _manifest(job: Job, quizzes: Sequence[str], pictures: Sequence[str]) -> Node:
    m = ElementMaker(namespace=MANIFEST, nsmap={None: MANIFEST})
    names = [job.name(f"picture-{number}") for number in range(1, len(pictures) + 1)]
    webs = [
        m.resource(m.file(href=path), identifier=name, type="webcontent", href=path)
        for name, path in zip(names, pictures, strict=True)
    ]
    tests = [
        m.resource(m.file(href=path), identifier=path.partition("/")[0], type="imsqti_xmlv1p2")
        for path in quizzes
    ]
    return m.manifest(
        m.metadata(m.schema("IMS Content"), m.schemaversion("1.1.3")),
        m.organizations(),
        m.resources(*tests, *webs),
        identifier=job.name("manifest"),
    )
