"""The command line keeps its promises: streams, exit codes, formats, words."""

from __future__ import annotations

import importlib
import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest
import yaml
from click.testing import CliRunner

from sampled import long
from viva import cli
from viva.bank import schema, types
from viva.cli import main
from viva.course import courses
from viva.course.layout import Layout


@pytest.fixture
def run(make_course, tmp_path, monkeypatch):
    """Run `viva` in a small course."""

    def invoke(*arguments: str, files: dict | None = None):
        if files is not None or not (tmp_path / "mkdocs.yml").exists():
            make_course(files)
        monkeypatch.chdir(tmp_path)
        return CliRunner().invoke(main, arguments)

    return invoke


BROKEN = {"quizzes/broken.yml": "title: B\nquestions:\n  - {id: x, type: singel}\n"}


def test_a_sound_course_exits_with_zero(run):
    done = run("check", "--ignore", "LO,MD512,OP214", files={})
    assert (done.exit_code, done.stderr.strip()[-11:]) == (0, "no problems")


def test_problems_go_to_stdout_and_exit_with_one(run):
    done = run("check", files=BROKEN)
    assert done.exit_code == 1
    assert "quizzes/broken.yml:3:19: unknown type 'singel' (did you mean single?)" in done.stdout
    assert "\x1b" not in done.stdout


def test_wrong_use_exits_with_two(run):
    assert run("check", "--format", "xml").exit_code == 2
    assert run("nonsense").exit_code == 2


