"""What the command line says of a call that was mistyped is in the language of the course."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from viva.cli import main

THEIRS = ("Error:", "Usage:", "No such", "Try '", "Missing", "Invalid", "Did you mean", "requires")
CALLS = (
    (["chek"], "Es gibt keinen Befehl 'chek'."),
    (["serve", "--port"], "Es gibt keine Option '--port'."),
    (["import"], "Es fehlt das Argument 'FILE'"),
    (["serve", "--address"], "Die Option '--address' braucht einen Wert."),
    (["check", "--format", "yaml"], "'yaml' ist keines von"),
    (["publish", "sftp", "a@b:c", "--port", "0"], "Ungültiger Wert für '--port'"),
    (["schema", "more"], "Unerwartetes weiteres Argument (more)"),
)


@pytest.fixture
def german(tmp_path, monkeypatch):
    settings = "site_name: Kurs\ntheme: {name: material, language: de}\nplugins: [viva]\n"
    (tmp_path / "mkdocs.yml").write_text(settings, "utf-8")
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize(("call", "said"), CALLS, ids=[" ".join(call) for call, _ in CALLS])
def test_a_mistyped_call_is_told_in_german(german, call, said):
    done = CliRunner().invoke(main, call)
    assert done.exit_code == 2
    assert said in done.stderr and done.stderr.count("Fehler: ") == 1, done.stderr
    assert [one for one in THEIRS if one in done.stderr] == [], done.stderr


def test_outside_a_course_it_is_english(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(main, ["chek"])
    assert "No such command 'chek'." in done.stderr and "Error: " in done.stderr
