"""The wings of the program stand on floors: imports go down, and each door has one key."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

VIVA = Path(__file__).parents[2] / "scripts/viva"
MODULES = sorted(VIVA.rglob("*.py"))
FLOORS = (
    {"base"},
    {"formulas"},
    {"bank", "theme"},
    {"course"},
    {"site"},
    {"assignments"},
    {"analysis", "lint", "offline", "paper", "scaffold", "sittings", "translation"},
    {"build", "exchange", "publish"},
    {"engines", "review"},
    {"cli"},
    {"__main__"},
)
"""From the ground up; wings on one floor do not know each other. ARCHITECTURE.md draws them."""
LEVEL = {wing: level for level, floor in enumerate(FLOORS) for wing in floor}
ENGINES = {"mkdocs", "properdocs", "zensical", "material", "materialx"}

ENGINE_CLASS = re.compile(r"\bmd-[a-z]")
KNOW_CLASSES = {
    "theme/assets/site/site.css": 3,  # which of the two looks is on
}
"""Lines outside `engines/` that still name a class of Material's. May shrink, never grow."""

TAG = re.compile(r"</?[a-z][\w-]*(?:[\s>/]|$)", re.IGNORECASE)
WRITE_TAGS = {
    "assignments/page.py": "a place on a staged page, which finishing fills",
    "build/finish.py": "tags put into a finished page: styles, scripts",
    "build/stage.py": "a place on a staged page",
    "course/directives.py": "where a heading ends, to see whether a directive stands in it",
    "course/references.py": "the link inside a reference that is built word by word",
    "exchange/exporters/anki.py": "what Anki fills in, which has templates of its own",
    "exchange/html.py": "fields as XHTML for other systems, put together without a page",
    "exchange/scorm/pages.py": "tags put into a finished page: what keeps students apart",
    "exchange/markdowned.py": "marks of Markdown: it has none of its own for what is raised or lowered",
    "formulas/marked.py": "the element around a formula that Markdown has marked",
    "offline/app.py": "tags put into a finished page: the app's icon and script",
    "offline/book.py": "a heading of a finished page gets its chapter's number",
    "offline/downloads.py": "the place of the downloads in a finished page",
    "offline/icons.py": "a page that is drawn once and thrown away",
    "offline/xhtml.py": "stand-ins for controls, which a book cannot have",
    "paper/figures.py": "marks put into an SVG",
    "publish/hosts.py": "sections of Apache's settings",
    "site/blocks.py": "how a paragraph that Markdown made is known",
    "site/direction.py": "text of a finished page that runs the other way is set apart",
    "site/embed.py": "places on a staged page, which finishing fills",
    "site/policy.py": "a tag put into a finished page",
    "site/images.py": "where the first image of a page is looked for; the zoom of a figure",
    "site/render.py": "what stands out in a stem",
    "site/markup.py": "marks of Markdown, which is what it is there for",
    "site/metadata.py": "a tag put into a finished page",
    "site/site.py": "the link of a citation",
    "site/terms.py": "terms in text that Markdown made",
}
"""Modules that hold a tag in a string, and why it is no template's work."""


DISK = "base/files/"
"""The one package that writes and deletes."""
METHODS = {
    *("write_text", "write_bytes", "unlink", "rmdir", "mkdir", "rename", "touch", "chmod", "lchmod"),
    *("symlink_to", "hardlink_to", "savefig", "to_csv", "to_excel", "truncate", "extractall", "extract"),
}
"""What changes the disk, whoever has it; `replace` and `open` do so with some arguments only."""
HARMLESS = {"shutil.which", "shutil.disk_usage", "shutil.get_terminal_size"}
CHANGES = re.compile(
    r"os\.(remove|unlink|rename|renames|replace|link|symlink|mkdir|makedirs|rmdir|removedirs|truncate"
    r"|chmod|chown|utime|mkfifo|open)|shutil\.\w+|tempfile\.\w+"
)
SAVES = {
    "analysis/standard/sheets.py": "a workbook, into memory",
    "assignments/gradebooks.py": "a workbook, into memory",
    "exchange/blanks.py": "a workbook and a document to fill in, into memory",
    "exchange/exporters/table.py": "a workbook, into memory",
    "offline/archive.py": "a zip, into memory",
    "paper/docx.py": "a document, into memory",
    "sittings/returned.py": "a zip, into memory",
}
"""Modules in which a library saves, and where to."""


def name(path: Path) -> str:
    return path.relative_to(VIVA).as_posix()


def wing(path: Path) -> str:
    return path.relative_to(VIVA).parts[0].removesuffix(".py")


@cache
def nodes(path: Path) -> tuple[ast.AST, ...]:
    """All that a module says, read once for all these tests."""
    return tuple(ast.walk(ast.parse(path.read_text("utf-8"))))


def imported(path: Path) -> Iterator[tuple[int, str]]:
    """Every module that a file imports, in functions and for types too, with the line."""
    for node in nodes(path):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, one.name) for one in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name(path)}:{node.lineno}: write the import in full"
            whole = [f"{node.module}.{one.name}" for one in node.names]
            yield from ((node.lineno, one) for one in whole)


def test_every_wing_has_its_floor():
    wings = {wing(path) for path in MODULES} - {"__init__"}
    assert wings == set(LEVEL)


def test_imports_go_down():
    up = [
        f"{name(path)}:{line}: {module}"
        for path in MODULES
        if wing(path) in LEVEL
        for line, module in imported(path)
        if module.startswith("viva.")
        and (other := module.split(".")[1]) != wing(path)
        and LEVEL[other] >= LEVEL[wing(path)]
    ]
    assert up == []


