"""Names for addresses, made of headings and terms in whatever script they are.

Latin headings keep the anchors that Markdown gives them, so that no link breaks; where Markdown
would drop letters, an anchor has them all.
"""

from __future__ import annotations

import re
import unicodedata
from xml.etree.ElementTree import Element

from markdown.extensions.toc import slugify, unique
from markdown.treeprocessors import Treeprocessor, UnescapeTreeprocessor

HEADING = re.compile(r"h[1-6]")
GAPS = re.compile(r"[\s-]+")


def is_lost(text: str) -> bool:
    """Whether half the letters of a text are none of ASCII's, even without their accents."""
    apart = [one for one in unicodedata.normalize("NFKD", text) if one.isalnum()]
    return 2 * sum(not one.isascii() for one in apart) >= max(1, len(apart))


def slug(text: str) -> str:
    """A text as an anchor has it: as Markdown does, unless that would lose letters of it."""
    if not is_lost(text):
        return slugify(text, "-")
    plain = unicodedata.normalize("NFKC", text).lower()
    return GAPS.sub("-", "".join(one for one in plain if _stays(one)).strip())


def _stays(sign: str) -> bool:
    return sign in "-_" or sign.isspace() or unicodedata.category(sign)[0] in "LNM"


class Anchors(Treeprocessor):
    """Gives headings the ids that Markdown's table of contents would cut.

    The id that it would have given, `_2` mostly, leads there too: courses link to it.
    """

    def run(self, root: Element) -> None:
        """Name the headings that have no id yet and would lose half their letters."""
        known = self.md.treeprocessors
        if "toc" not in known or getattr(known["toc"], "slugify", None) is not slugify:
            return  # a field has no headings, and a course may name its own in another way
        found = [one for one in root.iter() if _is_unnamed(one)]
        if not any(is_lost(_said(one)) for one in found):
            return
        used = {one.attrib["id"] for one in root.iter() if "id" in one.attrib}
        for one in found:
            said = _said(one)
            before = unique(slugify(said, "-"), used)
            if is_lost(said):
                one.set("id", unique(slug(said), used))
                _add_place(one, before)


def _is_unnamed(one: Element) -> bool:
    return isinstance(one.tag, str) and bool(HEADING.fullmatch(one.tag)) and "id" not in one.attrib


def _add_place(heading: Element, name: str) -> None:
    """A place in a heading that links find."""
    place = Element("span", {"id": name})
    place.tail, heading.text = heading.text, None
    heading.insert(0, place)


def _said(heading: Element) -> str:
    said = "".join(heading.itertext())
    for note in heading.iter("sup"):
        said = said.replace("".join(note.itertext()), "", 1)
    return UnescapeTreeprocessor().unescape(said).strip()
