"""viva feedback writes numbers beside the questions, and changes nothing else."""

from __future__ import annotations

import json
import re
from copy import deepcopy
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from sampled import examples
from viva.analysis.record import facts, record
from viva.assignments import load_all, sheet
from viva.bank.question import content_hash
from viva.base.reader import parse
from viva.base.refused import Refused
from viva.cli import main
from viva.course import courses
from viva.course.layout import Layout

BANK = """\
title: Knee   # the joint
module: modules/knee.md
questions:
  # the first
  - id: first   # keep this id
    type: single
    stem: >-
      Which bone
      is in front?

    options:
      - {text: Fibula, why: "It is lateral: always."}
      - text: Patella
        correct: true

  - {id: second, type: numeric, stem: How many?, answer: 2}
  - type: true-false
    statements: [{text: It is round., answer: true}]
    stem: Is it so?
    id: third
  - id: a-case
    type: case
    vignette: A man falls.
    steps:
      - id: a-step
        type: numeric
        stem: How many?
        answer: 2
"""
WEEK = """\
title: Week 1
questions: [first]
private:
  - id: secret
    type: numeric
    stem: How many?
    answer: 3
"""
PAGE = "---\ntitle: Knee\n---\n# Knee\n"
GIVEN = {"first": (0.625, 0.314, 48), "second": (1.0, None, 48), "third": (0.0, -0.2, 48)}


def numbers(**given: tuple[float, float | None, int]) -> dict[str, dict[str, str]]:
    return {
        name.replace("_", "-"): {"p": f"{p:.2f}"}
        | ({} if r is None else {"r": f"{r:.2f}"})
        | {"n": str(n)}
        for name, (p, r, n) in given.items()
    }


@pytest.fixture
def keep(tmp_path):
    """Write a course with this bank, record these numbers, and return the bank's text and more."""

    def run(bank: str | bytes, found, week: str = WEEK):
        for name, text in {
            "mkdocs.yml": "site_name: T\n",
            "docs/modules/knee.md": PAGE,
            "quizzes/knee.yml": bank,
            "quizzes/assignments/week-1.yml": week,
        }.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text if isinstance(text, bytes) else text.encode())
        done = record(Layout.of(tmp_path), found)
        return (tmp_path / "quizzes/knee.yml").read_bytes().decode(), done

    return run


def test_numbers_stand_under_the_id_and_all_else_stays(keep, tmp_path):
    after, done = keep(BANK, numbers(**GIVEN, a_case=(0.5, 0.1, 48), secret=(0.25, 0.2, 48)))
    assert after == (
        BANK.replace(
            "# keep this id\n", "# keep this id\n    statistics: {p: 0.62, r: 0.31, n: 48}\n"
        )
        .replace("{id: second,", "{id: second, statistics: {p: 1.00, n: 48},")
        .replace("id: third\n", "id: third\n    statistics: {p: 0.00, r: -0.20, n: 48}\n")
        .replace("a-case\n", "a-case\n    statistics: {p: 0.50, r: 0.10, n: 48}\n")
    )
    week = (tmp_path / "quizzes/assignments/week-1.yml").read_text()
    assert week == WEEK.replace("secret\n", "secret\n    statistics: {p: 0.25, r: 0.20, n: 48}\n")
    assert done.written == {"quizzes/knee.yml": 4, "quizzes/assignments/week-1.yml": 1}
    assert (done.refused, done.same) == ((), 0)
    assert sorted(path.name for path in (tmp_path / "quizzes").iterdir()) == [
        "assignments",
        "knee.yml",
    ]


def test_the_result_is_sound_and_no_hash_has_changed(keep, tmp_path):
    keep(BANK, {})
    before, week = _loaded(tmp_path)
    keep(BANK, numbers(**GIVEN, a_case=(0.5, 0.1, 48), a_step=(0.5, 0.1, 48), secret=(0.2, 0.1, 9)))
    after, week_after = _loaded(tmp_path)
    assert after["first"].statistics.n == 48
    assert after["a-case"].steps[0].statistics.p == 0.5
    assert week_after.questions[-1].statistics.n == 9
    for name, question in before.items():
        assert content_hash(after[name]) == content_hash(question)
        assert after[name].model_dump_json() == question.model_dump_json()
        assert sheet.sheet_hash(after[name]) == sheet.sheet_hash(question)
    assert sheet.sheet_hash(week.questions[-1]) == sheet.sheet_hash(week_after.questions[-1])


