"""Every entry of a course's folders is read, or named with what to do."""

from __future__ import annotations

import os
import socket

import pytest

from viva.assignments import load_all
from viva.base import folders
from viva.base.problems import as_json
from viva.cli import checked


def messages(course) -> list[str]:
    return [f"{p.severity} {p}" for p in course.problems]


def named(course, name: str) -> str:
    found = [line for line in messages(course) if f" {name}:1:1: " in line]
    assert len(found) == 1, messages(course)
    return found[0]


@pytest.mark.parametrize("name", ["deep/er/extra.yml", "extra.YML", "extra.YAML", "a/extra.Yml", "x.yml/extra.yml"])
def test_banks_are_read_wherever_they_lie_and_however_they_end(make_course, sound_bank, name):
    bank = sound_bank.replace("knee-bones", "more-bones").replace("title: Knee", "title: More")
    course = make_course({f"quizzes/{name}": bank})
    assert [one.id for one in course.banks if one.title == "More"] == ["extra"]
    assert "more-bones" in course.questions
    assert [line for line in messages(course) if line.startswith("error")] == []


WEEK = "title: Week\nquestions: [knee-bones]\n"


def test_assignments_in_folders_are_read_and_named_by_their_files(make_course):
    found, problems = load_all(make_course({"quizzes/assignments/term/week-1.yml": WEEK}))
    assert ([one.id for one in found], problems) == (["week-1"], [])


def test_two_files_of_one_name_are_one_message_and_one_bank(make_course, sound_bank):
    course = make_course({"quizzes/other/knee.yml": sound_bank})
    assert messages(course) == [
        "error quizzes/other/knee.yml:1:1: quizzes/knee.yml has the same name, which is the bank’s id (rename one of them)"
    ]
    assert len(course.banks) == 1


UNREAD = {
    "a.gift": ("error", "bring it in with viva import, then move it out of quizzes/"),
    "b.txt": ("error", "save it as plain text and name it b.yml"),
    "c.docx": ("error", "bring it in with viva import"),
    "sub/d.xlsx": ("error", "bring it in with viva import"),
    "e.xml": ("error", "bring it in with viva import"),
    "f.json": ("warning", "name it f.yml if it is a bank"),
    "g.zip": ("error", "bring it in with viva import"),
    "h.png": ("warning", "figures belong into docs/assets/"),
    "i.md": ("warning", "a bank ends in .yml"),
    ".k.yml": ("warning", "this file is hidden"),
    "._l.yml": ("info", "leave behind"),
    "~$m.docx": ("info", "leave behind"),
    ".DS_Store": ("info", "leave behind"),
}


@pytest.mark.parametrize("name", UNREAD)
def test_what_is_not_read_is_named_with_what_to_do(make_course, name):
    severity, said = UNREAD[name]
    line = named(make_course({f"quizzes/{name}": b"\x00\xffx"}), f"quizzes/{name}")
    assert line.startswith(f"{severity} ") and said in line


def test_a_readme_and_the_schema_are_expected(make_course):
    assert messages(make_course({"quizzes/README.md": "x", "quizzes/schema.json": "{}"})) == []


SAVED_AS = {
    b"{\\rtf1\\ansi x}": "a document with formats (RTF)",
    b"PK\x03\x04xxx": "a document of an office program or a zip",
    b"\xff\xfet\x00": "this text is in UTF-16",
    b"%PDF-1.7": "this is a PDF",
    b"<!DOCTYPE html>\n<html>x</html>": "this is a web page, or questions of another format",
    b"::a::Which? {=this ~that}": "this is a web page, or questions of another format",
    b"Which?\nA. this\nB. that\nANSWER: A\n": "this is a web page, or questions of another format",
}


@pytest.mark.parametrize("raw", SAVED_AS)
def test_another_kind_of_file_that_ends_in_yml_is_told(make_course, raw):
    assert SAVED_AS[raw] in named(make_course({"quizzes/x.yml": raw}), "quizzes/x.yml")


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such entries")
def test_pipes_sockets_links_and_loops_neither_crash_nor_hang(make_course, tmp_path):
    make_course()
    quizzes, docs = tmp_path / "quizzes", tmp_path / "docs"
    os.mkfifo(quizzes / "pipe.yml")
    os.mkfifo(docs / "page.md")
    listening = socket.socket(socket.AF_UNIX)
    listening.bind(os.path.relpath(quizzes / "socket.yml"))
    (quizzes / "gone.yml").symlink_to("nowhere")
    (quizzes / "self.yml").symlink_to("self.yml")
    (quizzes / ".#lock.yml").symlink_to("nobody@host")
    (quizzes / "loop").symlink_to(quizzes)
    (quizzes / "above").symlink_to("..")
    (docs / "loop").symlink_to(docs)
    (docs / "folder.md").mkdir()
    course = make_course()
    listening.close()
    assert "a pipe" in named(course, "quizzes/pipe.yml")
    assert "a pipe" in named(course, "quizzes/socket.yml")
    assert "leads nowhere" in named(course, "quizzes/gone.yml")
    assert "error" in named(course, "quizzes/self.yml")
    assert "read already" in named(course, "quizzes/loop")
    assert "read already" in named(course, "docs/loop")
    assert "read already" in named(course, "quizzes/above")
    assert [one for one in messages(course) if "/above/" in one] == []
    assert "a pipe" in named(course, "docs/page.md")
    assert "a folder with the name of a page" in named(course, "docs/folder.md")


