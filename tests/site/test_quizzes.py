"""Every quiz of the built course is consistent with its bank."""

from __future__ import annotations

import gzip
import json
import re
from collections import Counter
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from viva.bank import types
from viva.bank.banks import flat
from viva.bank.question import content_hash
from viva.course import courses
from viva.course.layout import Layout

# Letters of other alphabets and the signs that typesetting changes are left out of comparisons.
LETTERS = re.compile(r"[^a-z0-9]+")


@pytest.fixture(scope="module")
def read(neutral):
    return courses.load(Layout.of(neutral))


@pytest.fixture(scope="module")
def self_checks(read, site) -> dict[str, BeautifulSoup]:
    return {
        bank.id: BeautifulSoup((site / f"self-checks/{bank.id}.html").read_text("utf-8"), "html.parser")
        for bank in read.banks
    }


def letters(text: str) -> str:
    text = re.sub(r"\[@[^\]]*\]|!?\[([^\]]*)\]\([^)]*\)", lambda found: found[1] or "", text)
    return LETTERS.sub("", text.casefold())


def test_every_type_of_question_is_used(read):
    used = {q.type for bank in read.banks for q in flat(bank.questions)}
    assert used == set(types.TYPES)


def test_a_self_check_has_every_question_of_its_bank_in_order(read, self_checks):
    for bank in read.banks:
        found = self_checks[bank.id].find_all("viva-question")
        assert [tag["id"] for tag in found] == [q.id for q in flat(bank.questions)], bank.id


def test_a_question_says_what_its_bank_says(read, self_checks):
    for bank in read.banks:
        for question in flat(bank.questions):
            tag = self_checks[bank.id].find(id=question.id)
            assert tag["type"] == question.type
            assert tag["data-hash"] == content_hash(question), question.id
            assert json.loads(tag["data-key"]) == json.loads(json.dumps(types.key(question)))
            if question.type != "case":
                assert letters(question.stem) in letters(tag.get_text()), question.id


def test_every_option_and_every_reason_is_there(read, self_checks):
    for bank in read.banks:
        for question in flat(bank.questions):
            text = letters(self_checks[bank.id].find(id=question.id).get_text())
            for option in getattr(question, "options", ()):
                assert letters(option.text) in text, (question.id, option.text)
                why = getattr(option, "why", None)
                assert why is None or letters(why) in text, (question.id, option.text)


def test_answers_wait_in_noscript(self_checks):
    for page in self_checks.values():
        for key in page.find_all(class_="viva-key"):
            assert key.find_parent("noscript") is not None


def test_read_again_links_lead_to_a_heading(self_checks, site):
    for bank, page in self_checks.items():
        links = [a["href"] for p in page.find_all(class_="viva-read") for a in p.find_all("a")]
        assert links, bank
        for href in set(links):
            path, _, anchor = href.partition("#")
            target = (site / "self-checks" / path).resolve()
            soup = BeautifulSoup(target.read_text("utf-8"), "html.parser")
            assert soup.find(id=anchor) is not None, href


def searched(site) -> dict[str, str]:
    """What the search knows of each place: headings and text."""
    script = (site / "assets/viva/search-data.js").read_text("utf-8")
    data = json.loads(script.removeprefix("window.vivaSearch=").removesuffix(";\n"))
    return {
        f"{page['url']}#{anchor}": f"{heading} {text}"
        for page in data["pages"]
        for anchor, heading, text in page["sections"]
    }


def test_stems_are_searchable_and_answers_are_not(read, site):
    by_place = searched(site)
    for bank in read.banks:
        for question in bank.questions:
            entry = by_place[f"self-checks/{bank.id}.html#{question.id}"]
            assert letters(entry) == letters(question.stem)
    # A module may say in its text what an option says; a self-check may not be found by it.
    entries = [text for place, text in by_place.items() if place.startswith("self-checks/")]
    everything = letters(" ".join(entries))
    for bank in read.banks:
        for question in flat(bank.questions):
            for option in getattr(question, "options", ()):
                why = letters(getattr(option, "why", None) or "")
                assert len(why) < 40 or why not in everything, question.id


