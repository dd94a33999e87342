"""What readers take along: packed alike every time, listed on its page."""

from __future__ import annotations

import hashlib
import json
import os
import re
from dataclasses import replace
from pathlib import Path
from zipfile import ZIP_STORED, ZipFile

import pytest

from viva.base.words import ENGLISH, of
from viva.offline import app, archive, built, downloads, finish, parts
from viva.offline.built import Target
from viva.offline.doctor.examine import examine
from viva.offline.doctor.sources import Copy
from viva.offline.parts import Part
from viva.theme import Theme

THEME = Theme()
FILES = {"b/index.html": b"<p>Hello" * 50, "a.css": b"p{}", "mimetype": b"x", "f.woff2": b"font"}


def test_the_same_files_make_the_same_zip_at_any_time(tmp_path):
    archive.write(tmp_path / "one.zip", FILES)
    archive.write(tmp_path / "two.zip", dict(reversed(FILES.items())))
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()


def test_a_zip_keeps_every_byte_in_the_order_of_names(tmp_path):
    archive.write(tmp_path / "one.zip", FILES)
    with ZipFile(tmp_path / "one.zip") as packed:
        assert packed.namelist() == sorted(FILES)
        assert {name: packed.read(name) for name in FILES} == FILES
        assert {entry.external_attr >> 16 for entry in packed.infolist()} == {0o100644}


def test_the_first_file_is_first_and_not_compressed(tmp_path):
    archive.write(tmp_path / "one.zip", FILES, first="mimetype")
    with ZipFile(tmp_path / "one.zip") as packed:
        entry = packed.infolist()[0]
        assert (entry.filename, entry.compress_type, entry.extra) == ("mimetype", ZIP_STORED, b"")


@pytest.fixture
def target(tmp_path):
    site = tmp_path / "site"
    (site / "assets").mkdir(parents=True)
    (site / "offline.html").write_text('<h1>Along</h1><div class="viva-downloads-here"></div><p>More.</p>')
    (site / "assets" / "site.css").write_text("p{}")
    (site / "assets" / "site.css.map").write_text("{}")
    return Target(site, "knees")


def test_the_zip_is_one_folder_without_downloads_and_source_maps(target):
    target.folder.mkdir()
    target.file(".pdf").write_bytes(b"%PDF")
    finish.pack(target)
    with ZipFile(target.file("-offline.zip")) as packed:
        names = {name for name in packed.namelist() if name.startswith("knees/")}
        assert names == set(packed.namelist())
        assert "knees/assets/site.css" in names
        assert not [name for name in names if "downloads" in name or name.endswith(".map")]
        page = packed.read("knees/offline.html").decode()
    assert "You are reading the unpacked folder" in page
    assert "<a href" not in page


def test_packing_again_after_touching_every_file_gives_the_same_bytes(target):
    finish.pack(target)
    before = target.file("-offline.zip").read_bytes()
    finish.seal(target)
    for path in target.site.rglob("*.*"):
        os.utime(path, (1, 1))
        path.chmod(0o600)
    finish.pack(target)
    assert target.file("-offline.zip").read_bytes() == before


def test_the_page_lists_what_is_there_and_only_once(target):
    finish.pack(target)
    for _ in range(2):
        finish.seal(target)
    page = (target.site / "offline.html").read_text()
    assert page.count('href="downloads/knees-offline.zip"') == 1
    assert page.startswith("<h1>Along</h1>")
    assert page.endswith("<p>More.</p>")


def test_a_site_knows_its_name_by_its_zip(target):
    assert built.target_of(target.site, target.page) is None
    finish.pack(target)
    assert built.target_of(target.site, target.page) == target


def test_a_page_in_a_folder_leads_up_to_its_downloads(target):
    page = "offline/index.html"
    (target.site / "offline").mkdir()
    (target.site / "offline.html").rename(target.site / page)
    finish.pack(replace(target, page=page))
    finish.seal(replace(target, page=page))
    assert 'href="../downloads/knees-offline.zip"' in (target.site / page).read_text()


