"""What every question of Moodle XML is made of."""

from __future__ import annotations

import base64
import re

from lxml import etree
from lxml.builder import E

from viva.exchange.export import Job
from viva.exchange.items import Item

LOCAL = "@@PLUGINFILE@@/"
"""Where a picture lies that comes with its question."""
FILE = re.compile(rf"{LOCAL}([\w.-]+)")
Nodes = list[etree._Element]


def written(job: Job, name: str, html: str, **attributes: str) -> etree._Element:
    """A text in HTML, with the pictures in it."""
    node = E(name, E.text(html), format="html", **attributes)
    known = job.pictures.files
    for one in dict.fromkeys(name for name in FILE.findall(html) if name in known):
        node.append(attached(one, known[one], path="/"))
    return node


def attached(name: str, content: bytes, **attributes: str) -> etree._Element:
    """A picture."""
    data = base64.b64encode(content).decode()
    return E.file(data, name=name, encoding="base64", **attributes)


def framed(
    job: Job, item: Item, kind: str, html: str, parts: Nodes, closing: str = ""
) -> etree._Element:
    """A question of a kind: what is asked, its own parts, and what all kinds have."""
    question = item.question
    hints = [written(job, "hint", job.html.block(question.hint))] if question.hint else []
    labels = [E.tag(E.text(label)) for label in job.labels(item)]
    return E.question(
        E.name(E.text(item.name)),
        written(job, "questiontext", html),
        written(job, "generalfeedback", job.closing(item, closing)),
        E.defaultgrade("1"),
        E.penalty("0"),
        E.hidden("0"),
        E.idnumber(item.id),
        *parts,
        *hints,
        *([E.tags(*labels)] if labels else []),
        type=kind,
    )


def offered(job: Job, share: float, said: str, why: str, form: str = "html") -> etree._Element:
    """An answer, what it is worth, and what is said about it."""
    made = E.answer(E.text(said), fraction=_number(100 * share), format=form)
    made.append(written(job, "feedback", why))
    return made


def _number(value: float) -> str:
    """With as many digits as Moodle's own list has."""
    return f"{value:.5f}".rstrip("0").rstrip(".") if value else "0"


def silent(*names: str) -> Nodes:
    """Texts that a kind must have, and that say nothing."""
    return [E(name, E.text(""), format="html") for name in names]


FEEDBACKS = ("correctfeedback", "partiallycorrectfeedback", "incorrectfeedback")
