"""The glossary: terms, their ids and their abbreviations."""

from __future__ import annotations

from viva.course import glossary


def test_a_term_may_have_an_id_of_its_own():
    page = "Adduktion { #term-adduction }\n:   Zur Mitte hin.\n\nAbduktion\n:   Von der Mitte weg.\n"
    found = list(glossary.terms(page))
    assert [(one.name, one.anchor) for one in found] == [
        ("Adduktion", "term-adduction"),
        ("Abduktion", "term-abduktion"),
    ]
    assert glossary.anchors(page)["Abduktion"] == "term-abduktion"
