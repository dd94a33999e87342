"""Collect the messages of the interface, and bring every language's file up to date.

`make words` runs it: it writes `words.pot` beside the languages' files, adds what is new to each,
untranslated, and takes out what nobody says any more. `make words NEW=sv` begins a language.
"""

from __future__ import annotations

import ast
import io
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po

from viva.base import files
from viva.base.words.catalogue import HERE
from viva.base.words.scripts import calls
from viva.cli import help as help_

VIVA = HERE.parents[1]
COMMANDS = VIVA / "cli"
RULES = VIVA / "lint/rules"
TEMPLATE = HERE / "words.pot"
TEXTS = {"say": 1, "count": 2, "within": 2}
"""What is called to say something, and how many texts it is given."""
KEYWORDS: dict[str, Any] = {"say": None, "count": (1, 2), "within": ((1, "c"), 2)}
TEMPLATES = {"trim_blocks": "true", "lstrip_blocks": "true", "silent": "false"}
FILLED_IN = (".html", ".xhtml", ".opf", ".md", ".typ")
"""Endings of templates."""
NOT_OURS = ("vendor", "texts")
EXAMPLE = VIVA / "scaffold/course"
"""A course to begin with, which is its author's."""
EMPTY = (
    *(b"Project-Id-Version", b"Report-Msgid-Bugs-To", b"Last-Translator", b"Language-Team"),
    *(b"POT-Creation-Date", b"PO-Revision-Date", b"Generated-By"),
)
"""Lines of a file's head that say nothing, or the hour."""
HEADER = """\
# The words of the interface in {language}.
# Awaits a native reviewer."""
Found = tuple[str, Any, str | None]


def messages() -> Iterator[Found]:
    """Every message with its file and context, in the order of the files."""
    for path in sorted(VIVA.rglob("*")):
        is_ours = not set(NOT_OURS) & set(path.relative_to(VIVA).parts)
        if is_ours and EXAMPLE not in path.parents:
            name = path.relative_to(VIVA).as_posix()
            for message, context in _messages(path):
                yield name, message, context


def _messages(path: Path) -> Iterator[tuple[Any, str | None]]:
    if path.suffix == ".js":
        yield from (_message(one.name, one.texts) for one in calls(path.read_text("utf-8")))
    elif path.suffix == ".py":
        yield from _of_module(path)
    elif path.suffix in FILLED_IN:
        with path.open("rb") as file:
            for _, message, _, context in extract("jinja2", file, KEYWORDS, options=TEMPLATES):
                yield message, context


def _of_module(path: Path) -> Iterator[tuple[Any, str | None]]:
    """Every message of a module, in the order in which it stands there."""
    nodes = list(ast.walk(ast.parse(path.read_text("utf-8"))))
    if path.parent == COMMANDS:
        yield from ((one, None) for one in helped(nodes))
    if path.parent == RULES:
        yield from ((one, None) for one in objections(nodes))
    found = [node for node in nodes if isinstance(node, ast.Call) and _name(node) in TEXTS]
    for node in sorted(found, key=lambda one: (one.lineno, one.col_offset)):
        texts = [one.value for one in node.args if isinstance(one, ast.Constant)]
        first = tuple(one for one in texts[: TEXTS[_name(node)]] if isinstance(one, str))
        if len(first) == TEXTS[_name(node)]:
            yield _message(_name(node), first)


def helped(nodes: list[ast.AST]) -> Iterator[str]:
    """What `--help` says of commands and their options, and beside examples."""
    for node in nodes:
        if isinstance(node, ast.FunctionDef) and any(map(_is_command, node.decorator_list)):
            yield from _told(ast.get_docstring(node) or "")
        elif isinstance(node, ast.keyword) and node.arg == "help":
            if isinstance(node.value, ast.Constant):
                yield " ".join(str(node.value.value).split())
        elif isinstance(node, ast.Constant) and str(node.value).startswith(help_.KEPT):
            yield from _told(str(node.value))


def objections(nodes: list[ast.AST]) -> Iterator[str]:
    """What the rules for questions object to: the first paragraph of each."""
    for node in nodes:
        if isinstance(node, ast.FunctionDef) and any(map(_is_rule, node.decorator_list)):
            yield " ".join((ast.get_docstring(node) or "").split("\n\n")[0].split())


def _is_rule(decorator: ast.expr) -> bool:
    return isinstance(decorator, ast.Call) and _name(decorator) == "rule"


def _told(text: str) -> Iterator[str]:
    for one in help_.paragraphs(text):
        if one.startswith(help_.KEPT):
            yield from (found[3] for found in map(help_.EXAMPLE.match, one.split("\n")) if found)
        else:
            yield one


def _is_command(decorator: ast.expr) -> bool:
    called = decorator.func if isinstance(decorator, ast.Call) else decorator
    return isinstance(called, ast.Attribute) and called.attr in ("command", "group")


def _name(call: ast.Call) -> str:
    called = call.func
    if isinstance(called, ast.Attribute):
        return called.attr
    return called.id if isinstance(called, ast.Name) else ""


def _message(name: str, texts: tuple[str, ...]) -> tuple[Any, str | None]:
    if name == "within":
        return texts[1], texts[0]
    return (texts if name == "count" else texts[0]), None


def template() -> Catalog:
    """What there is to translate."""
    made = Catalog(project="viva", fuzzy=False)
    for name, message, context in messages():
        made.add(message, locations=[(name, 0)], context=context)
    return made


def written(catalogue: Catalog) -> bytes:
    """A file as it lies in the project: in the order of the sources, the same at any hour."""
    made = io.BytesIO()
    write_po(made, catalogue, include_lineno=False, ignore_obsolete=True, width=99)
    empty = tuple(b'"' + one for one in EMPTY)
    lines = made.getvalue().split(b"\n")
    return b"\n".join(line for line in lines if not line.startswith(empty))


def updated(path: Path, wanted: Catalog) -> bytes:
    """A language's file with what is new, and without what is gone."""
    with path.open("rb") as file:
        known = read_po(file, locale=path.stem)
    known.update(wanted, no_fuzzy_matching=True)
    return written(known)


def begin(language: str) -> None:
    """Begin the file of a language."""
    made = Catalog(locale=language, project="viva", fuzzy=False)
    made.header_comment = HEADER.format(language=made.locale.english_name if made.locale else "")
    files.write(HERE / f"{made.locale}.po", written(made))


def main(new: str = "") -> None:
    """Write the template, and every language's file."""
    wanted = template()
    if new:
        begin(new)
    files.write(TEMPLATE, written(wanted))
    for path in sorted(HERE.glob("*.po")):
        files.write(path, updated(path, wanted))


if __name__ == "__main__":
    main(*sys.argv[1:])
