"""A course in two languages: one site, and the same progress in both."""

from __future__ import annotations

import re
from pathlib import Path
from zipfile import ZipFile

import pytest
from bs4 import BeautifulSoup
from click.testing import CliRunner

import building
import translating
from browsers import assert_accessible, wait_for_function
from shared import once
from viva.cli import main

LEFT = "scale-meaning"
"""The question that nobody has translated."""


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """The neutral course with its German, all but a question and a paragraph, built."""
    return once(tmp_path_factory, "translated", translated)


def translated(folder: Path) -> None:
    building.copied(building.NEUTRAL, folder)
    settings = folder / "mkdocs.yml"
    told = settings.read_text("utf-8").replace("  - viva\n", "  - viva:\n      translations: [de]\n")
    settings.write_text(told, "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        begun = CliRunner().invoke(main, ["translate", "init", "de"])
        assert begun.exit_code == 0, begun.output
        translating.fill(folder, "de", lambda text: LEFT not in text and "angle from north" not in text)
        built = CliRunner().invoke(main, ["build"])
        assert built.exit_code == 0, built.output


@pytest.fixture(scope="module")
def site(course) -> Path:
    return course / "site"


def page(site: Path, name: str) -> BeautifulSoup:
    return BeautifulSoup((site / name).read_text("utf-8"), "html.parser")


def test_a_translated_page_is_in_its_language_and_says_what_is_not(site):
    read = page(site, "de/modules/direction.html")
    assert read.html["lang"] == "de"
    assert read.h1.get_text().startswith(translating.SIGN)
    assert read.select_one("h2#bearings").get_text().startswith(translating.SIGN)
    (left,) = read.select("p.viva-original")
    assert left["lang"] == "en" and "angle from north" in left.get_text()
    assert "nicht alles auf dieser Seite" in read.select_one("article > .viva-untranslated").get_text()
    assert not page(site, "de/modules/relief.html").select(".viva-untranslated, .viva-original")


def test_a_question_is_translated_whole_or_not_at_all(site):
    read = page(site, "de/self-checks/scale.html")
    left = read.find("viva-question", id=LEFT)
    assert left["lang"] == "en"
    assert left.select_one(".viva-untranslated")["lang"] == "de"
    assert translating.SIGN not in left.form.get_text()
    others = [one for one in read.select("viva-question[id]") if LEFT not in one["id"]]
    assert others and all(translating.SIGN in one.form.get_text() for one in others)
    assert not [one for one in others if one.has_attr("lang")]


def test_it_is_the_same_question_to_whoever_marks_it(site):
    pages = [page(site, f"{way}assignments/week-1.html") for way in ("", "de/")]
    first, second = ([one["data-hash"] for one in read.select("viva-question")] for read in pages)
    assert first == second
    checks = [page(site, f"{way}self-checks/scale.html") for way in ("", "de/")]
    first, second = ([one["data-hash"] for one in read.select("viva-question")] for read in checks)
    assert first == second


def test_each_page_leads_to_itself_in_the_other_language(site):
    for name, other in (("modules/scale.html", "../de/modules/scale.html"), ("de/index.html", "../index.html")):
        (link,) = page(site, name).select(".viva-languages a")
        assert link["href"] == other
        assert (site / name).parent.joinpath(other).resolve().is_file()


def test_everything_is_taken_along_together(site, tmp_path):
    *_, all_of_it = page(site, "de/offline.html").select(".viva-downloads-here a")
    assert all_of_it["href"] == "../offline.html"
    unpacked = building.unpack(site, tmp_path)
    assert (unpacked / "de/modules/scale.html").is_file()
    assert '"de/modules/scale.html"' in (site / "sw.js").read_text("utf-8")
    assert not (site / "de/sw.js").exists()
    app = page(site, "de/modules/scale.html").select_one("script[src*='app.js']")
    assert app["data-root"] == "../../../../"


def test_readers_of_a_translation_get_the_book_in_their_language(site):
    kinds = ("-offline.zip", "-de.epub"), ("-offline.zip", ".epub")
    for name, endings in zip(("de/offline.html", "offline.html"), kinds, strict=True):
        links = [one["href"] for one in page(site, name).select(".viva-downloads a")]
        assert [link.partition("downloads/reading-a-map")[2] for link in links] == [*endings]
        assert all((site / name).parent.joinpath(link).is_file() for link in links)
    with ZipFile(site / "downloads/reading-a-map-de.epub") as book:
        about = book.read("EPUB/package.opf").decode()
        text = "".join(book.read(one).decode() for one in book.namelist() if one.endswith("xhtml"))
    assert "<dc:language>de</dc:language>" in about and text.count(translating.SIGN) > 50
    with ZipFile(site / "downloads/reading-a-map.epub") as book:
        first = book.read("EPUB/package.opf").decode()
    number = re.compile("urn:uuid:[^<]+")
    assert number.findall(about) != number.findall(first)


def test_an_answer_and_the_place_stay_in_the_other_language(open_page):
    read = open_page("de/self-checks/direction.html")
    question = read.locator("viva-question#direction-east")
    question.get_by_text("90°").click()
    question.get_by_role("button", name="Antwort prüfen").click()
    question.locator(".viva-verdict").wait_for()
    assert_accessible(read)
    read.get_by_role("link", name="English").click()
    read.wait_for_url(re.compile(r"/site/self-checks/direction\.html#"))
    question = read.locator("viva-question#direction-east")
    question.locator(".viva-verdict").wait_for()
    wait_for_function(read, "location.hash === '#direction-east'")


def test_what_was_edited_is_said_and_shown_as_it_was_written(course, monkeypatch, tmp_path):
    edited = building.copied(course, tmp_path)
    monkeypatch.chdir(edited)
    bank = edited / "quizzes/direction.yml"
    before = bank.read_text("utf-8")
    bank.write_text(before.replace("due east?", "right in the east?"), "utf-8")
    said = CliRunner().invoke(main, ["translate", "status"]).output
    assert "quizzes/direction.yml: 35 of 36 translated, 1 out of date" in said
    warned = CliRunner().invoke(main, ["check"]).output
    assert "quizzes/direction.de.po:1:1: 1 text has been edited since the translation" in warned
    CliRunner().invoke(main, ["translate", "update"])
    kept = (edited / "quizzes/direction.de.po").read_text("utf-8")
    assert '#| msgid "What is the bearing of something due east?"' in kept
    bank.write_text(before, "utf-8")
