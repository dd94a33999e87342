"""XML for other systems: whole documents, the same bytes for the same elements."""

from __future__ import annotations

from lxml import etree


def document(root: etree._Element, tidy: bool = True) -> bytes:
    """A file of XML in UTF-8; `tidy` puts its elements on lines, where spaces mean nothing."""
    if tidy:
        etree.indent(root)
    made: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
    return made + b"\n"
