"""A page that was converted while the course was read is the same as MkDocs would make it."""

from __future__ import annotations

import pytest
from mkdocs.config import load_config
from mkdocs.structure.files import get_files
from mkdocs.structure.pages import Page

from viva.base.cache import Cache
from viva.build import stage
from viva.build.edition import read
from viva.course.layout import Layout
from viva.engines.mkdocs.conversion import Conversions
from viva.engines.mkdocs.early import Early
from viva.site import embed

SETTINGS = """\
site_name: T
plugins: []
markdown_extensions: [attr_list, def_list, footnotes, md_in_html, tables, toc: {permalink: true}]
"""
PAGES = {
    "headings": "# One *two*\n\n## Three {#four}\n\nText\n\n## Three\n",
    "links": "# A\n\n[b](b.md) [c](b.md#c \"t\") [d](#a) [e](https://example.org/?a=1&b=2) [f](b.md?a=1&b=2)\n",
    "images": "![x](x.png) [![y](x.png)](b.md)\n",
    "letters": "<me@example.org> [mail](mailto:me@example.org)\n",
    "absolute": "[a](/b.md) [b](nowhere.md) [c](b)\n",
    "raw HTML": "<p id=\"raw\"><a name=\"b\" href=\"b.md\">x</a></p>\n\n[x](<b.md>)\n",
    "notes": "Text[^1] and more.\n\n[^1]: A note with a [link](b.md).\n",
    "lists": "- a\n- [b](b.md)\n\n| a | b |\n|---|---|\n| [c](b.md) | d |\n",
    "nothing": "",
}
STATE = ("content", "_title_from_render", "present_anchor_ids", "links_to_anchors")


@pytest.fixture
def course(tmp_path):
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/a.md").write_text("# A\n")
    (tmp_path / "docs/b.md").write_text("# B\n")
    (tmp_path / "docs/x.png").write_bytes(b"")
    (tmp_path / "mkdocs.yml").write_text(SETTINGS)
    return tmp_path


def page(config, files, text):
    made = Page(None, files.get_file_from_path("a.md"), config)
    made.markdown = text
    return made


def state(made):
    toc = [(one.title, one.id, one.level, len(one.children)) for one in made.toc]
    return [getattr(made, name) for name in STATE], toc


@pytest.mark.parametrize("text", PAGES.values(), ids=PAGES)
def test_a_page_is_the_same_whenever_it_is_converted(course, text, monkeypatch):
    config = load_config(str(course / "mkdocs.yml"))
    files = get_files(config)
    usual = page(config, files, text)
    usual.render(config, files)
    early = Early(config)
    early.html("\n" + text)
    made = page(config, files, text)
    Conversions(Cache(course / "cache"), config, files, early).keep(made)
    monkeypatch.setattr(Page, "render", None)  # it is not asked
    made.render(config, files)
    assert state(made) == state(usual)


def test_an_address_that_nobody_can_read_waits(course):
    early = Early(load_config(str(course / "mkdocs.yml")))
    assert early.html("[a](http://[b)\n") is None


def test_settings_that_another_plugin_changes_count(course):
    config = load_config(str(course / "mkdocs.yml"))
    files, early = get_files(config), Early(config)
    early.html("# A\n")
    config.mdx_configs["toc"] = {"permalink": False}
    early.settle(config)
    made = page(config, files, "# A\n")
    assert not early.render(made, config, files)


ASKING = """\
---
title: A
---

# A

Text.

[viva: one]

More, with a [link](b.md).

[viva before: two, three]
"""


@pytest.mark.parametrize(
    ("text", "is_kept"),
    [
        (ASKING, True),
        ("# A\n\nText with [@key].\n", False),
        ("# A\n\n- Text\n\n    [viva: one]\n", False),
        ("# A\n\n[viva contents]\n", False),
        ("# A\n\nText\n[viva: one]\nText\n", False),
    ],
)
def test_questions_come_into_a_page_that_was_converted_without_them(course, text, is_kept):
    (course / "docs/a.md").write_text(text)
    config = load_config(str(course / "mkdocs.yml"))
    files, early = get_files(config), Early(config)
    edition = read(Layout.of(course), preview=True, engine=early)
    written = edition.course.pages["a.md"]
    staged = stage.markdown(edition, "a.md", written.body.lstrip("\n"))
    early.stage(written.marked, staged)
    made, usual = page(config, files, staged), page(config, files, staged)
    assert early.render(made, config, files) is is_kept
    if is_kept:
        usual.render(config, files)
        assert state(made) == state(usual)
        assert len(list(embed.placeholders(made.content))) == 2
