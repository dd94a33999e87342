"""Boxes without a title are headed in the reader's language; a title that was typed is kept."""

from __future__ import annotations

import pytest

from viva.base.reader import Source
from viva.base.words import of
from viva.course import boxes
from viva.course.conversion import Converter
from viva.course.settings import FILE, Settings
from viva.engines.defaults import completed

BLOCKS = {"pymdownx.blocks.admonition": {}, "pymdownx.blocks.details": {}}
BOX = {
    "plain": '!!! note{title}\n    Text.\n',
    "foldable": '??? note{title}\n    Text.\n',
    "open": '???+ note inline end{title}\n    Text.\n',
    "deep": '- item\n\n    !!! tip "Tip"\n        !!! note{title}\n            Text.\n',
    "behind text": 'Text.\n\n!!! note{title}\n    Text.\n',
}
BLOCK = {
    "block": "/// note{title}\nText.\n///\n",
    "block that folds": "/// details{title}\n    type: note\nText.\n///\n",
}


def settings(language: str = "de") -> Settings:
    written = {"theme": {"language": language}, "markdown_extensions": BLOCKS}
    return Settings(Source(FILE, {}, {}), written)


def marked(text: str) -> str:
    """A page as an engine makes it."""
    listed = completed(settings().data)["markdown_extensions"]
    each = (next(iter(one.items())) if isinstance(one, dict) else (one, {}) for one in listed)
    return Converter(tuple(each)).html(text)


@pytest.mark.parametrize("text", [*BOX.values(), *BLOCK.values()], ids=[*BOX, *BLOCK])
def test_a_box_without_a_title_has_the_word_of_the_language(text):
    field = Converter(settings().extensions)
    assert ">Hinweis</" in field.html(text.format(title=""))
    assert ">ملاحظة</" in field.speaking(of("ar")).html(text.format(title=""))
    page = marked(text.format(title=""))
    assert ">Note</" in page
    assert ">Hinweis</" in boxes.named(page, of("de"))
    assert boxes.MARK not in boxes.named(page, of("de"))


@pytest.mark.parametrize("text", BOX.values(), ids=BOX)
def test_a_title_that_was_typed_is_kept(text):
    typed = text.format(title=' "Note"')
    assert Converter(settings().extensions).html(typed) == marked(typed)
    assert ">Note</" in boxes.named(marked(typed), of("de"))


@pytest.mark.parametrize("text", BLOCK.values(), ids=BLOCK)
def test_a_title_of_a_block_is_kept(text):
    typed = text.format(title=" | Note")
    assert ">Note</" in Converter(settings().extensions).html(typed)
    assert boxes.MARK not in marked(typed)


def test_in_english_nothing_changes():
    text = "!!! tldr\n    Text.\n\n!!! info\n    Text.\n"
    made = Converter(settings("en").extensions).html(text)
    assert ">Tldr</" in made
    assert ">Info</" in made
    assert boxes.named(marked(text), of("en")) == made


def test_a_kind_of_the_authors_own_is_the_authors_word():
    made = Converter(settings().extensions).html("!!! merke\n    Text.\n")
    assert ">Merke</" in made


def test_names_that_mean_the_same_share_a_word():
    made = Converter(settings().extensions).html("!!! faq\n    Text.\n\n!!! cite\n    Text.\n")
    assert ">Frage</" in made
    assert ">Zitat</" in made