def test_only_a_page_that_asks_something_loads_the_script(read, site):
    for path, page in read.pages.items():
        html = site / path.replace(".md", ".html")
        soup = BeautifulSoup(html.read_text("utf-8"), "html.parser")
        asks = any(directive.ids for directive in page.directives)
        loaded = {tag["src"] for tag in soup.find_all("script", src=True)}
        assert any(src.endswith("viva/viva.js") for src in loaded) == asks, path


def test_the_published_script_holds_every_type(site):
    script = (site / "assets/viva/viva.js").read_text("utf-8")
    apart = {path.stem for path in (site / "assets/viva/types").iterdir()}
    assert all(f'type("{name}"' in script for name in set(types.TYPES) - apart)
    for html in site.rglob("self-checks/*.html"):
        soup = BeautifulSoup(html.read_text("utf-8"), "html.parser")
        used = {tag["type"] for tag in soup.find_all("viva-question")} & apart
        loaded = [tag["data-apart"].split() for tag in soup.find_all("script", {"data-apart": True})]
        assert sorted(src for srcs in loaded for src in srcs) == sorted(
            f"../assets/viva/types/{name}.js" for name in used
        )


def test_a_self_check_of_twenty_questions_is_light(site):
    """Compressed, 15 KB of HTML and 20 KB of own scripts and styles; 3.5 KB more for each type that
    is rare and loaded apart."""
    page = site / "self-checks/scale.html"
    soup = BeautifulSoup(page.read_text("utf-8"), "html.parser")
    assert len(soup.find_all("viva-question")) >= 20
    own = [tag.get("src") or tag.get("href") for tag in soup.find_all(["script", "link"])]
    files = {name: page.parent / name for name in own if name and "assets/viva/" in name}
    sizes: Counter[str] = Counter()
    for name, file in files.items():
        sizes[file.stem if "/types/" in name else "every page"] += _compressed(file)
    assert sizes.pop("every page") <= 20 * 1024
    assert len(sizes) >= 3 and max(sizes.values()) <= 3.5 * 1024
    assert _compressed(page) <= 15 * 1024


def test_a_page_that_asks_nothing_is_lighter_still(site):
    """Compressed, 4 KB of own scripts: the search and what is next."""
    home = BeautifulSoup((site / "index.html").read_text("utf-8"), "html.parser")
    own = [tag["src"] for tag in home.find_all("script", src=True) if "assets/viva/" in tag["src"]]
    assert len(own) >= 2
    assert sum(_compressed(site / name) for name in own) <= 4 * 1024


def _compressed(path: Path) -> int:
    return len(gzip.compress(path.read_bytes(), 9))


def test_every_self_check_is_in_the_navigation(read, site):
    soup = BeautifulSoup((site / "self-checks/index.html").read_text("utf-8"), "html.parser")
    links = {a["href"] for nav in soup.find_all("nav") for a in nav.find_all("a", href=True)}
    assert {f"{bank.id}.html" for bank in read.banks} <= links


def test_pages_describe_themselves_without_answers(read, site):
    for bank in read.banks:
        html = (site / f"self-checks/{bank.id}.html").read_text("utf-8")
        data = json.loads(_metadata(html))
        assert data["@type"] == "Quiz"
        assert "acceptedAnswer" not in json.dumps(data)
    module = json.loads(_metadata((site / "modules/scale.html").read_text("utf-8")))
    assert module["@type"] == ["WebPage", "LearningResource"]
    assert len(module["teaches"]) == len(read.pages["modules/scale.md"].meta["objectives"])
    assert module["citation"]


def _metadata(html: str) -> str:
    script = BeautifulSoup(html, "html.parser").find("script", type="application/ld+json")
    return script.string