def _loaded(folder: Path):
    read = courses.load(Layout.of(folder))
    assert read.problems == ()
    (week,), problems = load_all(read)
    assert not problems
    return read.questions, week


def test_a_second_time_changes_nothing_and_does_not_write(keep, tmp_path):
    after, _ = keep(BANK, numbers(**GIVEN))
    path = tmp_path / "quizzes/knee.yml"
    stamp = path.stat().st_mtime_ns, path.stat().st_ino
    done = record(Layout.of(tmp_path), numbers(**GIVEN))
    assert (path.stat().st_mtime_ns, path.stat().st_ino) == stamp
    assert (dict(done.written), done.same, path.read_text()) == ({}, 3, after)


OLD = BANK.replace(
    "    type: single\n",
    "    statistics:   # spring\n      p: 0.9\n      r: 0.1  # low\n      n: 7\n    type: single\n",
)


@pytest.mark.parametrize(
    ("bank", "new", "written"),
    [
        (OLD, (0.5, 0.25, 9), OLD.replace("p: 0.9", "p: 0.50").replace("r: 0.1 ", "r: 0.25 ").replace("n: 7", "n: 9")),
        (OLD.replace("  # low", ""), (0.5, None, 9),
         OLD.replace("p: 0.9\n      r: 0.1  # low\n      n: 7", "{p: 0.50, n: 9}")),
        (BANK.replace("single\n", "single\n    statistics: {p: 1, n: 3}\n"), (0.5, 0.1, 9),
         BANK.replace("single\n", "single\n    statistics: {p: 0.50, r: 0.10, n: 9}\n")),
        (BANK.replace("single\n", "single\n    statistics:\n"), (0.5, 0.1, 9),
         BANK.replace("single\n", "single\n    statistics: {p: 0.50, r: 0.10, n: 9}\n")),
        (BANK.replace("  - id: first ", "  - &a id: first ").replace("&a id", "&a\n    id"), (0.5, 0.1, 9),
         BANK.replace("  - id: first ", "  - &a\n    id: first ").replace("this id\n", "this id\n    statistics: {p: 0.50, r: 0.10, n: 9}\n")),
    ],
    ids=["number by number", "at once", "in braces", "empty", "anchor"],
)  # fmt: skip
def test_what_is_there_is_replaced(keep, bank, new, written):
    after, done = keep(bank, numbers(first=new))
    assert after == written
    assert done.refused == ()


def test_windows_files_stay_so(keep):
    raw = b"\xef\xbb\xbf" + BANK.replace("\n", "\r\n").encode()
    after, _ = keep(raw, numbers(**GIVEN))
    assert after.startswith("\ufeff") and "\n" not in after.replace("\r\n", "")
    assert after.count("statistics") == 3


def test_a_file_without_a_last_line_end(keep):
    bank = (
        "title: K\nquestions:\n  - type: numeric\n    stem: How many?\n    answer: 2\n    id: first"
    )
    after, _ = keep(bank, numbers(first=(0.5, 0.1, 9)))
    assert after == f"{bank}\n    statistics: {{p: 0.50, r: 0.10, n: 9}}"


MERGED = """\
title: Knee
questions:
  - &base
    id: first
    type: numeric
    stem: How many?
    answer: 2
  - <<: *base
    id: second
"""


def test_an_inherited_number_is_refused_and_nothing_else(keep):
    """The second question would get the numbers of the first."""
    after, done = keep(MERGED, numbers(first=(0.5, 0.1, 9)))
    assert after == MERGED
    (said,) = done.refused
    assert said.startswith("quizzes/knee.yml:4:9: statistics of first cannot be written")


def test_both_together_are_safe(keep):
    after, done = keep(MERGED, numbers(first=(0.5, 0.1, 9), second=(0.25, 0.1, 9)))
    assert done.refused == ()
    data = yaml.safe_load(after)["questions"]
    assert [one["statistics"]["p"] for one in data] == [0.5, 0.25]


