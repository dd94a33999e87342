"""The manifest of a Common Cartridge."""

from __future__ import annotations

from collections.abc import Sequence

from lxml.builder import ElementMaker

from viva.exchange.export import Job
from viva.exchange.qti12 import (
    Node,
)

MANIFEST = "http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1"
LOM = "http://ltsc.ieee.org/xsd/imsccv1p1/LOM/manifest"
QUIZ = "imsqti_xmlv1p2/imscc_xmlv1p1/assessment"


def manifest(job: Job, tests: dict[str, str], pictures: Sequence[str]) -> Node:
    m = ElementMaker(namespace=MANIFEST, nsmap={None: MANIFEST, "lomimscc": LOM})
    about = ElementMaker(namespace=LOM)
    title = about.title(about.string(job.title, language=job.course.layout.settings.language))
    listed = (
        m.item(m.title(title_), identifier=f"{name}-item", identifierref=name)
        for name, title_ in tests.items()
    )
    quizzes = (
        m.resource(m.file(href=f"{name}/assessment.xml"), identifier=name, type=QUIZ)
        for name in tests
    )
    webs = (
        m.resource(
            m.file(href=path), identifier=job.name(f"picture-{n}"), type="webcontent", href=path
        )
        for n, path in enumerate(pictures, 1)
    )
    return m.manifest(
        m.metadata(
            m.schema("IMS Common Cartridge"),
            m.schemaversion("1.1.0"),
            about.lom(about.general(title)),
        ),
        m.organizations(
            m.organization(
                m.item(*listed, identifier="root"),
                identifier="organization",
                structure="rooted-hierarchy",
            )
        ),
        m.resources(*quizzes, *webs),
        identifier=job.name("cartridge"),
    )
