"""Names, titles and descriptions are no markup, but themes print them as they are: so, as HTML."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from html import escape
from typing import Any

from viva.base.reader import FRONT_MATTER
from viva.formulas.typed import words

SETTINGS = ("site_name", "site_description", "site_author")
FIELDS = ("title", "description")
"""Of a page's front matter."""
FIELD = r"""^(?:{0}|"{0}"|'{0}')[ \t]*:.*(?:\n(?:[ \t]+.*|(?=\n)))*"""
"""A field that does not stand in brackets, with the lines that go on with it."""
NO_TEXT = re.compile(
    r"[-+~.\d].*|y|n|yes|no|on|off|true|false|null", re.IGNORECASE | re.DOTALL
)
"""What YAML may read as no text: `No`, `010`, `1.50`."""


def fields(data: Mapping[str, Any], names: tuple[str, ...] = FIELDS) -> dict[str, str]:
    """Those of the texts that have to be written in another way, as HTML; a formula as a line."""
    found = ((name, data.get(name)) for name in names)
    told = ((name, text, escape(words(text))) for name, text in found if isinstance(text, str))
    return {name: html for name, text, html in told if html != text or NO_TEXT.fullmatch(text)}


def settings(data: Mapping[str, Any]) -> dict[str, Any]:
    """Settings with their texts as HTML."""
    return {**data, **fields(data, SETTINGS)}


def nav(item: Any) -> Any:
    """A navigation with its titles as HTML."""
    if isinstance(item, dict):
        return {title_of(name): nav(inside) for name, inside in item.items()}
    return list(map(nav, item)) if isinstance(item, list) else item


def title_of(name: Any) -> Any:
    """The title of a page or section as HTML."""
    return escape(name, quote=False) if isinstance(name, str) else name


def page(text: str, data: Mapping[str, Any]) -> str:
    """A page's Markdown with the texts of its front matter as HTML; `data` is what these say."""
    found = FRONT_MATTER.match(text)
    if not found:
        return text
    head = found[0]
    for name, html in fields(data).items():
        lines = re.compile(FIELD.format(name), re.MULTILINE).search(head)
        if lines:
            line = f"{name}: {json.dumps(html)}"
            head = f"{head[: lines.start()]}{line}{head[lines.end() :]}"
    return head + text[found.end() :]
