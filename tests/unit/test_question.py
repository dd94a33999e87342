"""When a question counts as another one for a student who has answered it."""

from __future__ import annotations

import copy

import pytest

from viva.bank.question import content_hash
from viva.bank.types import MODELS

STEP = {
    "id": "knee-step",
    "type": "numeric",
    "stem": "How many menisci has a knee?",
    "answer": 2,
    "reveal": "The knee is open.",
}
CASE = {
    "id": "knee-case",
    "type": "case",
    "stem": "What now?",
    "vignette": "A knee hurts.",
    "steps": [STEP],
}


def hashed(change: dict[str, object], step: dict[str, object]) -> str:
    data = copy.deepcopy(CASE) | change
    data["steps"] = [STEP | step]
    return content_hash(MODELS["case"].model_validate(data))


@pytest.mark.parametrize("place", ["case", "step"])
@pytest.mark.parametrize(
    "unseen",
    [
        {"tags": ["F1"]},
        {"level": "apply"},
        {"objective": "knee-1"},
        {"references": ["smith"]},
        {"author": "A"},
        {"statistics": {"p": 0.5, "r": 0.1, "n": 30}},
    ],
)
def test_what_a_student_does_not_see_leaves_the_question_the_same(place, unseen):
    changed = hashed(unseen, {}) if place == "case" else hashed({}, unseen)
    assert changed == hashed({}, {})


@pytest.mark.parametrize(
    ("case", "step"),
    [
        ({"vignette": "A hip hurts."}, {}),
        ({"explanation": "Two of them."}, {}),
        ({"hint": "Look inside."}, {}),
        ({"figure": {"src": "knee.svg", "alt": "A knee."}}, {}),
        ({"shuffle": True}, {}),
        ({}, {"explanation": "Two of them."}),
        ({}, {"hint": "Look inside."}),
        ({}, {"answer": 3}),
        ({}, {"stem": "How many?"}),
        ({}, {"reveal": "The knee is closed."}),
    ],
)
def test_what_a_student_sees_or_is_marked_on_makes_it_another(case, step):
    assert hashed(case, step) != hashed({}, {})
