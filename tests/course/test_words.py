"""Spelling and reading level of everything that a student reads."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from spellchecker import SpellChecker

from viva.bank.banks import flat
from viva.course.pages import UNREAD, WORD

ROOT = Path(__file__).resolve().parents[2]
HIDDEN = {
    "accept",
    "id",
    "type",
    "tags",
    "references",
    "read",
    "objective",
    "reject",
    "steps",
    "level",
}
AMERICAN = re.compile(
    r"\b(?:edema\w*|tumors?|colors?|behaviors?|centers?|fibers?|randomized|recognized|"
    r"standardized|pediatric\w*|orthopedic\w*|anesthe\w+|hematoma\w*|maneuvers?)\b",
    re.IGNORECASE,
)
NAMES = "Database Center for Life Science"  # spelt as its owner does
VOWELS = re.compile(r"[aeiouy]+", re.IGNORECASE)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from _texts(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _texts(part)


def prose(read) -> dict[str, str]:
    """Everything that a student reads, by the file it stands in."""
    found = {page.name: " ".join(page.words()) for page in read.pages.values()}
    for path, deck in read.cards.items():
        told = [card.model_dump(exclude=HIDDEN) for card in deck]
        found[f"cards of {path}"] = UNREAD.sub(" ", " ".join(_texts(told)))
    for bank in read.banks:
        questions = [q.model_dump(exclude=HIDDEN | {"figure"}) for q in flat(bank.questions)]
        found[bank.path] = UNREAD.sub(" ", " ".join(_texts(questions)))
    return found


def test_every_word_is_spelt_right(read):
    checker = SpellChecker()
    known = (ROOT / "tests/course/data/words.txt").read_text("utf-8").split("\n")[1:]
    checker.word_frequency.load_words(known)
    wrong = {}
    for name, text in prose(read).items():
        words = {word.lower().replace("’", "'").removesuffix("'s") for word in WORD.findall(text)}
        parts = {part for word in words for part in word.split("-") if len(part) > 2}
        if unknown := checker.unknown(parts):
            wrong[name] = sorted(unknown)
    assert wrong == {}


def test_spelling_is_british(read):
    texts = {name: text.replace(NAMES, "") for name, text in prose(read).items()}
    found = {name: AMERICAN.findall(text) for name, text in texts.items()}
    allowed = {"docs/glossary.md"}  # which names the American forms, so that search finds them
    assert {name: words for name, words in found.items() if words and name not in allowed} == {}


def test_reading_level_is_reported_and_fits_a_student(read, capsys):
    """Flesch-Kincaid grade (Kincaid 1975); medical terms raise it, so the limit is generous."""
    grades = {
        path: _grade(UNREAD.sub(" ", page.text.split("---", 2)[2]))
        for path, page in read.pages.items()
        if path.startswith("modules/")
    }
    with capsys.disabled():
        print("\nReading level (Flesch-Kincaid grade):")
        for path, grade in grades.items():
            print(f"  {grade:4.1f}  {path}")
    assert grades
    assert all(grade <= 14 for grade in grades.values())


def _grade(text: str) -> float:
    sentences = [s for s in re.split(r"[.?!:]\s|\n\n", text) if len(WORD.findall(s)) > 2]
    words = [word for sentence in sentences for word in WORD.findall(sentence)]
    syllables = sum(max(1, len(VOWELS.findall(word.removesuffix("e")))) for word in words)
    return 0.39 * len(words) / len(sentences) + 11.8 * syllables / len(words) - 15.59
