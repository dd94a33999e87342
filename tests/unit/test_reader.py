"""YAML as teachers write it, and as they break it."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from viva.base import reader


def data(text: str):
    source = reader.parse(text, "a.yml")
    assert source.problems == ()
    return source.data


@pytest.mark.parametrize(
    "typed", ["No", "1.0", "2019-10-01", "1e3", "0x1F", "~", "yes", "null", "=", "010"]
)
def test_a_scalar_stays_what_its_author_typed(typed):
    assert data(f"text: {typed}\n") == {"text": typed}


def test_anchors_and_merge_keys_work():
    text = "a: &a {x: 1, y: 2}\nb:\n  y: 3\n  <<: *a\nc: *a\nd:\n  <<: [*a, {z: 4}]\n  x: 9\n"
    assert data(text) == {
        "a": {"x": "1", "y": "2"},
        "b": {"y": "3", "x": "1"},
        "c": {"x": "1", "y": "2"},
        "d": {"x": "9", "y": "2", "z": "4"},
    }


def test_a_place_is_where_the_author_looks():
    source = reader.parse("a:\n  - b: x\n    c: y\n", "a.yml")
    assert source.place(("a", 0, "c")) == (3, 8)
    assert source.place(("a", 0, "c"), key=True) == (3, 5)
    assert source.place(("a", 0, "missing")) == (2, 5)


def test_windows_line_ends_and_a_byte_order_mark_do_not_matter(tmp_path: Path):
    path = tmp_path / "a.yml"
    path.write_bytes("\ufefftitle: Ä\r\nx:\r\n  - 1\r\n".encode())
    source = reader.read(path, "a.yml")
    assert (source.data, source.problems) == ({"title": "Ä", "x": ["1"]}, ())
    assert source.place(("x", 0)) == (3, 5)


BILLION_LAUGHS = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 10)
)
BROKEN = {
    "a tab": (b"a:\n\tb: 1\n", "a.yml:2:1: a tab in the indentation (use spaces)"),
    "invalid UTF-8": (
        b"title: ok\nx: caf\xe9\n",
        "a.yml:2:7: a character is not UTF-8 (save the file as UTF-8)",
    ),
    "a control character": (
        b"a: b\x07c\n",
        "a.yml:1:5: invisible control character U+0007 (delete it)",
    ),
    "a line break that nobody sees": (
        "a: b\u2028c\n".encode(),
        "a.yml:1:5: invisible line break U+2028 (delete it)",
    ),
    "a duplicate key": (
        b"a: 1\nb: 2\na: 3\n",
        "a.yml:3:1: a is written twice (it is already on line 1: keep one)",
    ),
    "an alias bomb": (
        BILLION_LAUGHS.encode(),
        "a.yml:5:45: aliases (*name) expand to too much (write the values out)",
    ),
    "an alias of nothing": (
        b"a: *nothing\n",
        "a.yml:1:4: *nothing refers to nothing (put the text in quotes; or define &nothing above)",
    ),
    "an alias of itself": (
        b"a: &a [*a]\n",
        "a.yml:1:8: *a contains itself (write the value out)",
    ),
    "a deep nest": (
        b"[" * 100_000,
        "a.yml:1:41: nested more than 40 levels deep (flatten it)",
    ),
    "a deep nest in blocks": (
        "".join("  " * n + "a:\n" for n in range(60)).encode(),
        "a.yml:41:81: nested more than 40 levels deep (flatten it)",
    ),
    "a colon in text": (
        b"stem: Which is true: this?\n",
        "a.yml:1:20: ': ' inside text (put the text in \"straight quotes\")",
    ),
    "an open quote": (
        b'a: "never closed\nb: 1\n',
        "a.yml:1:4: a quotation mark is never closed (close it; or put the other kind around the text)",
    ),
    "a reserved character": (
        b"a: @home\n",
        "a.yml:1:4: text starts with a reserved character (put it in quotes)",
    ),
    "a crooked indentation": (
        b"a:\n  b: 1\n c: 2\n",
        "a.yml:3:2: the indentation does not fit the lines above (line it up)",
    ),
    "a field without its colon": (
        b"a:\n  id: b\n  stem Which?\n  options: 1\n",
        "a.yml:3:3: a field name has no colon after it (write name: value)",
    ),
    "a field indented too far": (
        b"type: single\n  level: apply\n",
        "a.yml:2:3: this line does not fit the one above (line it up; or the one above lacks ': ' or '- ')",
    ),
    "a first field without its colon": (
        b"- id one\n  type: single\n",
        "a.yml:2:3: this line does not fit the one above (line it up; or the one above lacks ': ' or '- ')",
    ),
    "a field too far to the left": (
        b"a:\n  - b: 1\n c: 2\n",
        "a.yml:3:2: the indentation does not fit the lines above (line it up)",
    ),
    "an apostrophe in single quotes": (
        b"a: 'It doesn't'\n",
        "a.yml:1:14: text goes on after its closing quotation mark (put the other kind around it)",
    ),
    "a full-width colon": (
        "a: 1\nstem： x\n".encode(),
        "a.yml:2:5: ： is no colon to YAML (write : and a space)",
    ),
    "a space that is none behind a colon": (
        "a: 1\nstem:\xa0x\n".encode(),
        "a.yml:2:6: the character U+00A0 is no space to YAML (write a space in its place, or delete it)",
    ),
    "spaces that are none before a field": (
        "- a: 1\n\xa0\xa0b: 2\n  c: 3\n".encode(),
        "a.yml:2:1: the character U+00A0 is no space to YAML (write a space in its place, or delete it)",
    ),
    "a space that is none behind a hyphen": (
        "a:\n  -\u3000b: 1\n    c: 2\n".encode(),
        "a.yml:2:4: the character U+3000 is no space to YAML (write a space in its place, or delete it)",
    ),
    "a name with an invisible end": (
        "a: 1\nb\u200b: 2\n".encode(),
        "a.yml:2:2: the character U+200B is no space to YAML (write a space in its place, or delete it)",
    ),
    "the beginning of another file": (
        "a: 1\n\ufeffb: 2\n".encode(),
        "a.yml:2:1: the character U+FEFF is no space to YAML (write a space in its place, or delete it)",
    ),
    "a text that is not set in": (
        b"- a: |\n  One line.\n  b: 2\n",
        "a.yml:2:3: the text under | begins no further in than its name (put two more spaces before it)",
    ),
    "half a character": (
        b'a: "\\uD83D\\uDE00"\n',
        "a.yml:1:7: this escape is the number of no character (write the character itself)",
    ),
    "a bank with a bracket too many": (
        b"title: {\nquestions:\n  - stem: a {=x}\n",
        "a.yml:3:3: text starts with a comma or a closing bracket (put it in quotes)",
    ),
    "a second document": (
        b"a: 1\n---\nb: 2\n",
        "a.yml:2:1: a second document starts here (remove the line ---)",
    ),
    "a list as a name": (
        b"? [a]\n: 1\n",
        "a.yml:1:3: a field name cannot be a list or mapping (put quotes around it)",
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_gets_one_message(tmp_path: Path, name: str):
    content, message = BROKEN[name]
    path = tmp_path / "a.yml"
    path.write_bytes(content)
    assert [str(problem) for problem in reader.read(path, "a.yml").problems] == [message]


def test_a_huge_file_is_refused_before_it_is_read(tmp_path: Path):
    path = tmp_path / "a.yml"
    with path.open("wb") as file:
        file.truncate(50 * 2**20)
    message = "a.yml:1:1: file is 50\u00a0MB (split it: at most 8\u00a0MB a file)"
    assert [str(problem) for problem in reader.read(path, "a.yml").problems] == [message]


def test_front_matter_counts_lines_from_the_top_of_the_file(tmp_path: Path):
    path = tmp_path / "a.md"
    path.write_text("---\ntitle: A\nx: [1]\n---\n# A\n")
    source = reader.read_front_matter(path, "a.md")
    assert (source.data, source.place(("x",))) == ({"title": "A", "x": ["1"]}, (3, 4))


@given(st.binary(max_size=300))
def test_no_bytes_raise(tmp_path_factory, raw):
    path = tmp_path_factory.mktemp("any") / "a.yml"
    path.write_bytes(raw)
    source = reader.read(path, "a.yml")
    assert source.data is None or not source.problems or source.problems[0].code == "RD004"


TREES = st.recursive(
    st.text(alphabet="abcäß 01é-", min_size=1, max_size=8).map(str.strip).filter(bool),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(alphabet="abcxyz", min_size=1, max_size=4), inner, max_size=3)
    ),
    max_leaves=12,
)


@given(TREES)
def test_what_yaml_writes_is_read_back(tree):
    text = yaml.safe_dump({"root": tree}, allow_unicode=True, default_style='"')
    assert data(text) == {"root": tree}


@pytest.mark.parametrize("end", [": 4", "b: [", "b: 'x"])
def test_a_field_that_is_there_twice_above_a_mistake_is_no_traceback(end):
    found = reader.parse(f"a: 1\na: 2\n{end}\n", "q.yml").problems
    assert len(found) == 1
    assert found[0].code == "RD003"


@pytest.mark.parametrize("code", ["utf-16-le", "utf-16-be"])
def test_utf_16_is_known_without_its_mark(tmp_path, code):
    (tmp_path / "q.yml").write_bytes("title: T\n".encode(code))
    (found,) = reader.read(tmp_path / "q.yml", "q.yml").problems
    assert "this text is in UTF-16" in str(found)


def test_marks_of_direction_are_kept():
    assert data("a: \u2067x\u2069 \u202ey\u202c\u200f") == {"a": "\u2067x\u2069 \u202ey\u202c\u200f"}