@pytest.mark.parametrize(
    ("bank", "said"),
    [
        (OLD, "statistics of first cannot be written"),
        (BANK.replace("keep this id\n", "keep this id\n    id: again\n"), "id is written twice"),
        (BANK.replace("title: Knee", "title: 'Knee"), "no question of this course has this id"),
        (BANK.replace("module: modules/knee.md\n", "module: modules/knee.md\r\n"), "lines end in different ways"),
    ],
    ids=["a comment would be lost", "broken", "unreadable", "mixed lines"],
)  # fmt: skip
def test_what_cannot_be_written_is_said(keep, bank, said):
    after, done = keep(bank, numbers(first=(0.5, None, 9)))
    assert after == bank
    assert len(done.refused) == 1 and said in done.refused[0]


# Every way in which a question may be written that the reader takes.
FORMS = (
    "  - id: {id}\n    type: numeric\n    stem: 'How # many?'\n    answer: 2\n",
    "  -   id: {id}  # why\n      type: numeric\n      stem: How many?\n      answer: 2\n\n",
    "  - type: numeric\n    stem: |\n      How many?\n      id: none\n    answer: 2\n    id: \"{id}\"\n",
    "  - {{type: numeric, id: {id}, stem: How many, answer: 2}}\n",
    "  - {{\n    id: {id},\n    type: numeric, stem: How many,  # brace\n    answer: 2 }}\n",
    "  - &n{n}\n    id: '{id}'\n    type: numeric\n    stem: How many?\n    answer: 2\n",
    "  - &n{n} {{id: {id}, type: numeric, stem: How many, answer: 2}}\n",
    "  -\n    ? id\n    : {id}\n    ? type\n    : numeric\n    stem: How many?\n    answer: 2\n",
    "  - id: {id}\n    statistics: {{p: 0.1, n: 3}}   # old\n    type: numeric\n    stem: How?\n    answer: 2\n",
    "  - id: {id}\n    statistics:\n      n: 3\n      r: 0.5\n      p: 0.1\n    type: numeric\n    stem: How?\n    answer: 2\n",
    "  - id: &i{n} {id}\n    type: short-answer\n    stem: Which?\n    accept: [*i{n}]\n",
    "  - id: c{id}\n    type: case\n    vignette: V.\n    steps:\n    - id: {id}\n      type: numeric\n      stem: How?\n      answer: 2\n",
    "  - <<: *base\n    id: {id}\n",
    "  - {{<<: *base, id: {id}}}\n",
)  # fmt: skip
BASE = "  - &base\n    id: base\n    type: numeric\n    stem: How many?\n    answer: 2\n"
share = st.floats(0, 1, allow_nan=False)
found = st.tuples(share, st.none() | st.floats(-1, 1, allow_nan=False), st.integers(1, 999))
banks = st.lists(st.tuples(st.sampled_from(FORMS), st.none() | found), min_size=1, max_size=8)


def without(data, targets):
    """The data less the numbers of some questions, and those numbers."""
    data, told = deepcopy(json.loads(json.dumps(data))), {}

    def strip(listed):
        for question in listed:
            if question["id"] in targets:
                told[question["id"]] = question.pop("statistics", None)
            strip(question.get("steps", []))

    strip(data["questions"])
    return data, told


