"""A type is one folder: what it must hold, and that nothing outside knows its name."""

from __future__ import annotations

import ast
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup

from golden import ROOT, THEME, cases, context
from sampled import long
from viva.assignments import Assignment
from viva.assignments.page import Pages
from viva.bank import types
from viva.bank.banks import flat
from viva.bank.types import Trait
from viva.base.words import ENGLISH

PACKAGE = ROOT / "scripts" / "viva"
TYPES = PACKAGE / "bank" / "types"
CASES = cases()
every_case = pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)


# Nothing outside a type's folder knows its name.

ALIKE = {
    "exchange/canvas.py": {"matching", "short_answer"},
    "exchange/exporters/common_cartridge.py": {"case", "true_false"},
    "exchange/exporters/moodle_xml.py": {"cloze", "matching", "ordering"},
    "exchange/qti/elements.py": {"multiple", "single"},
    "exchange/scorm/package.py": {"numeric", "true-false"},
}
"""Words of other formats that are spelt as types of ours are."""


def outside(ending: str) -> list[Path]:
    """The files of the package that belong to no type."""
    found = PACKAGE.rglob(f"*{ending}")
    return sorted(path for path in found if not path.parent.is_relative_to(TYPES) or path.parent == TYPES)


def literals(path: Path) -> Iterator[tuple[int, str]]:
    """Every string in a file of Python or of Jinja, with its line."""
    text = path.read_text("utf-8")
    if path.suffix == ".py":
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.lineno, node.value
        return
    for tag in re.finditer(r"\{[{%].*?[%}]\}", text, re.DOTALL):
        for found in re.finditer(r"\"([^\"]*)\"|'([^']*)'", tag[0]):
            yield text.count("\n", 0, tag.start()) + 1, found[1] or found[2]


def names(path: Path) -> list[str]:
    known = {*types.TYPES, *(name.replace("-", "_") for name in types.TYPES)}
    where = path.relative_to(PACKAGE).as_posix()
    known -= ALIKE.get(where, set())
    return [f"{where}:{line} names {text}" for line, text in literals(path) if text in known]


def test_no_name_of_a_type_stands_outside_its_folder():
    found = [name for ending in (".py", ".html") for path in outside(ending) for name in names(path)]
    assert not found


def test_the_search_for_names_finds_them(tmp_path, monkeypatch):
    monkeypatch.setattr(sys.modules[__name__], "PACKAGE", tmp_path)
    (tmp_path / "a.py").write_text('"""Of a single type."""\nKINDS = ("single", "singular")\n')
    (tmp_path / "b.html").write_text('<p>single</p>\n{% if type == "script-concordance" %}{% endif %}')
    assert names(tmp_path / "a.py") == ["a.py:2 names single"]
    assert names(tmp_path / "b.html") == ["b.html:2 names script-concordance"]


def test_no_module_outside_imports_a_type():
    inside = re.compile(r"viva\.bank\.types\.(?!protocol\b)(\w+)")
    for path in outside(".py"):
        if path.parent != TYPES:
            assert not inside.search(path.read_text("utf-8")), path


def test_one_type_is_the_example_where_none_is_named():
    assert sum(Trait.FIRST in kind.traits for kind in types.TYPES.values()) == 1


# What every type says.


@every_case
def test_an_answer_is_said_and_coded(case):
    for row in case.said:
        assert types.code(case.question, row["answer"]) == row["code"]
        assert types.words(case.question, row["answer"]) == row["words"]


@every_case
def test_a_page_without_key_shows_this_and_no_more(case):
    assert types.sheet(case.question) == case.sheet


@every_case
def test_every_answer_of_the_cases_has_words_and_a_code(case):
    for answer, _ in case.marks:
        assert types.words(case.question, answer)
        assert isinstance(types.code(case.question, answer), str)
    assert (types.words(case.question, None), types.code(case.question, None)) == ("–", "")


@every_case
def test_it_says_how_it_is_answered_and_what_is_right(case):
    printed = types.printed(case.question, types.order(case.question))
    if types.steps(case.question):
        assert printed.notes
    else:
        assert printed.answer
        assert printed.rows
        assert printed.choices or printed.line is not None or printed.places
    assert types.how(case.question)
    assert set(types.right(case.question)) <= set(types.options(case.question))


# A page without key.

SECRET = frozenset(
    ("correct", "why", "answer", "explanation", "accept", "reject", "panel", "panel_source", "right",
     "tolerance", "ends", "within", "hint", "read", "references", "objective", "level")
)  # fmt: skip


def texts(data: Any, secret: bool = False) -> Iterator[tuple[bool, str]]:
    """Every text in a question's data, and whether it belongs to the key."""
    if isinstance(data, dict):
        for name, value in data.items():
            yield from texts(value, secret or name in SECRET)
    elif isinstance(data, list):
        for value in data:
            yield from texts(value, secret)
    elif isinstance(data, str):
        yield secret, data


