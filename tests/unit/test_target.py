"""A build replaces a site, and nothing else."""

from __future__ import annotations

import shutil
import socket
from pathlib import Path

import pytest
from click.testing import CliRunner

from viva.base import files
from viva.base.refused import Refused
from viva.build import target
from viva.cli import main
from viva.course.layout import Layout


@pytest.fixture
def layout(make_course, tmp_path):
    make_course({})
    return Layout.of(tmp_path)


LOST = {
    **dict.fromkeys((".", "..", "/"), "holds the course"),
    **dict.fromkeys(("docs", "docs/out", "DOCS", "docs/../docs"), "the folder docs of the course"),
    **dict.fromkeys(("quizzes", "quizzes/deeper/still", "Quizzes/new"), "the folder quizzes of the course"),
}


def seen(folder: Path) -> dict[str, bytes | None]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() if path.is_file() else None
        for path in sorted(folder.rglob("*"))
    }


@pytest.mark.parametrize(("name", "why"), LOST.items())
def test_the_course_is_never_replaced(layout, name, why):
    before = seen(layout.root)
    with pytest.raises(Refused, match=f"{why}.*choose another folder"):
        target.proved(layout, layout.root / name)
    assert seen(layout.root) == before


def test_a_part_that_lies_elsewhere_is_not_replaced_with_what_is_around_it(tmp_path, make_course):
    make_course({})
    (tmp_path / "shared").mkdir()
    shutil.move(tmp_path / "docs", tmp_path / "shared/pages")
    (tmp_path / "docs").symlink_to(tmp_path / "shared/pages")
    layout = Layout.of(tmp_path)
    with pytest.raises(Refused, match="holds the course"):
        target.proved(layout, tmp_path / "shared")
    with pytest.raises(Refused, match="the folder docs of the course"):
        target.proved(layout, tmp_path / "shared/pages/new")


def test_nor_is_a_part_of_another_course(tmp_path, make_course):
    make_course({"other/mkdocs.yml": "site_name: Other\ndocs_dir: text\n", "other/text/index.md": "# Hello\n"})
    with pytest.raises(Refused, match="the folder text of the course"):
        target.proved(Layout.of(tmp_path), tmp_path / "other/text/site")


def test_a_link_is_not_replaced(layout, tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "site").symlink_to("elsewhere")
    with pytest.raises(Refused, match=r"site is a link to elsewhere.*name that folder itself"):
        target.proved(layout, tmp_path / "site")
    (tmp_path / "way").symlink_to(tmp_path / "elsewhere")
    assert target.proved(layout, tmp_path / "way/site") == tmp_path / "elsewhere/site"


def test_a_folder_with_something_else_is_refused_and_kept(layout):
    other = layout.root / "thesis"
    (other / "assets/viva").mkdir(parents=True)
    (other / "index.html").write_text("Hello")
    (other / "chapter.txt").write_text("years of work")
    before = seen(layout.root)
    for name in ("thesis", "thesis/chapter.txt"):
        with pytest.raises(Refused, match="did not make"):
            target.proved(layout, layout.root / name)
    with pytest.raises(Refused, match="did not make"):
        files.replace(other, layout.root / "fresh")
    assert seen(layout.root) == before


def test_the_place_of_the_settings_is_no_exception(layout):
    layout.site.mkdir()
    (layout.site / "index.html").write_text("made by another program")
    with pytest.raises(Refused, match="site holds something that viva did not make"):
        target.proved(layout, layout.site)


def old_site(folder: Path) -> Path:
    """A site from before there were lists."""
    (folder / "assets/viva").mkdir(parents=True)
    (folder / "assets/viva/viva.js").touch()
    (folder / "index.html").write_text('<script src="assets/viva/viva.js"></script>')
    return folder


def made_site(folder: Path, **pages: str) -> Path:
    with files.workshop(folder) as fresh:
        files.put(fresh / "index.html", "new")
        for name, text in pages.items():
            files.put(fresh / f"{name}.html", text)
        files.replace(folder, fresh)
    return folder


def test_a_new_an_empty_and_an_old_site_may_be_replaced(layout):
    (layout.root / "empty").mkdir()
    made_site(layout.root / "made")
    old_site(layout.root / "old")
    for name in ("new", "empty", "made", "old"):
        assert target.proved(layout, layout.root / name) == layout.root / name
        made_site(layout.root / name)
        assert (layout.root / name / "index.html").read_text() == "new"


def test_results_are_no_site(layout):
    files.outputs(layout.root / "results", {"marks.csv": "1"}, remedy="else")
    with pytest.raises(Refused, match="did not make"):
        target.proved(layout, layout.root / "results")


@pytest.mark.parametrize("first", [old_site, made_site])
def test_hidden_files_and_those_of_others_stay(layout, first):
    site = first(layout.root / "site")
    (site / ".git/refs/tags").mkdir(parents=True)
    (site / ".git/HEAD").write_text("main")
    (site / "hand").mkdir(mode=0o700)
    (site / "hand/out.docx").write_text("mine")
    (site / "CNAME").symlink_to("hand/out.docx")
    made_site(site, more="text")
    assert set(seen(site)) == {
        *(".git", ".git/HEAD", ".git/refs", ".git/refs/tags", ".viva-made"),
        *("CNAME", "hand", "hand/out.docx", "index.html", "more.html"),
    }
    assert (site / "CNAME").is_symlink() and (site / "CNAME").read_text() == "mine"
    assert (site / "hand").stat().st_mode & 0o777 == 0o700
    made_site(site)
    assert not (site / "more.html").exists()
    assert (site / "hand/out.docx").read_text() == "mine"


@pytest.mark.parametrize("address", ["localhost", "8000", "127.0.0.1:", "127.0.0.1:99999"])
def test_an_address_that_is_none_is_told(layout, monkeypatch, address):
    monkeypatch.chdir(layout.root)
    done = CliRunner().invoke(main, ["serve", "--address", address])
    assert (done.exit_code, "is no address" in done.output) == (2, True)


@pytest.mark.parametrize("engine", ["mkdocs", "zensical", "properdocs"])
def test_a_second_preview_takes_a_free_port_and_says_which(make_course, tmp_path, monkeypatch, engine):
    from viva.cli import site
    from viva.engines import mkdocs, properdocs, zensical

    make_course({"mkdocs.yml": f"site_name: Test\nplugins: [viva: {{engine: {engine}}}]\n"})
    monkeypatch.chdir(tmp_path)
    asked = []
    for one in (mkdocs, properdocs, zensical):
        monkeypatch.setattr(one, "missing", lambda: None)
        monkeypatch.setattr(one, "serve", lambda _, address, say: asked.append(address) or 0)
    with socket.create_server(("127.0.0.1", 0)) as first:
        taken = first.getsockname()[1]
        address = f"127.0.0.1:{taken}"
        wished = CliRunner().invoke(main, ["serve", "--address", address])
        assert wished.exit_code == 1
        assert f"cannot listen at {address}" in wished.output and "try: viva serve --address 127" in wished.output
        (option,) = [one for one in site.serve.params if one.name == "address"]
        monkeypatch.setattr(option, "default", address)
        done = CliRunner().invoke(main, ["serve"])
        (chosen,) = asked
        assert done.exit_code == 0
        assert chosen != address
        assert f"{address} is in use: this preview is at http://{chosen}/" in done.output
        socket.create_server(("127.0.0.1", int(chosen.rpartition(":")[2]))).close()
