"""What the package of an item of QTI says of it: its place in a test, its keywords."""

from __future__ import annotations

import posixpath

from viva.exchange.limits import Incoming
from viva.exchange.sources import documents, every, local


def order_of(file: Incoming) -> dict[str, int]:
    """The order of items as the tests of a package have it."""
    order: dict[str, int] = {}
    for name, root in documents(file, ".xml"):
        folder = posixpath.dirname(name)
        for one in root.iter():
            if local(one) in ("assessmentItemRef", "qti-assessment-item-ref") and one.get("href"):
                path = posixpath.normpath(posixpath.join(folder, one.get("href")))
                order.setdefault(path, len(order))
    return order


def labels_of(file: Incoming) -> dict[str, list[str]]:
    """The keywords of each item, as the manifest of a package has them."""
    labels = {}
    for name, root in documents(file, "imsmanifest.xml"):
        folder = posixpath.dirname(name)
        for one in every(root, "resource"):
            words_ = [" ".join(w.itertext()).strip() for w in every(one, "keyword")]
            path = posixpath.normpath(posixpath.join(folder, one.get("href") or ""))
            labels[path] = [word for word in words_ if word]
    return labels
