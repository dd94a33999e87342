"""What the parts of a question in Moodle XML say."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import unquote

from viva.exchange.moodle_files import FILES, unpacked
from viva.exchange.texts import Texts


def truth(said: str | None) -> bool:
    return (said or "").strip().lower() in ("1", "true")


def said(one: Any, name: str) -> str:
    """The text inside a part."""
    return (one.findtext(f"{name}/text") or "").strip()


def told(part: Any, texts: Texts) -> str:
    """A text in its format, as paragraphs."""
    if part is None:
        return ""
    said, form = part.findtext("text") or "", part.get("format") or "html"
    if form == "plain_text":
        return texts.plain(said)
    return texts.of_markdown(said) if form == "markdown" else texts.block(_broken(said, form))


def _broken(said: str, form: str) -> str:
    """Moodle's own format breaks lines where its author did."""
    return re.sub(r"\n(?!\s*<)", " ", said) if form == "moodle_auto_format" else said


def line(part: Any, texts: Texts) -> str:
    said = told(part, texts)
    return said if "\n" not in said else texts.line(part.findtext("text"))


def files_of(one: Any) -> Callable[[str], bytes | None]:
    """The files of a question, by the addresses that its texts use."""

    def find(src: str) -> bytes | None:
        wanted = unquote(src).removeprefix(FILES).lstrip("/")
        for file in one.iter("file"):
            path = (file.get("path") or "/").lstrip("/") + (file.get("name") or "")
            if wanted in (path, file.get("name")):
                return unpacked(file.text or "")
        return None

    return find
