"""QTI 2.1 is QTI 3 renamed."""

from __future__ import annotations

import re

from lxml import etree

from viva.exchange.qti.elements import Node

OLD_SPACE = "http://www.imsglobal.org/xsd/imsqti_v2p1"
UNKNOWN = {"class"}
DIRECTIONAL = re.compile(r"-([a-z0-9])")


def older(node: Node) -> Node:
    """An element of QTI 3 as QTI 2.1 writes it."""
    name = _camel(etree.QName(node).localname.removeprefix("qti-"))
    if name == "img" and node.get("width"):
        return _object(node)
    made = etree.Element(f"{{{OLD_SPACE}}}{name}", nsmap={None: OLD_SPACE})
    for key, value in node.attrib.items():
        if key not in UNKNOWN:
            made.set(_camel(key), value)
    made.text, made.tail = node.text, node.tail
    for child in node:
        if etree.QName(child).localname == "qti-content-body":
            made.extend(map(older, child))
        else:
            made.append(older(child))
    return made


def _object(picture: Node) -> Node:
    """The picture of a place to point at, which was no img then."""
    given = {name: picture.get(name) for name in ("width", "height")}
    made = etree.Element(f"{{{OLD_SPACE}}}object", data=picture.get("src"), type="image/png")
    made.attrib.update(given)
    made.text = picture.get("alt")
    return made


def _camel(name: str) -> str:
    return name if name.startswith("{") else DIRECTIONAL.sub(lambda one: one[1].upper(), name)