def test_a_translation_has_books_of_its_own_among_the_downloads(target):
    (target.site / "de").mkdir()
    (target.site / "de/offline.html").write_text('<div class="viva-downloads-here"></div>')
    finish.pack(target)
    for ending in (".epub", ".pdf", "-de.epub", "-de.pdf"):
        target.file(ending).write_bytes(b"book")
    found = built.target_of(target.site, target.page, ENGLISH, {"de": of("de"), "fr": of("fr")})
    assert found and [one.page for one in found.translations] == ["de/offline.html"]
    finish.seal(found)
    page = (target.site / "de/offline.html").read_text()
    assert re.findall('href="(.*?)"', page) == [
        *(f"../downloads/knees{one}" for one in ("-offline.zip", "-de.epub", "-de.pdf")),
        "../offline.html",
    ]
    assert "-de." not in (target.site / "offline.html").read_text()
    assert len(found.downloads()) == 5
    (german,) = found.translations
    assert (german.to_books, german.assets) == ("../de/", "de/assets/")


def test_a_preview_offers_no_downloads_and_no_app(target):
    finish.preview(target.site, target.page)
    assert "made when the course is built" in (target.site / "offline.html").read_text()
    assert "unregister" in (target.site / "sw.js").read_text()
    assert not target.folder.exists()


def kept(files: dict[str, bytes]) -> dict[str, str]:
    """What the worker keeps of these files. It keeps what readers are told of them too."""
    found = course_of(files)["files"]
    plan = app.made(files, "offline.html")[app.PLAN]
    assert found.pop(app.PLAN) == app.file_hash(plan)
    return found


def course_of(files: dict[str, bytes]) -> dict:
    text = app.made(files, "offline.html")[app.WORKER].decode().removeprefix("const COURSE = ")
    return json.JSONDecoder().raw_decode(text)[0]


def test_the_worker_lists_every_file_by_its_content():
    assert kept({"b.html": b"b", "a.css": b"a"}) == {
        name: hashlib.sha256(data).hexdigest()[:16]
        for name, data in (("a.css", b"a"), ("b.html", b"b"))
    }


def test_the_worker_leaves_out_itself():
    assert not kept({"sw.js": b"old"})


def test_the_version_changes_with_any_file_and_only_then():
    one, same, other = (course_of({"a.css": text})["version"] for text in (b"a", b"a", b"b"))
    assert one == same != other


def test_every_address_of_the_manifest_is_relative_and_its_icons_are_there():
    manifest = app.manifest(app.Course("Knees", "Knees", "On knees", ENGLISH))
    assert manifest["start_url"] == "index.html"
    for icon in manifest["icons"]:
        width, height = png_size(THEME.assets()[icon["src"]])
        assert f"{width}x{height}" == icon["sizes"]
    assert {icon["purpose"] for icon in manifest["icons"]} == {"any", "maskable"}


def png_size(data: bytes) -> tuple[int, int]:
    assert data.startswith(b"\x89PNG")
    return int.from_bytes(data[16:20]), int.from_bytes(data[20:24])


@pytest.mark.parametrize(("size", "told"), [(10, "0.1\u00a0MB"), (1_540_858, "1.5\u00a0MB")])
def test_sizes_are_told_in_megabytes(size, told):
    assert str(downloads.megabytes(size)) == told


def test_the_worker_leaves_out_what_searches_of_the_theme_would_load():
    assert not kept({"assets/javascripts/workers/search.min.js": b"x", "assets/javascripts/lunr/tinyseg.js": b"x"})



def test_a_large_file_has_the_hash_of_its_blocks():
    big = bytes(built.BLOCK) + b"end"
    first, last = (hashlib.sha256(part).digest() for part in (big[: built.BLOCK], b"end"))
    assert app.file_hash(big) == hashlib.sha256(first + last).hexdigest()[:16]
    assert app.file_hash(bytes(built.BLOCK)) == hashlib.sha256(bytes(built.BLOCK)).hexdigest()[:16]
    assert app.file_hash(b"") == hashlib.sha256().hexdigest()[:16]


PAGES = {
    "a.html": b'<title>A - Course</title><img src="own.png"><img src="both.png">',
    "sub/b.html": b'<title>B</title><img src="../both.png"><a href="x%20y.pdf">y</a><script src="s.js">',
    "own.png": b"1", "both.png": b"2", "sub/x y.pdf": b"3", "sub/s.js": b"4",
}


