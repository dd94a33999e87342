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
    """Gives headings the ids that Markdown's table of contents would cut."""

    def run(self, root: Element) -> None:
        """Name the headings that have no id yet and would lose most of their letters."""
        known = self.md.treeprocessors
        if "toc" not in known or getattr(known["toc"], "slugify", None) is not slugify:
            return  # a field has no headings, and a course may name its own in another way
        used = {one.attrib["id"] for one in root.iter() if "id" in one.attrib}
        for one in root.iter():
            if isinstance(one.tag, str) and HEADING.fullmatch(one.tag) and "id" not in one.attrib:
                said = self._said(one)
                if is_lost(said):
                    one.set("id", unique(slug(said), used))

    def _said(self, heading: Element) -> str:
        notes = heading.iter("sup")
        said = "".join(heading.itertext())
        for note in notes:
            said = said.replace("".join(note.itertext()), "", 1)
        return UnescapeTreeprocessor().unescape(said).strip()
