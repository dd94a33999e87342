"""What was made before is used again only while nothing has changed that shaped it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from mkdocs.config import load_config
from mkdocs.structure.files import get_files
from mkdocs.structure.pages import Page

from viva.base import cache
from viva.base.cache import Cache
from viva.course import conversion
from viva.engines.mkdocs.conversion import Conversions
from viva.engines.mkdocs.early import Early
from viva.site.embed import Embed
from viva.site.site import Site
from viva.theme import Theme

GLOSSARY = "# Glossary\n\nPatellar tendon (PT)\n:   It ends in front.\n"


def page_of(make_course, files: dict[str, str] | None = None, overrides: Path | None = None) -> str:
    """The question of the small course as HTML, by way of the cache that its folder keeps."""
    read = make_course({"docs/references.md": "# References\n", **(files or {})})
    (bank,) = read.banks
    site = Site(read, Theme(overrides), Cache(read.layout.cache))
    return site.html(Embed("self-check", bank.questions), "../")


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("docs/modules/knee.md", "name the bones", "name the ligaments"),
        ("docs/modules/knee.md", "The two menisci", "The two-menisci"),
        ("docs/references.bib", "Smith, Anna", "Smythe, Anna"),
        ("docs/glossary.md", "Patellar tendon", "Tendon of the patella"),
    ],
)
def test_a_question_follows_what_the_course_says_around_it(make_course, sound_bank, name, old, new):
    bank = sound_bank.replace("It is lateral.", "The PT is not.")
    files = {"quizzes/knee.yml": bank, "docs/glossary.md": GLOSSARY}
    before = page_of(make_course, files)
    text = (make_course(files).layout.root / name).read_text("utf-8")
    assert old in text
    assert page_of(make_course, files | {name: text.replace(old, new)}) != before
    assert page_of(make_course, files | {name: text}) == before


def test_a_question_follows_the_pages_that_there_are(make_course):
    before = page_of(make_course)
    assert 'href="../references.html#ref-smith2001"' in before
    read = make_course()
    (read.layout.docs / "references.md").unlink()
    read = make_course()
    (bank,) = read.banks
    site = Site(read, Theme(), Cache(read.layout.cache))
    assert "references.html" not in site.html(Embed("self-check", bank.questions), "../")


def test_a_question_follows_the_addresses_of_pages(make_course, sound_bank):
    bank = sound_bank.replace("    references: [smith2001]\n", "")
    files = {"quizzes/knee.yml": bank, "docs/references.bib": "", "docs/references.md": "# None\n"}
    files["docs/modules/knee.md"] = "---\nobjectives: [{id: knee-1, text: T}]\n---\n# Knee\n\n## The two menisci\n"
    for folders, address in (("false", "knee.html"), ("true", "knee/"), ("false", "knee.html")):
        settings = f"site_name: Test\nuse_directory_urls: {folders}\n"
        html = page_of(make_course, files | {"mkdocs.yml": settings})
        assert f'href="../modules/{address}#the-two-menisci"' in html


FIGURE = '<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="300"/>'


@pytest.mark.parametrize(
    ("name", "old", "new", "shown"),
    [
        ("mkdocs.yml", "sign_off: false", "sign_off: true", "Reviewed by Ada"),
        ("quizzes/knee.yml", "p: 0.5", "p: 0.25", "25\u00a0% of an earlier class"),
        ("docs/knee.svg", 'width="400"', 'width="600"', 'width="600"'),
    ],
)
def test_a_question_follows_what_is_shown_and_is_no_part_of_it(make_course, sound_bank, name, old, new, shown):
    more = "    statistics: {p: 0.5, n: 30}\n    figure: {src: knee.svg, alt: A knee.}\n    status: accepted\n"
    files = {
        "mkdocs.yml": "site_name: Test\nplugins: [viva: {sign_off: false}]\n",
        "quizzes/knee.yml": f"{sound_bank}{more}    reviews: [{{by: Ada, date: 2026-01-02, status: accepted}}]\n",
        "docs/knee.svg": FIGURE.format(width=400),
    }
    assert shown not in page_of(make_course, files)
    assert shown in page_of(make_course, files | {name: files[name].replace(old, new)})


@pytest.mark.parametrize(
    ("name", "place"), [("question.html", "</viva-question>"), ("types/single.html", "</div>")]
)
def test_a_question_follows_the_templates(make_course, tmp_path, name, place):
    own = tmp_path / "own"
    (own / "viva" / name).parent.mkdir(parents=True)
    before = page_of(make_course, overrides=own)
    template = Theme().template(name)
    assert template and place in template
    for words in ("mine", "yours"):
        (own / "viva" / name).write_text(
            template.replace(place, f"{place}<!-- {words} -->"), "utf-8"
        )
        after = page_of(make_course, overrides=own)
        assert f"<!-- {words} -->" in after
    (own / "viva" / name).unlink()
    assert page_of(make_course, overrides=own) == before


def test_a_question_follows_the_templates_of_the_program(make_course, monkeypatch):
    page_of(make_course)
    template = Theme.template
    changed = {"question.html": "<!-- newer -->"}
    monkeypatch.setattr(
        Theme, "template", lambda self, name: (template(self, name) or "") + changed.get(name, "")
    )
    everything = Theme.everything
    monkeypatch.setattr(Theme, "everything", lambda self: [*everything(self), b"newer"])
    assert "<!-- newer -->" in page_of(make_course)


@pytest.fixture
def packages(tmp_path, monkeypatch):
    """The folder of installed packages; `touch` installs one."""
    folder = tmp_path / "packages"
    folder.mkdir()
    monkeypatch.setattr(cache.sysconfig, "get_path", lambda name: str(folder))
    cache.installed.cache_clear()
    yield folder
    cache.installed.cache_clear()


def install(folder: Path) -> None:
    """Let a package be installed, a second later."""
    now = folder.stat().st_mtime_ns
    os.utime(folder, ns=(now, now + 10**9))
    cache.installed.cache_clear()


def test_an_installed_package_is_noticed(packages):
    before = cache.installed()
    assert cache.installed() == before
    install(packages)
    assert cache.installed() != before


def test_what_an_extension_made_is_made_again_when_packages_change(packages, tmp_path):
    made: list[int] = []

    def once() -> None:
        converter = conversion.Converter((("toc", {}),), Cache(tmp_path / "cache"))
        converter.kept("headings", "# One", lambda: made.append(1))

    once()
    once()
    assert made == [1]
    install(packages)
    once()
    assert made == [1, 1]


def test_what_one_set_of_extensions_made_is_not_taken_for_that_of_another(tmp_path):
    kept = Cache(tmp_path / "cache")
    made = []
    for extension in (("toc", {}), ("toc", {"baselevel": 2}), ("tables", {}), ("toc", {})):
        converter = conversion.Converter((extension,), kept)
        converter.kept("headings", "# One", lambda one=extension: made.append(one))
    assert made == [("toc", {}), ("toc", {"baselevel": 2}), ("tables", {})]


@pytest.fixture
def convert(tmp_path):
    """Convert a page as MkDocs does, with settings; returns whether it came from the cache."""

    def run(settings: str = "", files: tuple[str, ...] = ()) -> bool:
        (tmp_path / "docs").mkdir(exist_ok=True)
        for name in ("index.md", *files):
            (tmp_path / "docs" / name).write_text("# Home\n")
        (tmp_path / "mkdocs.yml").write_text(f"site_name: T\n{settings}")
        config = load_config(str(tmp_path / "mkdocs.yml"))
        found = get_files(config)
        kept = Cache(tmp_path / "cache")
        before = set(kept.folder.glob("*"))
        page = _page(found, config)
        Conversions(kept, config, found, Early(config)).keep(page)
        page.render(config, found)
        assert page.content == '<h1 id="home">Home</h1>'
        return set(kept.folder.glob("*")) == before

    return run


def _page(files, config):
    file = files.get_file_from_path("index.md")
    page = Page(None, file, config)
    page.markdown = "# Home\n"
    return page


def test_a_page_that_has_not_changed_comes_from_the_cache(convert):
    assert [convert(), convert()] == [False, True]


def test_a_page_is_converted_again_when_packages_change(convert, packages):
    convert()
    install(packages)
    assert [convert(), convert()] == [False, True]


@pytest.mark.parametrize(
    "change",
    [
        {"settings": "markdown_extensions: [admonition]\n"},
        {"settings": "markdown_extensions: [{toc: {permalink: false}}]\n"},
        {"settings": "use_directory_urls: false\n"},
        {"files": ("other.md",)},
    ],
)
def test_a_page_is_converted_again_when_its_surroundings_change(convert, change):
    convert()
    assert [convert(**change), convert(**change)] == [False, True]
