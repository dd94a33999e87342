"""The file of decisions: read with its mistakes, and only added to."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from viva.base.refused import Refused
from viva.base.visible import visible
from viva.sittings.decisions import HEADER, KINDS, add, lines, load, read, standing

WHO = {"reason": "Because: it is so.", "by": "Dr A. Example", "date": "2026-12-08"}
VOID = """\
decisions:
  - what: void
    question: q-1
    reason: The figure was missing.
    by: Dr A
    date: 2026-12-08
"""


def decision(what: str, **fields):
    return KINDS[what].model_validate({"what": what, **fields, **WHO})


EVERY = (
    decision("file", file="a/b.json", row="BCDF", student="s1", counts=True),
    decision("belongs", file="Seán O'Brien_1/x.json", student="s1"),
    decision("late", student="s1"),
    decision("judged", question="q-1", answer="#no: {x}, 'y' & \"z\"", mark=0.5),
    decision("void", question="q-1"),
    decision("also", question="q-1", also=("C", "D")),
    decision("key", question="q-1", right=("B",)),
)


def test_every_kind_comes_back_as_it_was_written(tmp_path):
    path = tmp_path / "decisions.yml"
    add(path, EVERY)
    found, problems = load(path, "decisions.yml")
    assert not problems
    assert tuple(one.decision for one in found) == EVERY
    assert [one.number for one in found] == list(range(1, len(EVERY) + 1))


@pytest.mark.parametrize(
    "before",
    [
        HEADER,
        VOID,
        VOID.rstrip("\n"),
        VOID.replace("\n  ", "\n"),
        VOID.replace("\n  ", "\n      "),
        VOID.replace("\n", "\r\n"),
        f"# mine\n{VOID}# and a word at the end\n",
    ],
)
def test_nothing_that_stood_there_changes(tmp_path, before):
    path = tmp_path / "decisions.yml"
    path.write_bytes(before.encode())
    count = len(load(path, "d")[0])
    add(path, EVERY[:2])
    after = path.read_bytes().decode()
    assert after.startswith(before)
    found, problems = load(path, "d")
    assert not problems
    assert len(found) == count + 2


@pytest.mark.parametrize("before", ["decisions: []\n", "decisions:\n  broken\n", f"{VOID}more: [1]\n", "- a\n"])
def test_a_file_that_cannot_be_added_to_stays_as_it_is(tmp_path, before):
    path = tmp_path / "decisions.yml"
    path.write_text(before)
    with pytest.raises(Refused, match="write them under decisions"):
        add(path, EVERY[:1])
    assert path.read_text() == before


@given(st.text(min_size=1).map(visible).filter(bool), st.text(min_size=1).map(visible).filter(bool))
def test_any_answer_and_reason_comes_back(answer, reason):
    one = KINDS["judged"].model_validate(
        {"what": "judged", "question": "q", "answer": answer, "mark": 1, **WHO, "reason": reason}
    )
    found, problems = read(HEADER + "".join(f"  {line}\n" for line in lines(one)), "d")
    assert not problems
    assert found[0].decision == one


def test_the_later_decision_on_one_thing_stands():
    again = "".join(VOID.split("\n", 1)[1].replace("missing", "there after all"))
    found, _ = read(VOID + again, "d")
    assert [one.number for one in standing(found)] == [2]


def test_a_key_replaces_what_counted_beside_the_one_before_and_no_later_one():
    every = [decision("also", question="q", also=("C",)), decision("also", question="r", also=("C",)),
             decision("key", question="q", right=("B",)), decision("also", question="q", also=("D",))]  # fmt: skip
    text = HEADER + "".join(f"  {line}\n" for one in every for line in lines(one))
    assert [one.number for one in standing(read(text, "d")[0])] == [2, 3, 4]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("what: void", "what: viod"), "d:2:5: it is not said what was decided (did you mean void?)"),
        (("  - what: void\n    question", "  - question"), "d:2:5: it is not said what was decided (write what:"),
        (("    reason: The figure was missing.\n", ""), "d:2:5: decision has no reason (write reason: why)"),
        (("    by: Dr A\n", ""), "d:2:5: decision has no by (write by: who decided)"),
        (("2026-12-08", "yesterday"), "d:6:11: date is 'yesterday' (write a day, such as 2026-12-08)"),
        (("question: q-1", "question: q-1\n    mark: 1"), "d:4:5: unknown field mark"),
        (("decisions:", "decisions: none\nold:"), "d:1:12: decisions is not a list"),
    ],
)
def test_a_mistake_is_one_message_at_its_place(change, said):
    _, problems = read(VOID.replace(*change), "d")
    assert len(problems) == 1, problems
    assert said in str(problems[0])


@pytest.mark.parametrize("day", ["20261208", "2026-W50-2", "2026-13-08", "8.12.2026"])
def test_a_day_is_written_in_one_way(day):
    found, problems = read(VOID.replace("2026-12-08", day), "d")
    assert not found
    assert [one.message for one in problems] == [f"date is '{day}' (write a day, such as 2026-12-08)"]


def test_one_thing_written_in_two_ways_is_decided_once():
    pairs = [("late", {"student": "S1"}, {"student": "s1 "}), ("belongs", {"file": "A.json", "student": "s1"}, {"file": "a.json", "student": "s2"}),
             ("judged", {"question": "q", "answer": "Left atrium", "mark": 0}, {"question": "q", "answer": "left  atrium.", "mark": 1})]  # fmt: skip
    every = [decision(what, **fields) for what, *both in pairs for fields in both]
    text = HEADER + "".join(f"  {line}\n" for one in every for line in lines(one))
    assert [one.number for one in standing(read(text, "d")[0])] == [2, 4, 6]
