"""What is in a student's file is checked before it is believed."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from viva.assignments.submissions import Bad, Submission, read
from viva.assignments.uploads import Upload

from .conftest import as_file, sent


def of(content: bytes, assignment):
    return read(Upload("a.json", content), assignment)


def test_a_file_of_the_page_is_a_submission(week):
    found = of(as_file(sent(week)), week)
    assert isinstance(found, Submission)
    assert (found.identifier, found.name, found.attempt) == ("s1", "Ada Example", 1)
    assert found.finished.isoformat() == "2026-12-01T11:00:00+01:00"
    assert found.remarks == ()


def test_a_mark_in_the_file_is_never_read_and_said(week):
    found = of(as_file(sent(week, marks={"a-single": 1}, total=99)), week)
    assert tuple(map(str, found.remarks)) == ("holds fields that the page does not write, not read: marks, total",)


def test_answers_to_other_questions_are_said(week):
    data = sent(week)
    data["answers"]["not-asked"] = {"hash": "x", "answer": 1}
    assert tuple(map(str, of(as_file(data), week).remarks)) == (
        "answers questions that the assignment does not have, not marked: not-asked",
    )


BAD = {
    b"": "is empty",
    b"  \n": "is empty",
    b"\xff\xfe{}": "not text",
    b"%PDF-1.7": "not JSON",
    b"{": "not JSON",
    b'{"viva": 1, "viva": 1}': "not JSON",
    b'{"viva": NaN}': "not JSON",
    b'{"viva": 1' + b"0" * 5000 + b"}": "not JSON",
    b"[]": "is not a file that the assignment page wrote",
    b"3": "is not a file that the assignment page wrote",
    b"null": "is not a file that the assignment page wrote",
    b'{"score": 10}': "is not a file that the assignment page wrote",
    b"[" * 100_000: "nested too deeply",
    b'{"viva":' + b"[" * 900 + b"]" * 900 + b"}": "nested too deeply",
    b'{"viva": 2}': "another version",
    b'{"viva": "1"}': "another version",
    b'{"viva": 1}': "has no assignment",
}


@pytest.mark.parametrize("content", BAD, ids=range(len(BAD)))
def test_a_bad_file_is_named_with_its_reason(week, content):
    found = of(content, week)
    assert isinstance(found, Bad)
    assert BAD[content] in found.reason


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"assignment": "week-2"}, "is for the assignment week-2, not week-1"),
        ({"assignment": 1}, "has a wrong assignment"),
        ({"name": ["x"]}, "has a wrong name"),
        ({"name": "x" * 201}, "has a wrong name"),
        ({"identifier": 12}, "has a wrong identifier"),
        ({"identifier": ""}, "has a wrong identifier"),
        ({"identifier": " \u200b "}, "has no identifier"),
        ({"attempt": "1"}, "has a wrong attempt"),
        ({"attempt": 0}, "has a wrong attempt"),
        ({"attempt": 1.5}, "has a wrong attempt"),
        ({"attempt": True}, "has a wrong attempt"),
        ({"answers": []}, "has a wrong answers"),
        ({"answers": {"a-single": 1}}, "has a wrong answers.a-single"),
        ({"answers": {"a-single": {"answer": 1}}}, "has no answers.a-single.hash"),
        ({"answers": {f"q{n}": None for n in range(2001)}}, "has more than 2000 answers"),
        ({"started": {}}, "has a wrong started"),
        ({"name": "half a sign \ud800"}, "has a wrong name"),
    ],
)
def test_a_wrong_field_is_named(week, change, said):
    found = of(as_file(sent(week) | change), week)
    assert isinstance(found, Bad)
    assert said in found.reason


def test_names_lose_what_does_not_show(week):
    data = sent(week, name="Ad\u202ea\x00  Example", identifier=" s1\u200b ")
    found = of(as_file(data), week)
    assert (found.name, found.identifier) == ("Ada Example", "s1")


def test_times_that_are_none_do_no_harm(week):
    found = of(as_file(sent(week, started="yesterday", finished=None)), week)
    assert (found.started, found.finished) == (None, None)
    assert tuple(map(str, found.remarks)) == ("does not say when it was finished",)


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@settings(deadline=None)
@given(data=st.data())
def test_nothing_in_a_file_raises(week_once, data):
    whole = sent(week_once)
    for name in data.draw(st.lists(st.sampled_from(sorted(whole)), max_size=3)):
        whole[name] = data.draw(values)
    assert isinstance(of(as_file(whole), week_once), (Submission, Bad))


@settings(deadline=None)
@given(st.binary(max_size=200))
def test_no_bytes_raise(week_once, content):
    assert isinstance(of(content, week_once), Bad)


def test_json_numbers_are_what_they_were(week):
    text = json.dumps(sent(week)).replace('"attempt": 1', '"attempt": 1e0').encode()
    assert isinstance(of(text, week), Bad)
