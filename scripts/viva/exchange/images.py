"""Pictures of questions as Markdown."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

from viva.exchange.escaping import clean, escaped

ALT = "Picture"
"""What a picture is called that nobody described."""


@dataclass(frozen=True)
class Image:
    """A picture of a question: where it lies under `docs/`, and what it shows."""

    src: str
    alt: str


def shown(image: Image) -> str:
    """A picture in a line of Markdown."""
    return f"![{escaped(image.alt)}]({image.src})"


def apart(text: str) -> tuple[str, Image | None]:
    """A stem without the one picture that stands before or after all its text."""
    found = re.findall(r"!\[[^\]]*\]\([^)\s]*\)", text)
    if len(found) != 1:
        return text, None
    before, after = text.split(found[0])
    rest = f"{before}\n\n{after}".strip()
    if (before.strip() and after.strip()) or not rest:
        return text, None
    alt, src = re.fullmatch(r"!\[([^\]]*)\]\(([^)\s]*)\)", found[0]).groups()  # type: ignore[union-attr]
    return rest, Image(src, _unescaped(alt))


def _unescaped(text: str) -> str:
    """A description as it was before it was escaped."""
    return html.unescape(re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", text))


def described(alt: str) -> str:
    said = " ".join(clean(alt).split())
    return (
        ALT
        if not said or re.fullmatch(r"[\w .()%-]+\.(?:png|jpe?g|gif|webp)", said, re.I)
        else said
    )
