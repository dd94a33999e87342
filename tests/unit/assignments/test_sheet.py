"""What a student may see of a question, and how an answer to that is marked."""

from __future__ import annotations

import json

import pytest

from viva.assignments import sheet
from viva.bank import types
from viva.bank.question import AnswerError
from viva.scaffold import questions as scaffold

from .conftest import ANSWERS, ordered, yaml


def question(kind: str, **changes):
    data = yaml(scaffold.example(kind, f"a-{kind}"))[0]
    return types.MODELS[kind].model_validate(data | changes)


SECRET = ("correct", "why", "answer", "explanation", "accept", "reject", "panel", "tolerance",
          "ends", "within", "right", "hint", "read", "references", "objective")  # fmt: skip


def names(data) -> set[str]:
    if isinstance(data, dict):
        return set(data).union(*(names(value) for value in data.values()))
    return set().union(*(names(value) for value in data)) if isinstance(data, list) else set()


@pytest.mark.parametrize("kind", sorted(types.TYPES))
def test_a_sheet_holds_nothing_of_the_key(kind):
    assert not names(sheet.sheet(question(kind))) & set(SECRET)


@pytest.mark.parametrize("kind", sorted(ANSWERS))
def test_the_pages_answer_gets_its_mark(kind):
    answer, mark = ANSWERS[kind]
    asked = question(kind)
    assert types.mark(asked, sheet.answer(asked, answer)) == mark


def test_ordering_is_marked_in_the_shown_order(week):
    asked = next(q for q in week.questions if q.type == "ordering")
    assert types.mark(asked, sheet.answer(asked, ordered(week))) == 1
    assert types.mark(asked, sheet.answer(asked, ordered(week, right=False))) == 0


def test_the_shown_order_of_items_does_not_depend_on_the_right_one():
    one = question("ordering", items=["One", "Two", "Three", "Four"])
    other = question("ordering", items=["Four", "Two", "One", "Three"])
    assert sheet.sheet(one) == sheet.sheet(other)
    assert sheet.sheet_hash(one) == sheet.sheet_hash(other)


@pytest.mark.parametrize("kind", ["single", "multiple"])
def test_shuffled_options_do_not_tell_where_the_author_wrote_the_key(kind):
    options = [{"text": text, "correct": text == "b"} for text in "abcdef"]
    one = question(kind, shuffle=True, options=options)
    other = question(kind, shuffle=True, options=options[::-1])
    assert sheet.sheet(one) == sheet.sheet(other)
    place = [option["text"] for option in sheet.sheet(one)["options"]].index("b")
    given = place if kind == "single" else [place]
    assert types.mark(one, sheet.answer(one, given)) == 1
    assert types.mark(other, sheet.answer(other, given)) == 1


def test_shuffled_matching_is_marked_by_what_was_shown():
    asked = question("matching", shuffle=True)
    shown = [option["text"] for option in sheet.sheet(asked)["options"]]
    given = [shown.index("First option"), shown.index("Third option")]
    assert types.mark(asked, sheet.answer(asked, given)) == 1
    assert types.mark(asked, sheet.answer(asked, [None, given[1]])) == 0.5


def test_a_place_in_a_figure_has_no_telling_name():
    regions = sheet.sheet(question("hotspot"))["regions"]
    assert [(region["id"], region["label"]) for region in regions] == [
        (0, "Place A"),
        (1, "Place B"),
    ]


def test_the_hash_does_not_cover_the_key():
    """Otherwise a student could try every possible key against it."""
    options = [{"text": "a", "correct": True}, {"text": "b"}]
    moved = [{"text": "a"}, {"text": "b", "correct": True}]
    asked = question("single", options=options)
    assert sheet.sheet_hash(asked) == sheet.sheet_hash(question("single", options=moved))
    assert sheet.sheet_hash(asked) != sheet.sheet_hash(question("single", options=options, stem="New?"))


@pytest.mark.parametrize(
    ("kind", "given"),
    [
        ("hotspot", 2),
        ("hotspot", "first-place"),
        ("hotspot", True),
        ("ordering", [0, 1]),
        ("ordering", [0, 1, 9]),
        ("ordering", [0, 0, 1]),
        ("ordering", {"0": 1}),
        ("ordering", [[0], [1], [2]]),
        ("case", [0]),
        ("case", 0),
        ("case", [[[]], {}]),
        ("measure", [[0.3, 0.5], [0.7, 2]]),
        ("single", "1"),
        ("single", -1),
        ("single", 1e9),
        ("multiple", [0, 0]),
        ("matching", [0]),
        ("true-false", ["true", "false"]),
        ("numeric", 15),
        ("short-answer", "x" * 501),
        ("script-concordance", 3),
    ],
)
def test_what_the_page_cannot_give_is_an_answer_error(kind, given):
    asked = question(kind)
    with pytest.raises(AnswerError):
        types.mark(asked, sheet.answer(asked, given))


def test_a_sheet_is_plain_json():
    for kind in types.TYPES:
        json.dumps(sheet.sheet(question(kind)))