def test_a_part_is_what_one_page_alone_shows():
    found = {part.page: (part.title, part.files) for part in parts.parts(PAGES)}
    assert found == {"a.html": ("A", ("own.png",)), "sub/b.html": ("B", ("sub/x y.pdf",))}


MODULES = (
    Part("a.html", "Module A", ("a.html", "a-check.html", "shared.js", "gone.js"), "Reading"),
    Part("c.html", "Module C", ("c.html", "shared.js"), "Reading"),
)
COURSE = PAGES | {
    "a-check.html": b'<img src="check.png"><img src="own.png">', "check.png": b"56", "shared.js": b"7890",
    "c.html": b"<title>C</title>", "index.html": b"<title>Home</title>",
}


def test_a_module_is_kept_with_its_self_check_and_what_only_these_show():
    found = {part.page: part.files for part in parts.parts(COURSE, MODULES)}
    assert found == {
        "a.html": ("a-check.html", "a.html", "check.png", "own.png", "shared.js"),
        "c.html": ("c.html", "shared.js"),
        "sub/b.html": ("sub/x y.pdf",),
    }


def test_parts_that_need_one_file_share_its_size():
    found = parts.parts(COURSE, MODULES)
    alone = [sum(len(COURSE[name]) for name in part.files if name != "shared.js") for part in found]
    assert parts.sizes(COURSE, found) == [alone[0] + 2, alone[1] + 2, alone[2]]


def test_a_small_course_is_kept_whole_without_a_question():
    made = app.made(COURSE, "offline.html", MODULES)
    assert made.keys() == {app.WORKER, app.PLAN}
    plan = json.loads(made[app.PLAN])
    assert (plan["asks"], plan["choice"], plan["files"]) == (False, "", len(COURSE) + 1)  # and the plan


@pytest.fixture
def large(monkeypatch):
    """The same course, which counts as a large one."""
    monkeypatch.setattr(app, "MUCH", 100)
    monkeypatch.setattr(app, "LARGE", 100)
    return app.made(COURSE, "offline.html", MODULES)


def test_the_worker_of_a_large_course_has_a_list_for_each_part(large):
    course = json.JSONDecoder().raw_decode(large[app.WORKER].decode().removeprefix("const COURSE = "))[0]
    lists = {part: large[app.list_of(part)] for part in ("a.html", "c.html", "sub/b.html")}
    assert course["parts"] == {part: app.file_hash(data) for part, data in lists.items()}
    listed = {name: known for data in lists.values() for name, known in json.loads(data).items()}
    asked = {name: large[name] for name in (app.PLAN, app.CHOICE)}  # also without a network
    assert {**course["files"], **listed} == {name: app.file_hash(data) for name, data in (COURSE | asked).items()}
    assert not course["files"].keys() & listed.keys()


def test_readers_of_a_large_course_choose_parts_by_title_section_and_size(large):
    plan, choice = json.loads(large[app.PLAN]), json.loads(large[app.CHOICE])
    assert plan["asks"] and plan["choice"] == app.CHOICE
    assert plan["files"] == len(COURSE) + 2 + 3  # what there is to ask, and a list for each part
    told = [(part["page"], part["title"], part["section"]) for part in choice["parts"]]
    assert told[0] == ("a.html", "Module A", "Reading") and told[-1] == ("sub/b.html", "B", "")


def written(folder: Path, files: dict[str, bytes]) -> None:
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)


def test_the_doctor_looks_at_the_files_of_each_part(large, tmp_path):
    written(tmp_path, COURSE | large | {"check.png": b"other"})
    (tmp_path / app.list_of("c.html")).unlink()
    report = examine(Copy(tmp_path))
    found = {finding.code: finding.files for finding in report.findings}
    assert found["changed"] == ("check.png",)
    assert found["missing"] == (app.list_of("c.html"),)
    assert report.files == len(COURSE) + 2 + 3 - 1  # c.html is known to nobody then


def test_a_site_that_is_sealed_again_has_the_parts_that_it_had(large, tmp_path):
    written(tmp_path, COURSE | large)
    assert app.made(built.contents(tmp_path), "offline.html", app.known(tmp_path)) == large
