"""An exam on paper in three versions, and what its students filled in."""

from __future__ import annotations

WEEK = """\
title: Final
private:
  - id: q-one
    type: single
    stem: Which valve has two leaflets?
    options:
      - {text: Aortic, why: Three.}
      - {text: Mitral, correct: true, why: Two.}
      - {text: Pulmonary, why: Three.}
      - {text: Tricuspid, why: Three.}
  - id: q-several
    type: multiple
    stem: Which are arteries?
    options:
      - {text: Aorta, correct: true, why: Yes.}
      - {text: Carotid, correct: true, why: Yes.}
      - {text: Jugular, why: A vein.}
      - {text: Portal, why: A vein.}
  - id: q-true
    type: true-false
    stem: Is it so?
    statements:
      - {text: Veins have valves., answer: true, why: Most.}
      - {text: Arteries have valves., answer: false, why: None.}
  - id: q-match
    type: matching
    theme: Chambers
    stem: Match them.
    options: [{text: Left atrium}, {text: Left ventricle}, {text: Right atrium}, {text: Right ventricle}]
    prompts:
      - {stem: It pumps into the aorta., answer: Left ventricle, why: So.}
      - {stem: It takes the caval veins., answer: Right atrium, why: So.}
  - {id: q-number, type: numeric, stem: How many chambers?, answer: 4}
"""
SHEET = ("1", "2", "3a", "3b", "4a", "4b", "5")
"""The rows of the answer sheet."""
CLASS = {
    "s1001": ("Ada", "Example", "A", [1, [0, 1], [True, False], [1, 2], "4"]),
    "s1002": ("Ben", "Sample", "B", [1, [0, 2], [True, True], [1, 0], "4"]),
    "s1003": ("Cleo", "Specimen", "C", [3, [0], [None, False], [None, 2], "3"]),
}
"""By identifier: names, version, and the answers in the author's terms."""
MARKS = {"s1001": 5.0, "s1002": 3.0, "s1003": 1.5}
"""By arithmetic: s1002 has 1 + 0 + .5 + .5 + 1, s1003 has 0 + .5 + .5 + .5 + 0."""
