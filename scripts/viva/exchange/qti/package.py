"""A package of QTI: an item for each question, a test for each bank, a manifest."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from lxml.builder import ElementMaker

from viva.exchange import xml
from viva.exchange.export import Job
from viva.exchange.items import Item
from viva.exchange.qti.answers import WRITERS
from viva.exchange.qti.elements import (
    FEEDBACK,
    MANY,
    ONE,
    PICTURES,
    SCORE,
    SPACE,
    Made,
    Node,
    Q,
    div,
    value,
)
from viva.exchange.qti.older import older

EXPLAINED = "explained"


def item(job: Job, one: Item, made: Made | None) -> Node | None:
    """A whole item; none for a case, which is a section."""
    if made is None:
        return None
    closing = job.closing(one, made.closing)
    return Q(
        "qti-assessment-item",
        {
            "identifier": job.name(one.id),
            "title": one.name,
            "adaptive": "false",
            "time-dependent": "false",
            "{http://www.w3.org/XML/1998/namespace}lang": job.course.layout.settings.language,
        },
        *made.declarations,
        _outcome(SCORE, ONE, "float", "0"),
        _outcome("MAXSCORE", ONE, "float", "1"),
        _outcome(FEEDBACK, MANY, "identifier"),
        Q("qti-item-body", *made.body),
        Q("qti-response-processing", *made.scoring, _shown(made.shown, bool(closing))),
        *([_modal(closing)] if closing else []),
    )


def _outcome(name: str, cardinality: str, base: str, value: str = "") -> Node:
    given = {"identifier": name, "cardinality": cardinality, "base-type": base}
    default = [Q("qti-default-value", Q("qti-value", value))] if value else []
    return Q("qti-outcome-declaration", given, *default)


def _modal(closing: str) -> Node:
    given = {"outcome-identifier": FEEDBACK, "identifier": EXPLAINED, "show-hide": "show"}
    return Q("qti-modal-feedback", given, Q("qti-content-body", div(closing)))


def _shown(names: Sequence[str], explained: bool) -> Node:
    """All that is said is shown, whatever was answered, as on our own pages."""
    values = [value("identifier", name) for name in (*names, *([EXPLAINED] if explained else []))]
    said = Q("qti-multiple", *values) if values else Q("qti-null")
    return Q("qti-set-outcome-value", {"identifier": FEEDBACK}, said)


def test(job: Job, name: str, title: str, made: Sequence[Item]) -> Node:
    """The questions of a bank in order; those of a case in a section of their own."""
    parts = [
        _reference(job, first) if case is None else _section(job, first, each)
        for case, first, each in _runs(made)
    ]
    root = {"identifier": f"{name}-section", "title": title, "visible": "true"}
    return Q(
        "qti-assessment-test",
        {"identifier": name, "title": title},
        Q(
            "qti-test-part",
            {
                "identifier": "part",
                "navigation-mode": "nonlinear",
                "submission-mode": "individual",
            },
            Q("qti-assessment-section", root, *parts),
        ),
    )


def _runs(made: Sequence[Item]) -> Iterator[tuple[str | None, Item, list[Item]]]:
    """Each question by itself, and the steps of a case together."""
    steps: dict[str, list[Item]] = {}
    for one in made:
        if one.step:
            steps.setdefault(one.step[0], []).append(one)
    for one in made:
        if one.step is None:
            yield None, one, [one]
        elif steps[one.step[0]][0] is one:
            yield one.step[0], one, steps[one.step[0]]


def _section(job: Job, first: Item, steps: Sequence[Item]) -> Node:
    assert first.step
    given = {"identifier": job.name(first.step[0]), "title": first.step[0], "visible": "true"}
    return Q("qti-assessment-section", given, *(_reference(job, one) for one in steps))


def _reference(job: Job, one: Item) -> Node:
    given = {"identifier": job.name(one.id), "href": f"{one.id}.xml"}
    return Q("qti-assessment-item-ref", given)


@dataclass(frozen=True)
class Version:
    """What a version calls the package and its parts."""

    manifest: str
    schema: tuple[str, str]
    item: str
    test: str
    old: bool


THREE = Version(
    "http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1",
    ("QTI Package", "3.0.0"),
    "imsqti_item_xmlv3p0",
    "imsqti_test_xmlv3p0",
    old=False,
)
TWO = Version(
    "http://www.imsglobal.org/xsd/imscp_v1p1",
    ("QTIv2.1 Package", "1.0.0"),
    "imsqti_item_xmlv2p1",
    "imsqti_test_xmlv2p1",
    old=True,
)
LOM = "http://ltsc.ieee.org/xsd/LOM"


def package(job: Job, version: Version) -> dict[str, bytes]:
    """Every file of the package, by its path."""
    files: dict[str, bytes] = {}
    resources: list[tuple[Any, ...]] = []
    for bank in job.banks:
        listed = []
        for one, made in job.written(bank, WRITERS):
            node = item(job, one, made)
            if node is not None:
                listed.append(one)
                path = f"items/{one.id}.xml"
                files[path] = _document(node, version)
                pictures = sorted(set(_pictures(node)))
                labels = job.labels(one)
                resources.append((job.name(one.id), version.item, path, pictures, [], labels))
        if listed:
            name = job.name(f"test-{bank.id}")
            path = f"items/test-{bank.id}.xml"
            files[path] = _document(test(job, name, bank.title, listed), version)
            needs = [job.name(one.id) for one in listed]
            resources.append((name, version.test, path, [], needs, []))
    files |= {f"items/{PICTURES}{name}": data for name, data in job.pictures.files.items()}
    files["imsmanifest.xml"] = xml.document(_manifest(job, version, resources))
    return files


def _pictures(node: Node) -> Iterator[str]:
    for one in node.iter(f"{{{SPACE}}}img"):
        yield one.get("src")


def _document(node: Node, version: Version) -> bytes:
    return xml.document(older(node) if version.old else node, tidy=False)


def _manifest(job: Job, version: Version, resources: Sequence[tuple[Any, ...]]) -> Node:
    m = ElementMaker(namespace=version.manifest, nsmap={None: version.manifest})
    schema, number = version.schema
    return m.manifest(
        m.metadata(m.schema(schema), m.schemaversion(number)),
        m.organizations(),
        m.resources(*(_resource(m, *one) for one in resources)),
        identifier=job.name("manifest"),
    )


def _resource(
    m: Any,
    name: str,
    kind: str,
    path: str,
    pictures: Sequence[str],
    needs: Sequence[str],
    labels: Sequence[str],
) -> Node:
    return m.resource(
        *([m.metadata(_lom(labels))] if labels else []),
        *(m.file(href=one) for one in (path, *(f"items/{picture}" for picture in pictures))),
        *(m.dependency(identifierref=need) for need in needs),
        identifier=name,
        type=kind,
        href=path,
    )


def _lom(labels: Sequence[str]) -> Node:
    m = ElementMaker(namespace=LOM, nsmap={None: LOM})
    words = (m.keyword(m.string(label, language="en")) for label in labels)
    return m.lom(m.general(*words))
