"""viva check --fix changes what it says and nothing else, and keeps the author's layout."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sampled import examples
from unit.lint.examples import course_of, dump
from viva import lint
from viva.base.reader import parse
from viva.course import courses
from viva.course.layout import Layout
from viva.lint import fixes

HEAD = "title: Test\nmodule: modules/anatomy.md\nquestions:\n"
QUIET = """\
  - id: quiet   # stays
    type: single
    stem: Which of these muscles is not affected?
    options:
      - {text: Gracilis, correct: true}
      - text: Piriformis
      - text: Sartorius
"""
NUMBERS = """\
  - id: numbers
    type: single
    stem: Which limit applies?   # the founding one
    options:
      # the largest first
      - text: 26 mm
        why: >-
          Too large
          by far.

      - text: 15 mm   # the key
        correct: true
      - {text: "17 mm", why: 'Close.'}

    explanation: It is so.
"""
SORTED = """\
  - id: numbers
    type: single
    stem: Which limit applies?   # the founding one
    options:
      - text: 15 mm   # the key
        correct: true

      - {text: "17 mm", why: 'Close.'}
      # the largest first
      - text: 26 mm
        why: >-
          Too large
          by far.

    explanation: It is so.
"""
NAMES = """\
  - id: names
    type: multiple
    stem: Which muscles turn the thigh outwards?
    options: [{text: Sartorius, correct: true}, {text: Gracilis}, {text: Piriformis,
      correct: true}]
"""
STOPS = """\
  - id: stops
    type: single
    stem: What eases the pain?
    options:
      - text: A long stride.
      - text: "A pillow under the knee"   # quoted
        correct: true
      - text: 'Rest'
"""


@pytest.fixture
def mend(tmp_path):
    """Write a bank, fix it, and return its text before and after, and what was done."""

    def run(text: str, codes=fixes.FIXABLE, newline="\n"):
        read = course_of("stem: Which nerve is it?", tmp_path)
        path = tmp_path / "quizzes/test.yml"
        path.write_bytes((HEAD + text).replace("\n", newline).encode())
        read = courses.load(Layout.of(tmp_path))
        assert read.problems == ()
        done = fixes.fix(read, "quizzes/test.yml", codes)
        return path.read_bytes().decode().removeprefix(HEAD.replace("\n", newline)), done

    return run


def test_a_quiet_negative_becomes_loud(mend):
    after, done = mend(QUIET)
    assert done == ["ST102"]
    assert after == QUIET.replace("is not affected", "is **NOT** affected")


def test_numbers_are_put_in_order_with_their_comments(mend):
    after, done = mend(NUMBERS)
    assert done == ["OP206"]
    assert after == SORTED


def test_options_on_one_line_are_put_in_order(mend):
    after, done = mend(NAMES)
    assert done == ["OP215"]
    piece = "{text: Piriformis,\n      correct: true}"
    assert f"options: [{{text: Gracilis}}, {piece}, {{text: Sartorius, correct: true}}]" in after


def test_full_stops_are_made_alike(mend):
    after, done = mend(STOPS)
    assert done == ["OP212"]
    assert after == STOPS.replace("A long stride.", "A long stride")


def test_all_at_once_and_only_once(mend, tmp_path):
    after, done = mend(QUIET + NUMBERS + NAMES + STOPS)
    assert done == ["ST102", "OP206", "OP215", "OP212"]
    again = fixes.fix(courses.load(Layout.of(tmp_path)), "quizzes/test.yml", fixes.FIXABLE)
    assert again == []
    assert (tmp_path / "quizzes/test.yml").read_text() == HEAD + after


def test_windows_line_ends_stay(mend):
    after, done = mend(NUMBERS, newline="\r\n")
    assert done == ["OP206"]
    assert "\n" not in after.replace("\r\n", "")


@pytest.mark.parametrize(
    "text",
    [
        QUIET.replace("single\n", "single\n    shuffle: true\n").replace("not", "now"),
        NUMBERS.replace("single\n", "single\n    shuffle: true\n"),
        NUMBERS.replace(
            "    explanation", "    lint: {ignore: [OP206], why: dated}\n    explanation"
        ),
        NAMES.replace("{text: Piriformis,", "{text: None of the above,"),
        QUIET.replace("is not affected", "is not affected, or not moved"),
    ],
    ids=["nothing wrong", "shuffled", "ignored", "about the others", "two candidates"],
)
def test_what_is_not_safe_is_left_alone(mend, text):
    after, done = mend(text)
    assert (after, done) == (text, [])


def test_an_alias_that_would_come_before_its_anchor_is_left_alone(mend):
    text = NUMBERS.replace("Too large\n          by far.", "Too large.").replace(
        ">-\n          Too", "&w Too"
    )
    text = text.replace("why: 'Close.'", "why: *w")
    text = text.replace("26 mm", "18 mm").replace("17 mm", "16 mm")
    after, done = mend(text)
    assert (after, done) == (text, [])


options = st.lists(
    st.text("abcxyz ':#-&*!|>%@\"\\", min_size=1, max_size=12).map(str.strip).filter(bool),
    min_size=3,
    max_size=5,
    unique=True,
)


@settings(max_examples=examples(40), deadline=None)
@given(options, st.booleans())
def test_sorting_keeps_every_option(tmp_path_factory, texts, flow):
    folder = tmp_path_factory.mktemp("fix")
    rows = [{"text": text} for text in texts]
    rows[0]["correct"] = "true"
    read = course_of(dump({"stem": "Which nerve is it?", "options": rows}), folder)
    before = parse((folder / "quizzes/example.yml").read_text(), "x").data
    fixes.fix(read, "quizzes/example.yml", ("OP215", "OP206"))
    after = parse((folder / "quizzes/example.yml").read_text(), "x").data
    first, then = before["questions"][0], after["questions"][0]
    assert sorted(map(str, first["options"])) == sorted(map(str, then["options"]))
    assert {k: v for k, v in first.items() if k != "options"} == {
        k: v for k, v in then.items() if k != "options"
    }


def test_every_fixable_code_is_a_rule():
    assert set(fixes.FIXABLE) <= set(lint.RULES)
    assert set(fixes.FIXES) == set(fixes.FIXABLE)
