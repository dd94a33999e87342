"""Whatever engine makes the pages: the same questions, the same anchors, nothing from elsewhere."""

from __future__ import annotations

import itertools
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

import engines
from engines import TITLED, TYPED
from sampled import long
from viva.base.words import of
from viva.build.stage import SAID
from viva.engines import properdocs

ARABIC = re.compile("[\u0621-\u064a]{2}")
OTHERS = ("properdocs", "zensical")
LOADED = re.compile(r'<(?:script|link|img|iframe)\b[^>]*?\s(?:src|href)="((?:https?:)?//[^"]+)"')
OLD = '<script src="assets/viva/viva.js"></script>the old site'
SETTINGS = "site_name: Small\nplugins:\n  - viva\n"


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return engines.new_course(tmp_path_factory)


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """The site of the small course by each engine, built when it is first asked for."""
    return lambda engine: engines.new_site(tmp_path_factory, engine)


def pages(site: Path) -> list[Path]:
    found = (path.relative_to(site) for path in site.rglob("*.html"))
    return sorted(path for path in found if path.name != "404.html")


def words(page: Path) -> list[str]:
    """What a page says, in its head too, but for the size of a download."""
    soup = BeautifulSoup(page.read_text("utf-8"), "html.parser")
    about = soup.find("meta", {"name": "description"})["content"]
    said = f"{soup.title.get_text()} {about} {soup.article.get_text(' ')}"
    return [one for one in said.split() if not re.fullmatch(r"\d+\.\d", one)]


@pytest.mark.parametrize("engine", OTHERS)
def test_the_same_pages_with_the_same_anchors_and_keys(built, engine):
    ours, theirs = built("mkdocs"), built(engine)
    assert pages(theirs) == pages(ours)
    for page in pages(ours):
        assert engines.ids(theirs / page) == engines.ids(ours / page), page
        assert engines.keys(theirs / page) == engines.keys(ours / page), page


@pytest.mark.parametrize("engine", OTHERS)
def test_the_same_words_on_every_page_and_none_for_viva(built, engine):
    ours, theirs = built("mkdocs"), built(engine)
    for page in pages(ours):
        assert words(theirs / page) == words(ours / page), page
        assert "[viva" not in " ".join(words(ours / page)), page


@pytest.mark.parametrize("engine", engines.NAMES)
def test_names_and_titles_are_read_as_they_were_typed(built, engine):
    for name in TITLED:
        page = BeautifulSoup((built(engine) / f"{name}.html").read_text("utf-8"), "html.parser")
        assert page.title.string == f"{TYPED} - {TYPED}"
        assert TYPED in page.h1.get_text()
        assert TYPED in page.select_one(".viva-header__name").get_text()
        assert TYPED in page.select_one(".md-nav--primary").get_text()
        about = page.find("meta", {"name": "description"})["content"]
        assert (about == TYPED) is (name == "field")


@pytest.mark.parametrize("engine", engines.NAMES)
def test_a_link_to_the_next_page_is_called_as_its_title_was_typed(built, engine):
    found = {
        link["aria-label"].partition(": ")[2]: link.select_one(".md-ellipsis").get_text(strip=True)
        for page in pages(built(engine))
        for link in BeautifulSoup((built(engine) / page).read_text("utf-8"), "html.parser").select(".md-footer__link")
    }
    assert TYPED in found
    assert found == {name: name for name in found}


@pytest.mark.parametrize("engine", engines.NAMES)
def test_nothing_comes_from_another_host(built, engine):
    site = built(engine)
    loaded = {
        address for page in pages(site) for address in LOADED.findall((site / page).read_text())
    }
    assert loaded == set()


@pytest.mark.parametrize("engine", engines.NAMES)
def test_no_key_reaches_the_index_of_the_search_or_an_assignment(built, engine):
    site = built(engine)
    index = (site / "assets/viva/search-data.js").read_text("utf-8")
    assert "correct" not in index and "data-key" not in index
    sheets = [page for page in pages(site) if page.parts[0] == "assignments"]
    assert len(sheets) > 1
    for page in sheets:
        assert engines.keys(site / page) == [], page


@pytest.mark.parametrize("engine", engines.NAMES)
def test_a_page_in_a_language_of_its_own_is_told_in_it_whole(built, engine):
    tell = of("ar").tell
    for name in ("foreign", "self-checks/foreign"):
        text = (built(engine) / f"{name}.html").read_text("utf-8")
        page = BeautifulSoup(text, "html.parser")
        assert (page.html["lang"], page.body["dir"]) == ("ar", "rtl")
        assert ARABIC.search(page.select_one(".md-skip").get_text())
        assert ARABIC.search(page.select_one(".viva-search input[type=search]")["placeholder"])
        said = [page.select_one(".viva-search button").string, page.select_one(".viva-search legend").string]
        assert said == [tell(SAID["close"]), tell(SAID["where"])]
        assert page.select_one(".md-copyright p:last-child").get_text(strip=True) == tell(SAID["licences"])
        contents = [one for one in page.select(".md-nav--secondary") if one.label]
        assert {one["lang"] for one in contents} <= {"ar"}
        assert {one.label.get_text(strip=True) for one in contents} <= {tell(SAID["toc"])}
        assert bool(contents) is (name == "foreign")
        assert page.select_one(".md-nav--primary > ul")["lang"] == "en"
        assert page.select_one(".viva-header__name span")["lang"] == "en"
        assert not [words for words in map(str, SAID.values()) if f'="{words}"' in text]


