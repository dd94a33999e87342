"""What is odd in a file is read as it was meant, or told; never lost."""

from __future__ import annotations

import io

import openpyxl
import pytest

from viva.bank.interactions import Choice, Gaps
from viva.exchange import importing
from viva.exchange.limits import Incoming
from viva.exchange.reading import Asked, Desk, Left, Read


def read(name: str, content: bytes | str) -> Read:
    raw = content.encode() if isinstance(content, str) else content
    return importing.taken(Incoming(name, raw), None, Desk())[1]


def right(one: Asked | Left) -> list[str]:
    assert isinstance(one, Asked) and isinstance(one.interaction, Choice), one
    return [option.text for option in one.interaction.options if option.right]


@pytest.mark.parametrize(
    "text",
    [
        "What?\na. one\nb. two\nanswer: b\n",
        "Was?\nA. one\nB. two\nANTWORT: B\n",
        "何？\nＡ．one\nＢ．two\nANSWER：Ｂ\n",
        "Quoi ?\nA) one\nB) two\nRéponse : B\n".replace(" :", ":"),
    ],
)
def test_aiken_as_it_is_typed(text):
    [one] = read("a.txt", text).entries
    assert right(one) == ["two"]


def test_an_unclosed_brace_swallows_no_question():
    first, second = read("a.gift", "Who is {=a ~b\n\nNext? {=c ~d}\n").entries
    assert isinstance(first, Left) and "braces" in first.why
    assert right(second) == ["c"]


@pytest.mark.parametrize(
    ("content", "is_told"),
    [("Größe? {=a ~b}".encode("cp1252"), True), ("Größe? {=a ~b}".encode(), False), ("Größe? {=a ~b}".encode("utf-16"), False)],
)
def test_an_encoding_that_nothing_tells(content, is_told):
    notes = read("a.gift", content).notes
    assert ["save the file as UTF-8" in one for one in notes] == [True] * is_told


def test_liascript_with_a_comment_before_it_and_gaps_in_lines():
    text = "<!--\nauthor: X\n-->\n# C\n\nWhich?\n\n[( )] no\n[(X)] yes\n\nIt is [[ 42 ]].\n\nTake [[a|(b)|c]] here.\n"
    which, number, menu = read("a.md", text).entries
    assert right(which) == ["yes"]
    for one, wanted in ((number, "42"), (menu, "b")):
        assert isinstance(one, Asked) and isinstance(one.interaction, Gaps)
        assert [gap.right for gap in one.interaction.gaps] == [wanted]


def test_links_of_a_wiki_are_no_gaps():
    [one] = read("a.md", "See [[Heart]].\n\nWhich?\n\n- [ ] no\n- [x] yes\n").entries
    assert right(one) == ["yes"]


def test_distractors_beside_the_right_answer():
    book = openpyxl.Workbook()
    for row in (["Stem", "Key", "Distractor 1", "Distractor 2"], ["What?", "b", "a", "c"]):
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    [one] = read("a.xlsx", file.getvalue()).entries
    assert right(one) == ["b"] and isinstance(one, Asked) and one.shuffle
    assert [option.text for option in one.interaction.options] == ["b", "a", "c"]


def test_numbers_and_ranges_of_text2qti():
    number, span = read("a.txt", "1. Percent?\n= 10 +- 5%\n\n2. Range?\n= [1, 5]\n").entries
    assert isinstance(number, Asked) and (number.interaction.answer, number.interaction.slack) == (10, 0.5)
    assert isinstance(span, Asked) and (span.interaction.answer, span.interaction.slack) == (3, 2)
