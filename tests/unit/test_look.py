"""The theme lists what MkDocs may publish, and loads all the rest."""

from __future__ import annotations

from mkdocs.theme import Theme

from viva.engines.mkdocs.look import without_icons


def test_only_what_is_hidden_is_listed_no_more():
    plain, look = Theme("material"), Theme("material")
    without_icons(look)
    listed = plain.get_env().list_templates()
    shown = [name for name in listed if not any(part.startswith(".") for part in name.split("/"))]
    assert look.get_env().list_templates() == shown != listed
    assert look.get_env().get_template(".icons/material/menu.svg").render().startswith("<svg")
