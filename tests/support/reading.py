"""What a reader sees of some HTML, told by another parser than the program's own."""

from __future__ import annotations

import re

from bs4 import BeautifulSoup


def seen(html: str) -> str:
    """The text of HTML with the numbers of its lists, without spaces."""
    soup = BeautifulSoup(f"<div>{html}</div>", "html.parser")
    for unseen in soup(["script", "style"]):
        unseen.decompose()
    for listed in soup("ol"):
        first = int(listed.get("start", 1))
        for number, item in enumerate(listed.find_all("li", recursive=False), first):
            item.insert(0, f"{number}.")
    return packed(soup.get_text())


def packed(text: str) -> str:
    """A text without spaces."""
    return re.sub(r"\s", "", text)