@settings(max_examples=examples(60), deadline=None)
@given(banks, st.none() | found, st.sampled_from(["\n", "\r\n"]))
def test_before_and_after_differ_in_nothing_but_statistics(tmp_path_factory, made, base, newline):
    folder = tmp_path_factory.mktemp("record")
    body = "".join(form.format(id=f"q-{n}", n=n) for n, (form, _) in enumerate(made))
    text = "title: K   # here\nquestions:\n" + BASE + body
    path = folder / "quizzes/knee.yml"
    path.parent.mkdir()
    path.write_bytes(text.replace("\n", newline).encode())
    wanted = numbers(**{f"q_{n}": new for n, (_, new) in enumerate(made) if new})
    wanted |= numbers(base=base) if base else {}
    done = record(Layout.of(folder), wanted)
    after = path.read_bytes().decode()
    assert after.replace(newline, "").count("\n") == 0
    after = after.replace(newline, "\n")
    refused = {name for name in wanted if any(f" {name} cannot" in said for said in done.refused)}
    # Read by another reader than ours: what is meant is there, and nothing else has changed.
    old, _ = without(yaml.load(text, yaml.CSafeLoader), wanted.keys() - refused)
    new, told = without(yaml.load(after, yaml.CSafeLoader), wanted.keys() - refused)
    assert new == old
    assert {name: {k: float(v) for k, v in said.items()} for name, said in told.items()} == {
        name: {k: float(v) for k, v in said.items()}
        for name, said in wanted.items()
        if name not in refused
    }
    # Refused are only a base that others inherit from, and keys on lines of their own (`? id`).
    assert refused <= {"base"} | {f"q-{n}" for n, (form, _) in enumerate(made) if "? id" in form}
    # Comments, order and layout: what was there is there, character by character.
    plain = re.compile(
        r"\n *statistics: \{[^}]*\}|, statistics: \{[^}]*\}|statistics:[^#t]*(?=#|type|\n)"
    )
    assert plain.sub("", after) == plain.sub("", text)
    again = record(Layout.of(folder), wanted)
    assert path.read_bytes().decode().replace(newline, "\n") == after
    assert again.written == {}
    assert parse(after, "x").problems == ()


def analysed(folder: Path, **given) -> None:
    folder.mkdir(exist_ok=True)
    items = [
        {"id": name.replace("_", "-"), "p": p, "r_rest": r} for name, (p, r, _) in given.items()
    ]
    (folder / "analysis.json").write_text(json.dumps({"students": 48, "items": items}))


def test_the_command(keep, tmp_path, monkeypatch):
    keep(BANK, {})
    monkeypatch.chdir(tmp_path)
    analysed(tmp_path / "results", **GIVEN)
    done = CliRunner().invoke(main, ["feedback", "results"])
    assert (done.exit_code, done.stdout) == (0, "")
    assert done.stderr == "quizzes/knee.yml: 3 questions\n"
    assert facts(tmp_path / "results/analysis.json") == numbers(**GIVEN)
    again = CliRunner().invoke(main, ["feedback", "results"])
    assert (again.exit_code, again.stderr) == (0, "as before: 3 questions\n")


def test_the_command_names_what_it_does_not_know(keep, tmp_path, monkeypatch):
    keep(BANK, {})
    monkeypatch.chdir(tmp_path)
    analysed(tmp_path / "results", **GIVEN, elsewhere=(1.0, None, 1))
    done = CliRunner().invoke(main, ["feedback", "results"])
    assert done.exit_code == 1
    assert done.stdout == "elsewhere: no question of this course has this id\n"
    assert "statistics" in (tmp_path / "quizzes/knee.yml").read_text()


def test_without_an_analysis_it_says_what_to_do(keep, tmp_path, monkeypatch):
    keep(BANK, {})
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(main, ["feedback", "."])
    assert done.exit_code == 1
    assert "run viva analyse first" in done.output
    (tmp_path / "analysis.json").write_text("{}")
    with pytest.raises(Refused, match="not what viva analyse wrote"):
        facts(tmp_path / "analysis.json")


@pytest.mark.parametrize(
    ("field", "said"),
    [
        ("{p: 2, n: 3}", "p is '2' (write a number of at most 1)"),
        ("{p: 0.5, r: -3, n: 3}", "r is '-3' (write a number of at least -1)"),
        ("{p: 0.5, n: 0}", "n is '0' (write a number of at least 1)"),
        ("{p: 0.5}", "statistic has no n"),
        ("high", "statistics is 'high' (write p: … and n: … under it)"),
    ],
)
def test_what_an_author_writes_there_is_checked(keep, tmp_path, field, said):
    keep(BANK.replace("type: single\n", f"type: single\n    statistics: {field}\n"), {})
    (problem,) = courses.load(Layout.of(tmp_path)).problems
    assert said in problem.message
    assert problem.line == 7
