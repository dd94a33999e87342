"""Mistakes in questions: one message each, in a teacher's words, at the right place."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pytest

from viva.bank import banks, types
from viva.base import reader

FAULTS = [
    (
        "an option without text",
        """
        - id: a
          type: single
          stem: S?
          options:
            - text: A
              correct: true
            - why: none
        """,
        ["b.yml:9:9: option has no text (write text: …)"],
    ),
    (
        "a misspelt field is not also a missing one",
        """
        - id: a
          type: single
          stm: S?
          options: [{text: A, correct: true}, {text: B}]
        """,
        ["b.yml:5:5: unknown field stm (did you mean stem?)"],
    ),
    (
        "an unknown type",
        """
        - id: a
          type: singel
          stem: S?
        """,
        ["b.yml:4:11: unknown type 'singel' (did you mean single?)"],
    ),
    (
        "no option is correct",
        """
        - id: a
          type: single
          stem: S?
          options: [{text: A}, {text: B}]
        """,
        ["b.yml:6:14: no option is correct (mark one with correct: true)"],
    ),
    (
        "two options are correct",
        """
        - id: a
          type: single
          stem: S?
          options:
            - {text: A, correct: true}
            - {text: B, correct: yes}
        """,
        ["b.yml:8:28: a second option is correct (keep one, or write type: multiple)"],
    ),
    (
        "a bad truth value",
        """
        - id: a
          type: true-false
          stem: S?
          statements: [{text: A, answer: perhaps}]
        """,
        ["b.yml:6:36: answer is 'perhaps' (write true or false)"],
    ),
    (
        "a figure without alt",
        """
        - id: a
          type: single
          stem: S?
          figure: {src: a.svg}
          options: [{text: A, correct: true}, {text: B}]
        """,
        ["b.yml:6:13: figure has no alt (write alt: what the picture shows)"],
    ),
    (
        "an answer that is no option",
        """
        - id: a
          type: matching
          stem: S?
          options: [{text: Alpha}, {text: Beta}]
          prompts:
            - {stem: p, answer: alpha}
        """,
        ["b.yml:8:27: answer 'alpha' is not an option (did you mean Alpha?)"],
    ),
    (
        "a number that is none",
        """
        - id: a
          type: numeric
          stem: S?
          answer: fifteen
        """,
        ["b.yml:6:13: answer is 'fifteen' (write a number)"],
    ),
    (
        "a region outside the figure",
        """
        - id: a
          type: hotspot
          stem: S?
          figure: {src: a.svg, alt: A}
          regions:
            - {id: r, label: R, points: [[0, 0], [1, 0], [1, 2]]}
            - {id: s, label: S, points: [[0, 0], [1, 0], [1, 1]]}
          answer: r
        """,
        ["b.yml:8:56: point is '2' (write a number of at most 1)"],
    ),
    (
        "a panel with a sixth choice",
        """
        - id: a
          type: script-concordance
          stem: S?
          hypothesis: h
          finding: f
          panel: {-2: 1, +1: 3, 3: 1}
          panel_source: nobody
        """,
        ["b.yml:8:30: panel has an entry '3' (write one of: -1, -2, 0, 1, 2)"],
    ),
    (
        "an empty text",
        """
        - id: a
          type: single
          stem:
          options: [{text: A, correct: true}, {text: B}]
        """,
        ["b.yml:5:10: stem is empty (write stem: a question that ends in ?)"],
    ),
    (
        "text that became a list",
        """
        - id: a
          type: single
          stem: [S]
          options: [{text: A, correct: true}, {text: B}]
        """,
        ["b.yml:5:11: stem is a list (write text; put it in quotes if it has ': ' in it or starts with a bracket)"],
    ),
    (
        "a list that became text",
        """
        - id: a
          type: single
          stem: S?
          references: smith2001
          options: [{text: A, correct: true}, {text: B}]
        """,
        ["b.yml:6:17: references is 'smith2001' (write a list: one line each, starting with -)"],
    ),
    (
        "an id that is none",
        """
        - id: My question
          type: single
          stem: S?
          options: [{text: A, correct: true}, {text: B}]
        """,
        ["b.yml:3:9: id 'My question' is not an id (use a-z, 0-9 and single hyphens)"],
    ),
    (
        "everything at once, steps of a case included",
        """
        - id: a
          type: case
          vignette: V
          levle: apply
          steps:
            - id: a1
              type: numeric
              stem: x?
              answer: x
            - id: a2
              type: matching
              stem: x?
              options: [{text: A}, {text: B}]
              prompts: [{stem: p, answer: C}]
            - id: a3
              type: essay
              stem: x?
        """,
        [
            "b.yml:6:5: unknown field levle (did you mean level?)",
            "b.yml:11:17: answer is 'x' (write a number)",
            "b.yml:16:37: answer 'C' is not an option (write one of: A, B)",
            f"b.yml:18:15: unknown type 'essay' (write one of: {', '.join(types.MODELS)})",
        ],
    ),
    (
        "a reveal outside a case",
        """
        - id: a
          type: single
          stem: S?
          reveal: R
          options: [{text: A, correct: true}, {text: B}]
        """,
        ["b.yml:6:13: reveal belongs to a step of a case (delete it)"],
    ),
]


def load(questions: str) -> tuple[banks.Bank | None, list[str]]:
    text = "title: T\nquestions:\n" + "".join(
        f"  {line}\n" for line in dedent(questions).strip().splitlines()
    )
    source = reader.parse(text, "b.yml")
    made, problems = banks.validate(source, "b")
    return made, sorted((str(p) for p in (*source.problems, *problems)), key=_by_line)


def _by_line(message: str) -> int:
    return int(message.split(":")[1])


@pytest.mark.parametrize(
    ("questions", "messages"), [c[1:] for c in FAULTS], ids=[c[0] for c in FAULTS]
)
def test_each_mistake_gets_one_message(questions, messages):
    assert load(questions)[1] == messages


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "b.yml:1:1: the file is empty (write title: and questions:)"),
        ("- a\n", "b.yml:1:1: a bank is a mapping (write title: and questions:)"),
        ("title: T\n", "b.yml:1:1: bank has no questions (write questions: and a list under it)"),
        ("title: T\nquestions: []\n", "b.yml:2:12: the bank has no questions"),
        ("title: T\nquestions: x\n", "b.yml:2:12: questions is 'x' (write a list"),
        ("questions:\n  - x\n", "b.yml:2:5: a question is a mapping (write - id: …)"),
        ("questions:\n  - {id: a}\n", "b.yml:1:1: bank has no title (write title: …)"),
        ("title: T\ntitel: x\nquestions:\n  - {id: a}\n", "b.yml:2:1: unknown field titel"),
    ],
)
def test_a_bank_without_its_frame(tmp_path: Path, text: str, message: str):
    path = tmp_path / "b.yml"
    path.write_text(text)
    assert any(str(p).startswith(message) for p in banks.load(path, "b.yml").problems)


def test_text_is_what_was_typed():
    made, problems = load(
        """
        - id: a
          type: single
          stem: "Is it: so?"
          options: [{text: No, correct: true}, {text: 1.0}, {text: 2019-10-01}]
        """
    )
    assert problems == []
    assert made is not None
    assert [option.text for option in made.questions[0].options] == ["No", "1.0", "2019-10-01"]