def fields(data: Any) -> set[str]:
    if isinstance(data, dict):
        return set(data).union(*map(fields, data.values()))
    return set().union(*map(fields, data)) if isinstance(data, list) else set()


class _Site:
    """As much of a site as an assignment's page asks for."""

    theme, words = THEME, ENGLISH

    def context(self, root: str) -> Any:
        return context()


@every_case
def test_no_value_of_a_key_reaches_a_page_without_key(case):
    found = list(texts(case.question.model_dump(mode="json")))
    open_texts = {text for secret, text in found if not secret}
    hidden = {text for secret, text in found if secret and len(text) > 3} - open_texts
    for one in flat((case.question,)):
        assert not fields(types.sheet(one)) & SECRET
    week = Assignment(
        "week-1", "week-1.yml", "Week 1", None, (case.question,), frozenset(), "exam", None, None,
        None, 1, None,
    )  # fmt: skip
    html = Pages(_Site()).html(week, "")  # type: ignore[arg-type]
    for page in (json.dumps(types.sheet(case.question), ensure_ascii=False), html):
        assert not [text for text in hidden if text in page]
    shown = BeautifulSoup(html, "html.parser").get_text()
    assert case.question.stem.split("*")[0] in shown


# A type that lacks a part.


@pytest.fixture(scope="module")
def copy(tmp_path_factory) -> Path:
    """The package and a small course, to be broken."""
    folder = tmp_path_factory.mktemp("copy")
    shutil.copytree(PACKAGE, folder / "scripts/viva")  # with what Python has compiled
    (folder / "mkdocs.yml").write_text("site_name: Test\nplugins: [viva]\n")
    (folder / "docs").mkdir()
    (folder / "docs/index.md").write_text("# Home\n")
    return folder


VIVA = ("-c", "from viva.cli import main; main()")


def run(folder: Path, *arguments: str) -> tuple[int, str]:
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env={"PYTHONPATH": str(folder / "scripts"), "PATH": "", "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


LACKS = [
    ("__init__.py", "", "there is no __init__.py (write its model and its TYPE)"),
    long("script.js", "", "there is no script.js (write what the browser does when it is answered)"),
    ("template.html", "", "there is no template.html (write how it looks, complete without scripts)"),
    long("TYPE =", "KIND =", "there is no TYPE (write TYPE = and an object of the type's class)"),
    ("def mark(", "def rate(", "there is no mark (give the mark of an answer, from 0 to 1; "),
    long("    name =", "    title =", "there is no name (say what students call this kind of question"),
    ("TYPE =", "TYPE = (\nTYPE =", "its code fails: SyntaxError: '(' was never closed (__init__.py, line "),
    long("TYPE =", "1 / 0\nTYPE =", "its code fails: ZeroDivisionError: division by zero (mend it; VIVA_TRACEBACK=1 tells where)"),
    ("[\"cloth\"]", "[\"single\"]", "its model has another type (write type: Literal[\"cloth\"])"),
]


@pytest.fixture
def cloth(copy) -> Iterator[Path]:
    """A type of that name, whole but for what a test takes away."""
    folder = copy / "scripts/viva/bank/types/cloth"
    shutil.copytree(TYPES / "single", folder)
    code = folder / "__init__.py"
    text = code.read_text("utf-8").replace('Literal["single"]', 'Literal["cloth"]')
    code.write_text(text.replace(", Trait.FIRST", ""), "utf-8")
    yield folder
    shutil.rmtree(folder)


def test_a_whole_type_is_found(copy, cloth):
    status, said = run(copy, *VIVA, "check")
    assert status == 0
    assert said.startswith("0 banks, 0 questions: no problems")


@pytest.mark.parametrize("command", ["check", long("build")])
@pytest.mark.parametrize(("part", "instead", "message"), LACKS)
def test_a_missing_part_gives_one_message_that_names_it(copy, cloth, part, instead, message, command):
    if not instead:
        (cloth / part).unlink()
    else:
        code = cloth / "__init__.py"
        code.write_text(code.read_text("utf-8").replace(part, instead), "utf-8")
    status, said = run(copy, *VIVA, command)
    assert said.startswith(f"scripts/viva/bank/types/cloth: {message}")
    assert (status, len(said.splitlines())) == (2, 1)


def test_a_plain_build_says_so_too(copy, cloth):
    (cloth / "script.js").unlink()
    status, said = run(copy, "-m", "mkdocs", "build")
    assert status == 1
    assert "scripts/viva/bank/types/cloth:1:1: there is no script.js" in said
    assert "Traceback" not in said
