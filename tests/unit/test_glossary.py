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


def test_a_definition_is_known_to_the_end_of_its_paragraph():
    page = (
        "Word\n:   First line that\n    goes on.\nAnd on.\n\n    More of it.\n\n"
        "One\n:   said {#x}\n    of one\nTwo\n\n:   said\n"
    )
    found = [(one.name, one.definition) for one in glossary.terms(page)]
    assert found == [("Word", "First line that goes on. And on."), ("One", "said {#x} of one"), ("Two", "said")]


def test_a_term_may_begin_with_a_sign():
    names = ["*S. aureus*", "**Bold**", "#NOF", "-itis", ">5 rule", "!x"]
    page = "".join(f"{name}\n:   said\n\n" for name in names)
    assert [one.name for one in glossary.terms(page)] == ["S. aureus", "Bold", *names[2:]]
    assert [*glossary.terms("- an entry\n:   x\n\n# Head\n:   y\n\n> quoted\n:   z\n")] == []
