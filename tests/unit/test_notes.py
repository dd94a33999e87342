"""Footnotes: each is there once, something refers to it, and nothing else is said of it."""

from __future__ import annotations

import pytest

UNUSED = "nothing refers to the note [^2] (write [^2] where it belongs, or delete it)"
TWICE = "the note [^1] is there twice (give one of them another name)"
ABSENT = "there is no note [^2] (write [^2]: and its text on a line of its own)"
WRONG = {
    "A[^1]\n\n[^1]: one\n[^2]: two": (4, 1, UNUSED),
    "A\n\n[^2]: two words": (3, 1, UNUSED),
    "A[^1]\n\n[^1]: one\n[^1]: two": (4, 1, TWICE),
    "A[^1]\n\n[^1]: one more\n[^1]: two more": (4, 1, TWICE),
    "A[^1] and B[^2] `[^3]`\n\n[^1]: one": (1, 12, ABSENT),
}
SOUND = [
    "A[^1] of [^18F]FDG\n\n[^1]: one",
    "A[^1] and[^abc]\n\n[^1]: one\n\n    more[^n]\n\n[^abc]: x\n[^n]: deep\n\nend",
    "A[^1] and `[^5]`\n\n    [^1]: code\n\n```\n[^1]: y\n```\n\n[^1]: one",
    "A[^1]\n\n!!! note\n    box[^b]\n\n    [^b]: in a box\n\n[^1]: one\n\nThe end",
    "A[^1]\n\n[^1]: one\ngoes on",
    "A\n\n- b[^b]\n\n    [^b]: in a list\n\n- and more",
]


def in_bank(text: str, bank: str) -> str:
    said = "\n".join(f"      {line}" if line else "" for line in text.split("\n"))
    return f"{bank}    explanation: |\n{said}\n"


@pytest.mark.parametrize("text", [*WRONG, *SOUND])
def test_a_note_that_nothing_refers_to_or_that_is_no_note_is_told_once(make_course, sound_module, sound_bank, text):
    bank = in_bank(text, sound_bank)
    first = bank[: bank.index("explanation: |")].count("\n") + 1
    above = sound_module.count("\n") + 1
    found = [*make_course({"docs/modules/knee.md": f"{sound_module}\n{text}\n", "quizzes/knee.yml": bank}).problems]
    line, column, said = WRONG.get(text, (0, 0, ""))
    assert [(one.path, one.line, one.column, one.message) for one in found] == (
        [
            ("docs/modules/knee.md", above + line, column, said),
            ("quizzes/knee.yml", first + line, column + 6, said),
        ]
        if said
        else []
    )
