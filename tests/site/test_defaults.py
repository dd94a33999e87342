"""Courses that say little in mkdocs.yml: what is left out must not break, or ask another host."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

import commands
import engines
from sampled import long

VIVA = [sys.executable, "-c", "from viva.cli import main; main()"]
MODULE = """\
---
title: Knee
description: The knee.
objectives:
  - {id: knee-1, text: name the bones, level: remember}
---
# Knee

## Bones

A patella [@smith2001].
"""
BANK = """\
title: Knee
module: knee.md
questions:
  - id: knee-1-a
    type: single
    objective: knee-1
    stem: Which bone is at the front?
    options:
      - {text: Fibula, why: Lateral.}
      - {text: Patella, correct: true, why: In front.}
    read: knee.md#bones
"""
FILES = {
    "docs/index.md": "# Home\n",
    "docs/knee.md": MODULE,
    "docs/references.bib": "@misc{smith2001, title={On knees}}",
    "quizzes/knee.yml": BANK,
}
ASKS_ANOTHER_HOST = re.compile(r'<(?:script|img|iframe|link)[^>]*(?:src|href)="?(?:https?:)?//[^">]*')


def write(folder: Path, settings: str, files: dict[str, str] = FILES) -> Path:
    for name, text in {"mkdocs.yml": settings, **files}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return folder


def run(folder: Path, *command: str, **surroundings: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command,
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=False,
        env=os.environ | {"NO_MKDOCS_2_WARNING": "1"} | surroundings,
    )


def soups(site: Path) -> dict[str, BeautifulSoup]:
    return {
        path.relative_to(site).as_posix(): BeautifulSoup(path.read_text("utf-8"), "html.parser")
        for path in site.rglob("*.html")
    }


def assert_whole(site: Path) -> None:
    """Looks, searches and works like any course, and asks nobody else for anything."""
    for path in site.rglob("*.html"):
        assert not ASKS_ANOTHER_HOST.findall(path.read_text("utf-8")), path
    found = soups(site)
    assert not [name for name, soup in found.items() if soup.footer and "None" in soup.footer.get_text()]
    for name in ("assets/site/mark.svg", "assets/site/site.css", "assets/site/app/icon-192.png"):
        assert (site / name).is_file(), name
    home = found["index.html"]
    assert home.find("link", rel="icon")["href"] == "assets/site/mark.svg"
    assert home.find(class_="viva-header__name").svg
    assert len(home.find_all("input", attrs={"name": "__palette"})) == 3
    assert "patella" in (site / "assets/viva/search-data.js").read_text("utf-8").lower()
    assert not (site / "search").exists()  # neither the theme's search nor that of MkDocs
    assert [path.suffix for path in sorted((site / "downloads").iterdir())] == [".zip", ".epub"]
    assert found["knee.html"].find("a", href="references.html#ref-smith2001")
    assert found["references.html"].find(id="ref-smith2001")
    assert found["self-checks/knee.html"].find("viva-question")


@pytest.mark.parametrize(
    "settings",
    ["site_name: Knees\n", long("site_name: Knees\ntheme: {language: en}\nplugins: [offline]\n")],
)
def test_viva_build_needs_no_more_than_a_name(tmp_path, settings):
    done = commands.viva("build", cwd=write(tmp_path, settings))
    assert done.returncode == 0, done.stderr
    assert_whole(tmp_path / "site")


@pytest.mark.parametrize(
    "settings",
    [
        "site_name: Knees\nplugins: [search: {lang: en}, viva]\n",
        long("site_name: Knees\nplugins: [viva]\n"),
    ],
)
def test_mkdocs_alone_needs_to_know_of_viva(tmp_path, settings):
    done = commands.mkdocs("build", "--strict", "--quiet", cwd=write(tmp_path, settings))
    assert (done.returncode, done.stderr) == (0, "")
    assert_whole(tmp_path / "site")


def test_the_navigation_is_that_of_the_pages_there_are(tmp_path):
    commands.mkdocs("build", "--strict", "--quiet", cwd=write(tmp_path, "site_name: Knees\nplugins: [viva]\n"))
    home = soups(tmp_path / "site")["index.html"]
    listed = home.select(".md-nav--primary > .md-nav__list > .md-nav__item > .md-nav__link")
    titles = [one.get_text(strip=True) for one in listed]
    assert titles == ["Home", "Knee", "Self-checks", "Study", "Reference", "About"]
    areas = [(one.get_text(strip=True), one["href"]) for one in home.select(".viva-areas a")]
    assert areas == [
        ("Today", "index.html"),
        ("Read", "read.html"),
        ("Questions", "self-checks/index.html"),
        ("Review", "study/review.html"),
    ]
    assert not home.find("a", string=re.compile("About this course"))


def test_what_the_footer_says_is_what_the_settings_say(tmp_path):
    settings = (
        "site_name: Knees\ncopyright: By us\nplugins: [viva]\n"
        "extra: {caution: Take care., license: https://example.org/by}\n"
    )
    commands.mkdocs("build", "--strict", "--quiet", cwd=write(tmp_path, settings, FILES | {"docs/about.md": "# About\n"}))
    footer = soups(tmp_path / "site")["self-checks/knee.html"].find(class_="md-copyright")
    assert footer.get_text(" ", strip=True) == "Take care. About this course By us Licences of what others made"
    assert footer.a["href"] == "../about.html"


def test_the_page_for_lost_readers_stands_alone_without_an_address_of_the_site(tmp_path):
    commands.mkdocs("build", "--strict", "--quiet", cwd=write(tmp_path, "site_name: Knees\nplugins: [viva]\n"))
    page = soups(tmp_path / "site")["404.html"]
    assert not page.find_all(["link", "script", "img"])
    assert [link["href"] for link in page.find_all("a")] == ["index.html", "../index.html"]


def test_the_page_for_lost_readers_knows_where_the_site_is(tmp_path):
    settings = "site_name: Knees\nsite_url: https://example.org/courses/knees/\nplugins: [viva]\n"
    commands.mkdocs("build", "--strict", "--quiet", cwd=write(tmp_path, settings))
    page = soups(tmp_path / "site")["404.html"]
    assert page.find("a", string="Start at the home page.")["href"] == "/courses/knees/index.html"
    assert page.find("link", href="/courses/knees/assets/site/site.css")


def test_every_command_keeps_to_the_folders_of_the_settings(tmp_path):
    settings = (
        "site_name: Knees\ndocs_dir: pages\nsite_dir: public\ntheme: {name: material, custom_dir: own}\n"
        "plugins: [viva: {quizzes: bank, cache: kept}]\n"
    )
    files = {
        name.replace("docs/", "pages/").replace("quizzes/", "bank/"): text
        for name, text in FILES.items()
    }
    mark = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"></svg>'
    write(tmp_path, settings, files | {"own/assets/site/mark.svg": mark})
    for command in (("check",), ("build",), ("pack",)):
        done = commands.viva(*command, cwd=tmp_path, env=os.environ | {"VIVA_BROWSER": "no-such-browser"})
        assert done.returncode == 0, done.stderr
    assert (tmp_path / "public/assets/site/mark.svg").read_text() == mark
    assert {path.name for path in tmp_path.iterdir()} == {
        *("mkdocs.yml", "pages", "bank", "own"),
        *("public", "kept", "dist"),
    }
    (tmp_path / "bank/knee.yml").write_text(BANK.replace("knee.md#bones", "knee.md#bone"))
    done = commands.viva("check", cwd=tmp_path)
    assert "bank/knee.yml:11:11: pages/knee.md has no heading #bone" in done.stdout


@pytest.mark.parametrize("engine", ["mkdocs", "zensical", long("properdocs")])
def test_a_strict_navigation_misses_pages_of_the_author_and_none_of_ours(tmp_path, engine):
    settings = (
        "site_name: Knees\nstrict: true\nvalidation: {nav: {omitted_files: warn}}\nnot_in_nav: spare.md\n"
        f"nav: [index.md, knee.md]\nplugins: [viva: {{engine: {engine}}}]\n"
    )
    write(tmp_path, settings, FILES | {"docs/spare.md": "# Spare\n"})
    done = engines.viva(engine, tmp_path, "build")
    assert done.returncode == 0, done.stderr
    (tmp_path / "docs/forgotten.md").write_text("# Forgotten\n")
    done = engines.viva(engine, tmp_path, "build")
    if engine != "zensical":  # which does not look
        assert done.returncode == 1
        assert "forgotten.md" in done.stderr and "read.md" not in done.stderr, done.stderr


@pytest.mark.parametrize("setting", ["draft_docs", long("exclude_docs")])
def test_nothing_leads_to_a_page_that_is_not_published(tmp_path, setting):
    module = MODULE.replace("title: Knee\n", "title: Knee\ncards:\n  - {id: front, front: 'Which bone is in front?', back: The patella.}\n")
    files = FILES | {"docs/knee.md": module, "docs/drafts/later.md": "# Later\n"}
    files["docs/index.md"] = "# Home\n\n[viva modules]\n"
    write(tmp_path, f"site_name: Knees\n{setting}: |\n  drafts/\n  /knee.md\nplugins: [viva: {{offline: false}}]\n", files)
    done = commands.viva("build", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    site = tmp_path / "site"
    assert not (site / "knee.html").exists()
    links = {(page, link["href"].partition("#")[0]) for page, soup in soups(site).items() for link in soup.select("a[href]")}
    inside = [(page, link) for page, link in links if page != "404.html" and link and not link.startswith("http")]
    assert [one for one in inside if not (site / one[0]).parent.joinpath(one[1]).exists()] == []
    assert "knee.html" not in re.sub("self-checks/knee.html", "", (site / "assets/viva/course-data.js").read_text("utf-8"))


def test_a_page_in_the_place_of_one_of_ours_stops_the_build(tmp_path):
    files = FILES | {"docs/self-checks/knee.md": "# Mine\n"}
    write(tmp_path, "site_name: Knees\nplugins: [viva]\n", files)
    said = "docs/self-checks/knee.md:1:1: viva makes the page self-checks/knee.md itself"
    assert said in commands.mkdocs("build", "--strict", "--quiet", cwd=tmp_path).stderr
    assert said in commands.viva("check", cwd=tmp_path).stdout


def test_instant_navigation_stops_the_build_with_a_sentence(tmp_path):
    settings = "site_name: Knees\ntheme: {name: material, features: [navigation.instant]}\nplugins: [viva]\n"
    write(tmp_path, settings)
    said = "mkdocs.yml:2:36: navigation.instant cannot be used here"
    assert said in commands.mkdocs("build", "--strict", "--quiet", cwd=tmp_path).stderr
    assert said in commands.viva("check", cwd=tmp_path).stdout


def test_what_pages_can_do_without_stops_no_build(tmp_path):
    settings = "site_name: Knees\nextra_css: [gone.css]\nextra_javascript: [gone.js]\n"
    settings += "theme: {name: material, logo: gone.svg, features: [navigation.tab]}\n"
    settings += "plugins: [viva: {offline: false}]\n"
    done = commands.viva("build", cwd=write(tmp_path, settings))
    assert done.returncode == 0, done.stderr
    told = commands.viva("check", cwd=tmp_path)
    assert told.returncode == 0 and told.stdout.count("mkdocs.yml:") == 4


def test_a_course_may_do_without_its_offline_form(tmp_path):
    settings = "site_name: Knees\nplugins: [viva: {offline: false}]\n"
    done = commands.viva("build", cwd=write(tmp_path, settings))
    assert done.returncode == 0, done.stderr
    assert not [name for name in ("offline.html", "downloads", "sw.js") if (tmp_path / "site" / name).exists()]
    assert "write offline: true" in commands.viva("pack", cwd=tmp_path).stderr


def test_a_pipe_that_lacks_letters_ends_no_command(tmp_path):
    write(tmp_path, "site_name: Größe\n", FILES | {"quizzes/knee.yml": BANK.replace("{text: Fibula,", "{")})
    for command in ("build", "check"):
        done = run(tmp_path, *VIVA, command, PYTHONIOENCODING="cp1252", PYTHONUTF8="0")
        assert "quizzes/knee.yml:9:9: option has no text" in done.stdout + done.stderr
        assert "Traceback" not in done.stderr
