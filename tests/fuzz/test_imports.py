"""Files of other systems, torn and changed: a bank that loads or one sentence, never a traceback."""

from __future__ import annotations

import io
import json
import random
import sqlite3
import traceback
import zipfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

import mutation
import shrinking
from pixels import png
from viva.bank import banks
from viva.base import net
from viva.base.reader import parse
from viva.base.refused import Refused
from viva.course import courses
from viva.course.courses import Course
from viva.course.layout import Layout
from viva.exchange import blanks, importing, updating

FILES = Path(__file__).parents[1] / "imports"
LARGEST = 400_000


def packed(files: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as out:
        for name, content in files.items():
            out.writestr(name, content)
    return made.getvalue()


def deck() -> bytes:
    base = sqlite3.connect(":memory:")
    base.execute("CREATE TABLE col (models TEXT)")
    base.execute("CREATE TABLE notes (id INTEGER, guid TEXT, mid INTEGER, flds TEXT)")
    sides = [{"qfmt": "{{Front}}", "afmt": "{{FrontSide}}{{Back}}"}]
    model = {"flds": [{"name": "Front"}, {"name": "Back"}], "tmpls": sides, "type": 0}
    base.execute("INSERT INTO col VALUES (?)", (json.dumps({"7": model}),))
    base.execute("INSERT INTO notes VALUES (1, 'g', 7, 'What <b>beats</b>?\x1fThe {{c1::heart}}')")
    base.commit()
    return base.serialize()


def samples(folder: Path) -> dict[str, bytes]:
    """A file of every format."""
    found = {path.name: path.read_bytes() for path in sorted(FILES.iterdir()) if path.is_file()}
    for name, make in (("a.xlsx", blanks.new_table), ("a.docx", blanks.new_word)):
        make(folder / name)
        found[name] = (folder / name).read_bytes()
    choice = {"question": "Q?", "answers": [{"text": "a", "correct": True}, {"text": "b"}]}
    drag = {"taskDescription": "D", "textField": "The *left* one, *right*.", "distractors": "*up*"}
    blanks_ = {"text": "T", "questions": ["The *heart/cor:hint* beats."]}
    inside = [
        {"library": f"H5P.{kind} 1.0", "params": given}
        for kind, given in (("MultiChoice", choice), ("DragText", drag), ("Blanks", blanks_))
    ]
    about = json.dumps({"title": "T", "mainLibrary": "H5P.QuestionSet"}).encode()
    content = json.dumps({"questions": inside}).encode()
    found["a.h5p"] = packed({"h5p.json": about, "content/content.json": content})
    found["a.apkg"] = packed({"collection.anki2": deck(), "media": b'{"0": "a.png"}', "0": png(3, 3)})
    parts = {f"items/{n}": found[n] for n in ("node.qti3.xml", "gaps.qti21.xml", "heart.canvas.xml")}
    found["a.zip"] = packed({**parts, "imsmanifest.xml": b"<manifest/>", "items/img/a.png": png(3, 3)})
    return found


def changed(raw: bytes, chance: random.Random) -> bytes:
    """A file with its bytes torn; of a package mostly those of a member."""
    if not raw.startswith(b"PK") or chance.random() < 0.2:
        return mutation.torn(raw, chance)
    package = zipfile.ZipFile(io.BytesIO(raw))
    files = {name: package.read(name) for name in package.namelist()}
    name = chance.choice([one for one in files if files[one]])
    if chance.random() < 0.1:
        del files[name]
    elif name.endswith(".json"):
        files[name] = mutation.as_json(mutation.mutated(json.loads(files[name]), chance)).encode(
            "utf-8", "surrogatepass"
        )
    else:
        files[name] = mutation.torn(files[name], chance)
    return packed(files)


def fault(path: Path, course: Course, bank: str, plan: Callable[..., importing.Plan]) -> str:
    """What goes wrong when a file is imported; nothing where it comes in or is refused."""
    try:
        made = plan(path, course, bank, None, lambda: None)
    except Refused as refused:
        return "" if refused.said.strip() and "\n" not in refused.said else f"said {refused.said!r}"
    except Exception:
        return traceback.format_exc()[-1500:]
    if fallen := net.failed():
        return "\n".join(fallen)
    for where, text in made.texts.items():
        if where.suffix == ".yml":
            source = parse(text, where.name)
            _, problems = banks.validate(source, "imported") if not source.problems else (None, ())
            if source.problems or problems:
                return f"does not load: {[str(one) for one in (*source.problems, *problems)][:3]}"
    return ""


def _small(path: Path, said: str, again: Callable[[], str]) -> bytes:
    """The least of a file that goes wrong in the same way; of a package, in its members."""

    def fault_of(given: bytes | dict[str, bytes]) -> str:
        path.write_bytes(packed(given) if isinstance(given, dict) else given)
        return again()

    raw = path.read_bytes()
    if zipfile.is_zipfile(path):
        package = zipfile.ZipFile(path)
        return packed(shrinking.small({n: package.read(n) for n in package.namelist()}, said, fault_of))
    return bytes(shrinking.small(raw, said, fault_of))


@pytest.mark.fuzz
def test_imports(tmp_path):
    for name, text in (("mkdocs.yml", "site_name: T\n"), ("docs/index.md", "# T\n")):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    found = samples(tmp_path)
    course = courses.load(Layout.of(tmp_path))
    (tmp_path / "heart.gift").write_bytes(found["heart.gift"])
    importing.write(importing.plan(tmp_path / "heart.gift", course, "heart", None, lambda: None))
    course = courses.load(course.layout)
    for seed, chance in mutation.rounds("imports"):
        name = chance.choice(sorted(found))
        path = tmp_path / name
        path.write_bytes(changed(found[name], chance)[:LARGEST])
        again = name.endswith(".gift") and chance.random() < 0.5
        plan, bank = (updating.plan, "heart") if again else (importing.plan, "imported")
        said = fault(path, course, bank, plan)
        if said:
            small = _small(path, said, partial(fault, path, course, bank, plan))
            where = mutation.keep("imports", seed, name, small)
            pytest.fail(f"{name}: {said}\n{small[:2000]!r}\nkept: {where}")