def test_a_link_to_a_folder_is_followed_once(tmp_path):
    (tmp_path / "real").mkdir()
    (tmp_path / "real/a.yml").write_text("x")
    (tmp_path / "course").mkdir()
    (tmp_path / "course/link").symlink_to(tmp_path / "real")
    (tmp_path / "course/twin").symlink_to(tmp_path / "real")
    assert [path.name for path in folders.files(tmp_path / "course")] == ["a.yml"]


def test_a_name_that_is_not_utf_8_is_said_once_and_stops_nothing_else(make_course):
    names = (b"docs/caf\xe9.md", b"docs/\xe9/a.md", b"docs/p\xff.png", b"quizzes/kn\xfce.yml", b"quizzes/\xe9/a.yml")
    course = make_course({os.fsdecode(name): "# x\n" for name in names})
    said = "this name is not UTF-8, or has a control character (rename it: letters, digits, hyphens)"
    where = ("docs/caf\ufffd.md", "docs/p\ufffd.png", "docs/\ufffd", "quizzes/kn\ufffde.yml", "quizzes/\ufffd")
    assert messages(course) == [f"error {name}:1:1: {said}" for name in where]
    for _ in range(2):  # read, and then as it was kept
        assert [p for p in checked.check(course.layout).mistakes if p.code == "RD009"] == list(course.problems)
    assert as_json(course.problems, 1, 1).encode()


def test_a_name_that_steers_a_terminal_is_shown_without_that(make_course):
    course = make_course({"quizzes/a\nb.yml": "x", "quizzes/\x1b[31mred.yml": "x"})
    assert [p.path for p in course.problems] == ["quizzes/a\ufffdb.yml", "quizzes/\ufffd[31mred.yml"]


def test_two_first_pages_of_a_folder_are_told(make_course):
    files = {"docs/modules/README.md": "# A\n", "docs/modules/index.md": "# B\n"}
    said = "is the first page of this folder already (rename or delete one of them)"
    assert messages(make_course(files)) == [f"error docs/modules/README.md:1:1: docs/modules/index.md {said}"]
    hidden = {"mkdocs.yml": "site_name: T\nexclude_docs: README.md\n"}
    assert messages(make_course(files | hidden)) == []


def test_a_blueprint_in_a_folder_is_one_message(make_course):
    course = make_course({"quizzes/sub/blueprint.yml": "each: 2\n", "quizzes/assignments/blueprint.yml": WEEK})
    assert messages(course) == [
        "error quizzes/sub/blueprint.yml:1:1: a blueprint is read as quizzes/blueprint.yml only"
        " (move it there, or rename it if it is a bank)"
    ]


COPY = "title: A\nquestions:\n{}"
ONE = "  - {{id: {}, type: numeric, stem: How many?, answer: 1, explanation: So.}}\n"


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (["a1"], ["4:10: id a1 is already used at quizzes/a.yml:3 (ids are unique in the course)"]),
        (
            ["a1", "a2", "a3", "a4"],
            [
                "4:10: the ids of questions are already used in quizzes/a.yml, as in a copy: a1, a2, a3, …"
                " (delete one of the two files, or give the questions of one other ids)"
            ],
        ),
    ],
)
def test_a_copied_bank_is_one_message_that_names_both_files(make_course, names, said):
    first = COPY.format("".join(ONE.format(f"a{n}") for n in range(1, 6)))
    second = COPY.format("".join(ONE.format(name) for name in ("own", *names)))
    course = make_course({"quizzes/a.yml": first, "quizzes/b.yml": second})
    found = [str(one) for one in course.problems if one.code == "MD501"]
    assert found == [f"quizzes/b.yml:{one}" for one in said]


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("What is it?.md", "it has the sign ?"),
        ("a:b.md", "it has the sign :"),
        ("aux.md", "aux is the name of a device there"),
        ("Nul.svg", "Nul is the name of a device there"),
        ("end..md.", "it ends in a point or a space"),
        ("COM1", "COM1 is the name of a device there"),
        ('a"b.png', 'it has the sign "'),
    ],
)
def test_a_name_that_windows_has_not_is_one_warning(make_course, name, why):
    assert messages(make_course({f"docs/{name}": "# x\n"})) == [
        f"warning docs/{name}:1:1: Windows cannot hold a file of this name: {why} (rename it: letters, digits, hyphens)"
    ]


def test_names_that_differ_by_case_are_a_warning(make_course):
    course = make_course({"docs/page.md": "# x\n", "docs/Page.md": "# y\n", "docs/console.md": "# z\n"})
    assert messages(course) == [
        "warning docs/page.md:1:1: docs/Page.md is the same file on Windows and macOS (rename one)"
    ]
