"""Packages of learning platforms: XML with questions somewhere in a zip, pictures beside them."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import unquote

from lxml import etree

from viva.base.refused import Refused
from viva.exchange.limits import Incoming

BASE = re.compile(r"^(?:\$[A-Z_-]+\$|@X@EmbeddedFile\.requestUrlStub@X@)/?|^\.?/", re.IGNORECASE)
OFFICE = "[Content_Types].xml"
"""Word and Excel have it, and no questions in their XML."""
SEARCHED = 200
"""Files of a package that are looked at to tell what it is."""
HTML = re.compile(
    r"</?(?:p|div|br|span|b|i|u|em|strong|sub|sup|ul|ol|li|table|tr|td|img|a|h\d|pre|code|font)\b[^<>]*>",
    re.IGNORECASE,
)


def local(element: Any) -> str:
    """The name of an element without its namespace."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def every(element: Any, name: str) -> Iterator[Any]:
    """All elements of a name below one, in any namespace."""
    return iter(element.iter(f"{{*}}{name}"))


def first(element: Any, name: str) -> Any:
    """The first of them, or None."""
    return next(every(element, name), None)


def documents(file: Incoming, *endings: str) -> Iterator[tuple[str, Any]]:
    """The XML of a file: its own, or of each member of a zip, by name. What is none is skipped."""
    if file.archive is None:
        if file.root is not None:
            yield file.name, file.root
        return
    if OFFICE in file.archive:
        return
    for name in sorted(file.archive.ending(*endings), key=_rank):
        raw = file.archive.read(name)
        if raw.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"<":
            try:
                yield name, file.archive.xml(name)
            except Refused:
                if b"<!ENTITY" in raw.upper():
                    raise


def _rank(name: str) -> tuple[bool, str]:
    """What is written for one platform says more than what is written for all: it comes first."""
    return not name.endswith(".qti"), name


def holds(file: Incoming, names: set[str], *endings: str) -> bool:
    """Whether any XML of a file has an element of these names."""
    for count, (_, root) in enumerate(documents(file, *endings)):
        if any(local(one) in names for one in root.iter()):
            return True
        if count > SEARCHED:
            break
    return False


def finder(file: Incoming, name: str) -> Callable[[str], bytes | None]:
    """The pictures of a document in a package, by the addresses that it uses."""
    archive = file.archive
    folder = posixpath.dirname(name)

    def find(src: str) -> bytes | None:
        if archive is None:
            return None
        wanted = BASE.sub("", unquote(unquote(src)).partition("?")[0])
        for path in (wanted, f"{folder}/{wanted}", f"web_resources/{wanted}"):
            at = posixpath.normpath(path)
            if at in archive:
                return archive.read(at)
        base = posixpath.basename(wanted)
        # Blackboard keeps picture.png under the number that stands in its address.
        same = [n for n in archive.names if n.endswith(f"/{base}") or f"__{base}." in n]
        pictures = [n for n in same if not n.endswith(".xml")]
        return archive.read(pictures[0]) if len(pictures) == 1 else None

    return find


def is_html(text: str) -> bool:
    """Whether a text that calls itself plain has tags in it."""
    return bool(HTML.search(text))


def title(root: Any, *names: str) -> str:
    """The title of the first element of these names."""
    for name in names:
        found = first(root, name)
        if found is not None and (found.get("title") or "").strip():
            return str(found.get("title")).strip()
    return ""