def test_outside_a_course_it_says_where_to_go(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(main, ["check"])
    assert done.exit_code == 2
    assert "go to the folder of your course" in done.stderr


def test_json_has_the_promised_shape(run):
    done = run("check", "--format", "json", files=BROKEN)
    report = json.loads(done.stdout)
    assert list(report) == ["problems", "banks", "questions"]
    assert (report["banks"], report["questions"]) == (2, 1)
    problem = next(p for p in report["problems"] if p["code"] == "SC004")
    assert problem == {
        "path": "quizzes/broken.yml",
        "line": 3,
        "column": 19,
        "code": "SC004",
        "severity": "error",
        "message": "unknown type 'singel' (did you mean single?)",
        "question": "x",
    }


def test_github_annotations(run):
    done = run("check", "--format", "github", files=BROKEN)
    start = "::error file=quizzes/broken.yml,line=3,col=19,title=SC004::unknown type"
    assert start in done.stdout


def test_only_the_files_that_are_named(run):
    assert run("check", "quizzes/knee.yml", files=BROKEN).exit_code == 0
    assert run("check", "quizzes/broken.yml").exit_code == 1


@pytest.mark.parametrize("kind", sorted(types.TYPES))
def test_a_new_question_of_every_type_is_sound(run, kind, tmp_path):
    figure = {"docs/assets/figures/name.svg": "<svg/>"}
    assert run("new", "bank", "elbow", files=figure).stdout == "quizzes/elbow.yml:6\n"
    assert run("new", "question", "elbow", kind).exit_code == 0
    done = run("check", "--format", "json")
    errors = [p for p in json.loads(done.stdout)["problems"] if p["severity"] == "error"]
    assert errors == []
    line = int(run("new", "question", "elbow", kind).stdout.rsplit(":", 1)[1])
    lines = (tmp_path / "quizzes/elbow.yml").read_text().splitlines()
    assert re.match(r"\s+- id: elbow-3 ", lines[line - 1])


def test_new_never_overwrites(run, tmp_path):
    before = run("new", "bank", "knee") and (tmp_path / "quizzes/knee.yml").read_text()
    done = run("new", "bank", "knee")
    assert done.exit_code == 1
    assert "is already there" in done.stderr
    assert (tmp_path / "quizzes/knee.yml").read_text() == before


def test_new_question_keeps_the_bank_as_it_was(run, tmp_path):
    run("check", files={})
    path = tmp_path / "quizzes/knee.yml"
    path.write_text(path.read_text() + "# my comment\n")
    before = path.read_text()
    run("new", "question", "knee", "numeric")
    assert path.read_text().startswith(before)


def test_new_question_keeps_the_mark_and_the_line_ends(run, tmp_path):
    run("check", files={})
    path = tmp_path / "quizzes/knee.yml"
    before = b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n")
    path.write_bytes(before)
    run("new", "question", "knee", "numeric")
    after = path.read_bytes()
    assert after.startswith(before) and len(after) > len(before)
    assert after.count(b"\n") == after.count(b"\r\n")


@pytest.mark.parametrize(
    ("added", "said"),
    [
        (b"private:\n  - id: x\n", "knee.yml does not end with its questions"),
        (b"title: again\n", "knee.yml:"),
        (b"# caf\xe9\n", "knee.yml:"),
        (b"# odd\r\n", "lines end in different ways"),
    ],
)
def test_new_question_changes_no_bank_that_it_cannot_read_or_would_change(run, tmp_path, added, said):
    run("check", files={})
    path = tmp_path / "quizzes/knee.yml"
    path.write_bytes(path.read_bytes() + added)
    before = path.read_bytes()
    done = run("new", "question", "knee")
    assert (done.exit_code, path.read_bytes()) == (1, before)
    assert said in done.stderr, done.stderr


@pytest.mark.parametrize("name", ["My Bank", "../up", "a/b", "ä", "blueprint"])
def test_a_bank_needs_a_plain_name(run, name):
    assert run("new", "bank", name).exit_code == 1


def test_the_editors_schema_accepts_a_course_and_refuses_a_typo(neutral):
    validator = jsonschema.Draft202012Validator(schema.schema())
    for path in courses.bank_files(Layout.of(neutral)):
        data = json.loads(json.dumps(yaml.safe_load(path.read_text("utf-8")), default=str))
        assert [e.message for e in validator.iter_errors(data)] == [], path.name
    question = {"id": "a", "type": "numeric", "stem": "S?", "answer": 1, "toleranse": 2}
    assert list(validator.iter_errors({"title": "T", "questions": [question]}))


def test_help_has_examples():
    assert "viva new bank knee" in CliRunner().invoke(main, ["--help"]).stdout


def test_version():
    assert re.fullmatch(
        r"viva, version \d+\.\d+\.\d+\n", CliRunner().invoke(main, ["--version"]).stdout
    )


@pytest.mark.parametrize("name", ["Deep Gluteal", "deep_gluteal", "deep-gluteal.yml"])
def test_a_name_that_cannot_be_a_files_gets_one_that_can(run, name):
    done = run("new", "bank", name)
    assert f"{name!r} cannot be a file name here (write deep-gluteal)" in done.stderr


@pytest.mark.parametrize("name", ["knee.txt", "knee.yml.txt", "assignments/knee.rtf"])
def test_questions_saved_as_something_else_are_not_passed_over(run, name):
    done = run("check", "--select", "RD", files={f"quizzes/{name}": "title: Knee\n"})
    said = "this file is not read (save it as plain text and name it knee.yml, or bring it in with viva import)"
    assert (done.exit_code, done.stdout) == (1, f"quizzes/{name}:1:1: {said} RD008\n")


def test_a_misspelt_file_is_met_with_the_one_that_is_there(run, tmp_path, monkeypatch):
    run("new", "bank", "knee")
    done = run("check", "quizzes/kne.yml")
    assert done.exit_code == 2
    assert "there is no quizzes/kne.yml here (did you mean quizzes/knee.yml?)" in done.stderr
    assert "(check the spelling, or make it)" in run("grade", "x", "submissions").stderr
    monkeypatch.chdir(tmp_path / "quizzes")
    done = CliRunner().invoke(main, ["check", "quizzes/knee.yml"])
    assert "(go to the folder of your course, or check the spelling)" in done.stderr


def test_printing_says_what_to_type_to_get_its_packages(run, monkeypatch):
    for name in [one for one in sys.modules if one.startswith("viva.paper")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "typst", None)
    monkeypatch.setitem(sys.modules, "docx", None)
    done = run("print", "mkdocs.yml")
    assert done.exit_code == 1
    assert '(type: pip install "viva-course[paper]")' in done.stderr


def test_every_command_of_a_topic_can_be_called():
    folder = Path(cli.__file__).parent
    modules = [importlib.import_module(f"viva.cli.{path.stem}") for path in folder.glob("[a-z]*.py")]
    having = [module for module in modules if hasattr(module, "COMMANDS")]
    found = {one.name: module.__name__ for module in having for one in module.COMMANDS}
    assert found == {name: f"viva.cli.{topic}" for name, topic in cli.TOPICS.items()}


def test_a_command_reads_no_other(tmp_path):
    asked = "import sys; from viva.cli import main; main(['rules', 'KY302'], standalone_mode=False); "
    asked += "print('ssl' in sys.modules, 'viva.cli.site' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert done.stdout.endswith("False False\n")


INTERRUPTED = """
import os, signal, sys

wanted = sys.argv.pop()

class Interrupt:
    def find_spec(name, *rest):
        if name == wanted:
            os.kill(os.getpid(), signal.SIGINT)

sys.meta_path.insert(0, Interrupt)
from viva.__main__ import main
sys.argv.append("--help")
main()
"""


@pytest.mark.skipif(os.name == "nt", reason="no process sends itself Ctrl-C there")
@pytest.mark.parametrize("read", ["viva.cli", "pydantic", "viva.cli.talk"])
def test_an_interruption_while_the_program_is_read_ends_it_at_once(read):
    # As in a terminal, wherever these tests run.
    command = f"import signal; signal.signal(signal.SIGINT, signal.default_int_handler)\n{INTERRUPTED}"
    done = subprocess.run([sys.executable, "-c", command, read], capture_output=True, text=True)
    assert (done.returncode, done.stdout, done.stderr) == (-signal.SIGINT, "", "")


@pytest.mark.skipif(os.name == "nt", reason="no process sends itself Ctrl-C there")
def test_in_the_background_an_interruption_is_ignored():
    command = f"import signal; signal.signal(signal.SIGINT, signal.SIG_IGN)\n{INTERRUPTED}"
    done = subprocess.run([sys.executable, "-c", command, "viva.cli"], capture_output=True, text=True)
    assert done.returncode == 0
    assert "Usage" in done.stdout


@pytest.mark.skipif(os.name == "nt", reason="its shells close no stream")
@pytest.mark.parametrize("closed", [*map(long, [">&-", "2>&-", "<&-"]), "<&- >&- 2>&-"])
def test_whoever_closed_a_stream_hears_nothing_and_all_is_done(tmp_path, closed):
    command = f'"$0" -m viva new course ecg {closed} && cd ecg && "$0" -m viva build {closed}'
    done = subprocess.run(["sh", "-c", command, sys.executable], cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "ecg/site/index.html").is_file()


@pytest.mark.skipif(os.name == "nt", reason="there no folder goes while somebody is in it")
def test_in_a_folder_that_is_gone_a_command_says_that_something_is_not_there(tmp_path):
    command = 'rmdir ../here; "$0" -m viva check'
    (tmp_path / "here").mkdir()
    done = subprocess.run(["sh", "-c", command, sys.executable], cwd=tmp_path / "here", capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("Error: something cannot be read or written: it is not there")


@pytest.mark.parametrize("command", [("import",), ("analyse",), ("review", "read"), ("grade", "week.yml")])
@pytest.mark.parametrize("kind", ["pipe", "device"])
def test_what_may_have_no_end_is_not_read(tmp_path, monkeypatch, command, kind):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "week.yml").write_text("title: Week\n")
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "device").symlink_to("/dev/zero")
    done = CliRunner().invoke(main, [*command, kind])
    assert done.exit_code == 2
    assert f"{kind} is no ordinary file (choose another name)" in done.output