@pytest.mark.parametrize("engine", engines.NAMES)
def test_the_downloads_are_there(built, engine):
    names = {path.suffix for path in (built(engine) / "downloads").iterdir()}
    assert {".zip", ".epub"} <= names


@pytest.mark.parametrize("engine", [long("properdocs"), "zensical"])
def test_two_builds_are_the_same_byte_for_byte(built, small, engine, tmp_path):
    folder = tmp_path / "small"
    shutil.copytree(small, folder, ignore=shutil.ignore_patterns("site", ".cache"))
    again, before = engines.build(engine, folder), built(engine)
    files = sorted(path.relative_to(before) for path in before.rglob("*") if path.is_file())
    assert files == sorted(path.relative_to(again) for path in again.rglob("*") if path.is_file())
    differing = [f for f in files if (before / f).read_bytes() != (again / f).read_bytes()]
    assert differing == []


def test_pages_in_folders_of_their_own_lead_where_they_do_with_mkdocs(small, tmp_path):
    """Zensical leads links in HTML on; what leads nowhere would stop the build."""
    folder = shutil.copytree(small, tmp_path / "small", ignore=shutil.ignore_patterns("site", ".cache"))
    settings = folder / "mkdocs.yml"
    settings.write_text("use_directory_urls: true\n" + settings.read_text("utf-8"), "utf-8")
    site = engines.build("zensical", folder)
    for page, target in (("modules/recall", "../../references/#ref-"), ("read", "../modules/recall/")):
        read = BeautifulSoup((site / page / "index.html").read_text("utf-8"), "html.parser")
        assert read.article.select(f'a[href^="{target}"]'), page


@pytest.mark.parametrize("engine", [long("properdocs"), "zensical"])
def test_a_navigation_to_no_page_stops_the_build(tmp_path, engine):
    (tmp_path / "mkdocs.yml").write_text(f"{SETTINGS}nav: [index.md, gone.md]\n")
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/index.md").write_text("# Home\n")
    engines.choose(engine, tmp_path / "mkdocs.yml")
    done = engines.viva(engine, tmp_path, "build")
    said = done.stderr.splitlines()
    assert (done.returncode, len(said)) == (1, 2), said
    assert said[0].startswith("mkdocs.yml:4:17: there is no page docs/gone.md")


BROKEN = {
    "[nothing](nowhere.md)": "nowhere",
    "[nothing](#no-such-heading)": "no-such-heading",
    "![nothing](nothing.svg)": "nothing.svg",
}
SAMPLED = list(zip(engines.NAMES, BROKEN, strict=True))
"""Each engine meets one broken link, and each broken link one engine; the rest is long."""


@pytest.mark.parametrize(
    ("engine", "line"),
    [one if one in SAMPLED else long(*one) for one in itertools.product(engines.NAMES, BROKEN)],
)
def test_a_broken_link_stops_the_build_and_leaves_the_old_site(tmp_path, engine, line):
    (tmp_path / "mkdocs.yml").write_text(SETTINGS)
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/index.md").write_text(f"---\ndescription: Home.\n---\n# Home\n\n{line}\n")
    (tmp_path / "site/assets/viva").mkdir(parents=True)
    (tmp_path / "site/assets/viva/viva.js").touch()
    (tmp_path / "site/index.html").write_text(OLD)
    engines.choose(engine, tmp_path / "mkdocs.yml")
    done = engines.viva(engine, tmp_path, "build")
    assert done.returncode == 1
    said = [one for one in done.stderr.splitlines() if BROKEN[line] in one]
    assert len(said) == 1 and "index.md" in said[0], done.stderr
    assert (tmp_path / "site/index.html").read_text() == OLD


def test_a_list_below_a_message_of_properdocs_is_told_with_it():
    log = "INFO    -  Begun\nWARNING -  Pages are in no navigation:\n  - a.md\n  - b.md\nINFO    -  Done\n"
    assert [said.text for said in properdocs.DRIVER.read(log)] == ["Pages are in no navigation: a.md, b.md"]


def test_an_unknown_engine_is_named_with_those_that_there_are(tmp_path):
    (tmp_path / "mkdocs.yml").write_text(SETTINGS.replace("- viva", "- viva: {engine: hugo}"))
    done = engines.viva("mkdocs", tmp_path, "build")
    assert done.returncode == 1
    assert "mkdocs.yml:3:3: there is no engine hugo" in done.stderr
    assert all(name in done.stderr for name in engines.NAMES)
