"""The examples of rules as courses: what a docstring leaves out is filled in without a flaw.

A question's example names only the fields that matter. Examples of banks may be sketches: `keys:
ABCD` stands for four questions with their right options in these places, `questions: 24` for so
many clean questions, of which `longest-is-right: 18` have the longest option right.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from viva.base.reader import parse
from viva.course import courses
from viva.course.courses import Course
from viva.course.layout import Layout

_BONES = """
acetabulum calcaneus clavicle coccyx cuboid femur fibula frontal hamate humerus hyoid ilium incus
ischium lunate malleus mandible maxilla metatarsal navicular occiput patella pisiform pubis radius
sacrum scaphoid scapula stapes sternum talus tibia trapezium triquetrum ulna vomer zygoma
"""
BONES = _BONES.split()
BIB = "@article{handbook, author={Hanna, A.}, title={On muscles}, journal={J}, year={2015}}\n"
SVG = '<svg xmlns="http://www.w3.org/2000/svg"><!-- {} --></svg>\n'
FILES: dict[str, tuple[str, dict[str, Any]]] = {
    "blueprint": ("quizzes/blueprint.yml", {}),
    "site": ("mkdocs.yml", {}),
    "assignment": ("quizzes/assignments/week-1.yml", {"title": "Week 1"}),
}
"""What an example may say of other files than the bank, and what these hold besides."""
WHY = "It lies beside the joint, and that is what makes it tempting here."


def course_of(example: str, folder: Path) -> Course:
    """Write the course that an example stands for, and load it."""
    data = parse(example + "\n", "example").data
    write(folder / "docs/references.bib", BIB + data.pop("bibliography", ""))
    for name, (path, base) in FILES.items():
        if name in data:
            write(folder / path, dump(base | data.pop(name)))
    return course_with(list(questions_of(data)), folder, objectives_of(data))


def course_with(
    questions: list[dict[str, Any]], folder: Path, objectives: list[dict[str, str]] | None = None
) -> Course:
    """Write a course with these questions, and load it."""
    bank = {"title": "Example", "module": "modules/anatomy.md", "questions": questions}
    declared = objectives or objectives_of({})
    front = {"title": "Anatomy", "objectives": declared, "revised": "2026-11-22"}
    write(folder / "docs/modules/anatomy.md", f"---\n{dump(front)}---\n\n# Anatomy\n\n## Parts\n")
    if not (folder / "docs/references.bib").exists():
        write(folder / "docs/references.bib", BIB)
    licence = "SPDX-License-Identifier: CC0-1.0"
    write(folder / "docs/assets/figures/hand.svg", SVG.format(licence))
    write(folder / "docs/assets/photos/heart.svg", SVG.format("a heart"))
    write(folder / "quizzes/example.yml", dump(bank))
    return courses.load(Layout.of(folder))


def objectives_of(data: dict[str, Any]) -> list[dict[str, str]]:
    """The example's objectives, or one without a flaw."""
    return data.get("objectives") or [
        {"id": "anatomy-1", "text": "name the parts of the heart on a drawing", "level": "remember"}
    ]


def questions_of(data: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The example's questions, made whole."""
    if "keys" in data:
        yield from (clean(n, "ABCDE".index(letter)) for n, letter in enumerate(data["keys"]))
    elif "words" in data:
        said = "The muscle lies beside the bone. " * (int(data["words"]) // 6)
        yield whole({"stem": f"{said}Which nerve supplies it?"}, 0)
    elif isinstance(data.get("questions"), list):
        yield from (whole(question, n) for n, question in enumerate(data["questions"]))
    elif isinstance(data.get("questions"), str) or "objectives" in data:
        asked = data | {"level": objectives_of(data)[0]["level"]} if "objectives" in data else data
        yield from (sketched(asked, n) for n in range(int(data.get("questions", 2))))
    else:
        yield whole(data, 0)
    if "questions" not in data and "keys" not in data and "objectives" not in data:
        yield clean(98, 0)
        yield clean(99, 1)


def sketched(data: dict[str, Any], number: int) -> dict[str, Any]:
    """One of many clean questions, with the flaw that the sketch asks for."""
    made = clean(number, number * 7 % 4)
    if number < int(data.get("longest-is-right", 0)):
        option = next(option for option in made["options"] if option.get("correct"))
        option["text"] += " proper"
    elif "longest-is-right" in data:
        option = next(option for option in made["options"] if not option.get("correct"))
        option["text"] += " proper"
    if number < int(data.get("negative", 0)):
        made["stem"] = made["stem"].replace("Which bone is", "Which bone is **NOT**")
    if data.get("same-options"):
        made["options"] = clean(0, number % 4)["options"]
    return made | ({"level": data["level"]} if "level" in data else {})


def clean(number: int, key: int) -> dict[str, Any]:
    """A question without a flaw, different from all others."""
    chance = random.Random(number)
    names = sorted(chance.sample([bone for bone in BONES if 5 <= len(bone) <= 6], 4))
    options = [{"text": name.capitalize(), "why": WHY} for name in names]
    options[key] |= {"correct": True}
    others = [bone for bone in BONES if bone not in names]
    where = " and ".join(chance.sample(others, 5))
    return whole(
        {"stem": f"Which bone is linked with {where} in specimen {number}?", "options": options},
        number,
    )


def whole(question: dict[str, Any], number: int) -> dict[str, Any]:
    """A question with everything that its example leaves out."""
    made: dict[str, Any] = {
        "id": f"question-{number}",
        "type": "single",
        "objective": "anatomy-1",
        "level": "understand",
        "stem": "Which nerve supplies most of the small muscles of the hand?",
        "explanation": "Every muscle has its nerve, and this one has a nerve of its own.",
        "references": ["handbook"],
    }
    if question.get("type", "single") in ("single", "multiple"):
        made["options"] = [
            {"text": "Tibial nerve"},
            {"text": "Ulnar nerve", "correct": True},
            {"text": "Vagus nerve"},
        ]
    made |= question
    made = {name: value for name, value in made.items() if value not in ("", [])}
    for option in made.get("options", []):
        if made["type"] in ("single", "multiple") and option.setdefault("why", WHY) == "":
            del option["why"]
    return made


def write(path: Path, text: str) -> None:
    """Write a file and the folders around it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def dump(data: Any) -> str:
    """Data as YAML."""
    return yaml.safe_dump(data, sort_keys=False, allow_unicode=True)
