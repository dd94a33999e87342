"""Key facts in a module's front matter, and everything that can be wrong with them."""

from __future__ import annotations

import pytest

MODULE = """\
---
title: Knee
objectives:
  - {id: knee-1, text: name the bones, level: remember}
cards:
  - id: kneecap
    front: Which bone lies at the front of the knee?
    back: The **patella** [@smith2001]
    references: [smith2001]
  - id: pads
    front: How many menisci has a knee?
    back: Two
---
# Knee

## The two menisci

[viva: knee-bones]
"""
WRONG = {
    "no front": (
        "    front: How many menisci has a knee?\n",
        "",
        "docs/modules/knee.md:10:5: card has no front (write front: a question that ends in ?)",
    ),
    "no back": ("    back: Two\n", "", "10:5: card has no back (write back: its short answer)"),
    "no id": ("- id: pads\n    front", "- front", "10:5: card has no id (write id: a-short-name)"),
    "an empty back": ("back: Two", "back:", "12:10: back is empty (write back: its short answer)"),
    "a misspelt field": ("back: Two", "bakc: Two", "12:5: unknown field bakc (did you mean back?)"),
    "an unknown field": (
        "back: Two",
        "back: Two\n    deck: A",
        "13:5: unknown field deck (write one of: back, front, id, references)",
    ),
    "an id with a capital": (
        "id: pads",
        "id: Pads",
        "10:9: id 'Pads' is not an id (use a-z, 0-9 and single hyphens)",
    ),
    "one id twice": (
        "id: pads",
        "id: kneecap",
        "10:9: id kneecap is already used at docs/modules/knee.md:6 (ids are unique in the course)",
    ),
    "the id of a question": (
        "id: pads",
        "id: knee-bones",
        "10:9: id knee-bones is already used at quizzes/knee.yml:4 (ids are unique in the course)",
    ),
    "an unknown reference": (
        "references: [smith2001]",
        "references: [smyth2001]",
        "9:18: reference smyth2001 is not in docs/references.bib (did you mean smith2001?)",
    ),
    "an unknown citation": (
        "[@smith2001]",
        "[@jones1999]",
        "8:11: [@jones1999] is not in docs/references.bib (add it there)",
    ),
    "a card that is a text": (
        "- id: pads\n    front: How many menisci has a knee?\n    back: Two",
        "- two menisci",
        "10:5: card is 'two menisci' (write - id: …, front: … and back: … under it)",
    ),
}


def test_a_module_declares_cards(make_course):
    course = make_course({"docs/modules/knee.md": MODULE})
    assert course.problems == ()
    (deck,) = course.cards.values()
    assert [(card.id, card.references) for card in deck] == [
        ("kneecap", ("smith2001",)),
        ("pads", ()),
    ]
    assert deck[0].back == "The **patella** [@smith2001]"


@pytest.mark.parametrize("name", WRONG)
def test_one_mistake_is_one_message(make_course, name):
    old, new, said = WRONG[name]
    assert old in MODULE
    course = make_course({"docs/modules/knee.md": MODULE.replace(old, new)})
    (problem,) = course.problems
    assert str(problem).endswith(said)
    assert str(problem).startswith("docs/modules/knee.md:")


def test_cards_that_are_no_list(make_course):
    front, _, _ = MODULE.partition("cards:")
    course = make_course(
        {"docs/modules/knee.md": f"{front}cards: many\n---\n# Knee\n\n## The two menisci\n"}
    )
    assert [str(problem) for problem in course.problems] == [
        "docs/modules/knee.md:5:8: cards is not a list "
        "(write - id: … under it, and front: and back: below that)"
    ]