@pytest.mark.parametrize(
    ("packages", "home"), [({"yaml"}, "base/reader/"), (ENGINES, "engines/")], ids=["yaml", "engines"]
)
def test_a_library_has_one_door(packages, home):
    elsewhere = [
        f"{name(path)}:{line}: {module}"
        for path in MODULES
        if not name(path).startswith(home)
        for line, module in imported(path)
        if module.split(".")[0] in packages
    ]
    assert elsewhere == []


def test_an_engine_is_known_to_its_folder():
    """What our own theme still knows of Material can only get less."""
    known = Counter(
        {
            name(path): sum(map(bool, map(ENGINE_CLASS.search, path.read_text("utf-8").split("\n"))))
            for path in VIVA.rglob("*")
            if path.suffix in (".css", ".html", ".js", ".py", ".md")
            and not name(path).startswith("engines/")
        }
    )
    assert +known - Counter(KNOW_CLASSES) == Counter()
    assert [one for one in KNOW_CLASSES if not known[one]] == []


def tags(path: Path) -> Iterator[str]:
    """The strings of a module that hold a tag, but for docstrings and regular expressions."""
    skipped = set[int]()
    for node in nodes(path):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            skipped.add(id(node.value))
        elif isinstance(node, ast.Call) and ast.unparse(node.func).startswith("re."):
            skipped.update(map(id, ast.walk(node)))
    for node in nodes(path):
        text = node.value if isinstance(node, ast.Constant) else None
        if isinstance(text, str) and id(node) not in skipped and TAG.search(text):
            yield text


def test_templates_write_html():
    # Named groups of regular expressions that are put together from parts look like tags.
    pieces = re.compile(r"\(\?P<\w+>")
    found = {
        name(path)
        for path in MODULES
        if any(TAG.search(pieces.sub("", text)) for text in tags(path))
    }
    assert found == set(WRITE_TAGS)


def changes_the_disk(node: ast.Call) -> bool:
    """Whether a call writes, moves or deletes."""
    called = ast.unparse(node.func)
    if CHANGES.fullmatch(called):
        return called not in HARMLESS
    method = node.func.attr if isinstance(node.func, ast.Attribute) else ""
    if method == "replace":  # of a path: a text's has two arguments, a date's has names
        return len(node.args) == 1 and not node.keywords
    if called == "open" or method == "open":
        return any(set("wax+") & set(mode) for mode in modes(node, 1 if called == "open" else 0))
    return method in METHODS


def is_on_a_server(path: Path, node: ast.Call) -> bool:
    """Whether a call goes through the one other door: the disk of a server, by SFTP."""
    return name(path) == "publish/servers.py" and ast.unparse(node.func).startswith("self._sftp.")


def modes(node: ast.Call, place: int) -> Iterator[str]:
    """The mode with which a file is opened."""
    named = [one.value for one in node.keywords if one.arg == "mode"]
    for one in (*node.args[place : place + 1], *named):
        if isinstance(one, ast.Constant) and isinstance(one.value, str):
            yield one.value


def calls(path: Path) -> Iterator[ast.Call]:
    yield from (node for node in nodes(path) if isinstance(node, ast.Call))


def is_of_a_parent(node: ast.Call) -> bool:
    """Whether a method calls what it stands in for: click's help is a text, not a file."""
    return ast.unparse(node.func).startswith("super().")


def test_one_package_writes_and_deletes():
    elsewhere = [
        f"{name(path)}:{node.lineno}: {ast.unparse(node.func)}"
        for path in MODULES
        if not name(path).startswith(DISK)
        for node in calls(path)
        if changes_the_disk(node) and not is_on_a_server(path, node) and not is_of_a_parent(node)
    ]
    assert elsewhere == []


def test_one_function_follows_links():
    """`Path.resolve` raises what no one expects where links lead in a circle."""
    found = {
        name(path)
        for path in MODULES
        for node in calls(path)
        if ast.unparse(node.func).endswith((".resolve", "realpath")) and not ast.unparse(node.func).startswith("self.")
    }
    assert found == {"base/files/paths.py"}


def test_libraries_save_into_memory():
    """`BOOK.save(made)` where `made` is `io.BytesIO()`, and so with zips."""
    found = {}
    for path in MODULES:
        for node in calls(path):
            is_zip = ast.unparse(node.func).endswith("ZipFile") and list(modes(node, 1)) in (["w"], ["a"], ["x"])
            if is_zip or (isinstance(node.func, ast.Attribute) and node.func.attr == "save" and len(node.args) == 1):
                target = ast.unparse(node.args[0])
                assert f"{target} = io.BytesIO()" in path.read_text("utf-8"), f"{name(path)}:{node.lineno}"
                found[name(path)] = True
    assert set(found) == set(SAVES)


@pytest.mark.parametrize(
    "line",
    [
        'path.write_text("x")',
        'open(path, "w")',
        'path.open("ab")',
        'path.open(mode="r+")',
        "shutil.rmtree(path)",
        "os.replace(a, b)",
        "a.replace(b)",
        "tempfile.mkdtemp()",
        "path.unlink(missing_ok=True)",
    ],
)
def test_what_changes_the_disk_is_seen(line):
    (statement,) = ast.parse(line).body
    assert changes_the_disk(statement.value)


@pytest.mark.parametrize("line", ['text.replace("a", "b")', 'path.open("rb")', "open(path)", "when.replace(tzinfo=None)"])
def test_and_what_does_not_is_not(line):
    (statement,) = ast.parse(line).body
    assert not changes_the_disk(statement.value)
