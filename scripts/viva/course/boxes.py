"""Boxes that their author gave no title, such as `!!! note`, are headed in the reader's language.

The libraries of Markdown head them with the English name of their kind. An extension knows which
were given none. Fields get the word at once; pages, which an engine converts before anybody asks
for their language, get a mark, and the word when they are finished.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Extension, Markdown

from viva.base.words import ENGLISH, Words, of, within

NAME = "viva.course.boxes"
MARK = "data-viva-box"
MARKED = re.compile(rf'(<\w[^<>]*?) {MARK}="([\w-]+)"([^<>]*>)([^<]*)')
KINDS = {
    "abstract": within("a box", "Abstract"),
    "attention": within("a box", "Attention"),
    "bug": within("a box", "Bug"),
    "caution": within("a box", "Caution"),
    "check": within("a box", "Check"),
    "danger": within("a box", "Danger"),
    "done": within("a box", "Done"),
    "error": within("a box", "Error"),
    "example": within("a box", "Example"),
    "failure": within("a box", "Failure"),
    "help": within("a box", "Help"),
    "hint": within("a box", "Hint"),
    "important": within("a box", "Important"),
    "info": within("a box", "Information"),
    "missing": within("a box", "Missing"),
    "note": within("a box", "Note"),
    "question": within("a box", "Question"),
    "quote": within("a box", "Quotation"),
    "success": within("a box", "Success"),
    "summary": within("a box", "Summary"),
    "tip": within("a box", "Tip"),
    "todo": within("a box", "To do"),
    "warning": within("a box", "Warning"),
}
"""The usual kinds; the name of any other is its author's own word."""
ALIKE = {"cite": "quote", "fail": "failure", "faq": "question", "tldr": "summary"}


class Boxes(Extension):
    """Heads boxes without a title: in a language, or with a mark for `named` where none is said."""

    def __init__(self, **options: Any) -> None:
        self.config = {"language": ["", "the language of the titles"]}
        super().__init__(**options)

    def extendMarkdown(self, md: Markdown) -> None:
        """Follow those that make boxes, which are there already: this extension is the last."""
        made = md.parser.blockprocessors
        for name, is_untitled in UNTITLED.items():
            if name in made:
                self._follow(made[name], is_untitled)
        blocks = made["blocks"].blocks if "blocks" in made else {}  # type: ignore[attr-defined]
        blocks.update({name: self._following(block) for name, block in blocks.items()})

    def _follow(self, processor: Any, is_untitled: Callable[[Any, str], bool]) -> None:
        run, head = processor.run, self._head

        def followed(parent: Element, blocks: list[str]) -> None:
            untitled = is_untitled(processor, blocks[0])
            run(parent, blocks)
            if untitled:
                head(parent[-1])

        processor.run = followed

    def _following(self, block: Any) -> Any:
        head = self._head

        class Followed(block):  # type: ignore[misc]
            """The same block, whose title is looked at."""

            def on_create(self, parent: Element) -> Element:
                made: Element = super().on_create(parent)
                if self.argument is None:
                    head(made)
                return made

        return Followed

    def _head(self, box: Element) -> None:
        title = box[0] if len(box) else box
        kind = (title.text or "").lower()
        if ALIKE.get(kind, kind) not in KINDS or kind not in box.get("class", "").split():
            return
        language = self.getConfig("language")
        if language:
            title.text = _word(kind, of(language)) or title.text
        else:
            title.set(MARK, kind)


def makeExtension(**options: Any) -> Boxes:
    """What Markdown asks a module for."""
    return Boxes(**options)


def named(html: str, words: Words) -> str:
    """The HTML of a page with the words of its language in place of marks."""
    if MARK not in html:
        return html
    return MARKED.sub(lambda one: f"{one[1]}{one[3]}{_word(one[2], words) or one[4]}", html)


def _word(kind: str, words: Words) -> str:
    """What a box is headed with; nothing where the English of the library stays."""
    return "" if words == ENGLISH else words.tell(KINDS[ALIKE.get(kind, kind)])


def _is_plain(processor: Any, block: str) -> bool:
    found = processor.RE.search(block)
    return bool(found and found[2] is None)


def _is_foldable(processor: Any, block: str) -> bool:
    found = processor.START.search(block)
    return bool(found and found[4])


UNTITLED: Mapping[str, Callable[[Any, str], bool]] = {
    "admonition": _is_plain,
    "details": _is_foldable,
}
"""What makes boxes of the first kinds, and how it reads that one has no title."""
