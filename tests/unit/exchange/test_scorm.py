"""What is in a SCORM package: all of a site, or a few pages with what these use and nothing more."""

from __future__ import annotations

import io
import json
import re
import zipfile

import pytest
from lxml import etree

import exchanging
from viva.base.refused import Refused
from viva.exchange import export
from viva.exchange.scorm import pages
from viva.site import search, study

PAGE = """<!doctype html><html><head><title>T</title>
<link rel="stylesheet" href="../assets/a.css"></head><body><header><a href="../index.html">Home</a></header>
<main><article><p><a href="../modules/scale.html#a-ratio">Read</a> <a href="#q">Here</a>
<a href="https://example.org/">There</a></p><img src="../assets/plan.svg#unlabelled" alt="">
</article></main>
<script defer src="../assets/site/app/app.js"></script>
<script defer src="../assets/viva/study/store.js" data-course="maps" data-was="old"></script>
<script defer src="../assets/viva/viva.js"></script></body></html>"""
SITE = {
    "index.html": b"<html><head></head><body><main><article>Home</article></main></body></html>",
    "self-checks/index.html": PAGE.encode(),
    "self-checks/kinds.html": PAGE.encode(),
    "modules/scale.html": b"<html><head></head><body></body></html>",
    "assets/a.css": b"@font-face { src: url(fonts/f.woff2) }",
    "assets/fonts/f.woff2": b"f",
    "assets/plan.svg": b"<svg/>",
    "assets/other.svg": b"<svg/>",
    "assets/site/app/app.js": b"",
    "assets/viva/viva.js": f'load("types/deep.js"); load("{search.DATA}"); load("{study.DATA}")'.encode(),
    "assets/viva/types/deep.js": b"",
    "assets/viva/study/store.js": b"",
    search.DATA: b"everything",
    study.DATA: b"everything",
    "sw.js": b"",
    "viva.js.map": b"",
}


def test_some_pages_with_what_they_use():
    found = pages.apart(SITE, ["self-checks/kinds.html"], "")
    assert set(found) == {
        "self-checks/kinds.html",
        "assets/a.css",
        "assets/fonts/f.woff2",
        "assets/plan.svg",
        "assets/viva/viva.js",
        "assets/viva/types/deep.js",
        "assets/viva/study/store.js",
    }
    html = found["self-checks/kinds.html"].decode()
    assert "app.js" not in html
    assert re.search(r'scorm-page\.js"></script>\s*<script defer src="[^"]*store\.js"', html)
    assert "<a>Read</a>" in html
    assert '<a href="#q">Here</a>' in html
    assert '<a href="https://example.org/">There</a>' in html
    assert '<link rel="stylesheet" href="../scorm-page.css">' in html


def test_a_page_in_another_language_than_its_site_has_its_scripts():
    def spoken(name: str) -> str:
        return re.sub("assets/(viva|site/app)/", r"assets/\1-de/", name)

    site = {spoken(name): spoken(data.decode()).encode() for name, data in SITE.items()}
    found = pages.apart(site, ["self-checks/kinds.html"], "")
    assert "assets/viva-de/types/deep.js" in found
    assert "assets/site/app-de/app.js" not in found
    assert "app.js" not in found["self-checks/kinds.html"].decode()


def test_links_to_other_pages_lead_to_the_course_where_it_has_an_address():
    found = pages.apart(SITE, ["self-checks/kinds.html"], "https://example.org/maps/")
    html = found["self-checks/kinds.html"].decode()
    assert '<a href="https://example.org/maps/modules/scale.html#a-ratio" target="_blank">' in html


def test_all_of_a_site_but_its_worker():
    found = pages.whole(SITE)
    assert set(SITE) - set(found) == {"sw.js", "viva.js.map"}
    html = found["self-checks/kinds.html"].decode()
    assert "app.js" not in html
    assert 'href="../modules/scale.html#a-ratio"' in html
    assert "scorm-page.css" not in html


@pytest.fixture
def site(tmp_path):
    for name, data in SITE.items():
        (tmp_path / "site" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "site" / name).write_bytes(data)
    return tmp_path / "site"


@pytest.mark.parametrize(
    ("name", "schema", "sco"),
    [("scorm12", "1.2", "scormtype"), ("scorm2004", "2004 4th Edition", "scormType")],
)
def test_a_package(tmp_path, site, name, schema, sco):
    """The manifest lists every file, the frame knows every item, and a title has no brackets."""
    bank = (exchanging.DATA / "kinds.yml").read_text("utf-8").replace("Every kind", "<Every> kind")
    course = exchanging.make(tmp_path, {"kinds": bank, "other": bank.replace("id: ", "id: o-")})
    options = export.Options(0.8, site)
    data, tally = export.export(course, course.banks[:1], export.named(name), options)
    assert tally.losses == []
    assert tally.questions == len(exchanging.ROWS) - 1
    package = zipfile.ZipFile(io.BytesIO(data))
    manifest = etree.fromstring(package.read("imsmanifest.xml"))
    assert manifest.findtext(".//{*}schemaversion") == schema
    listed = {one.get("href") for one in manifest.iter("{*}file")}
    assert listed == set(package.namelist()) - {"imsmanifest.xml"}
    (resource,) = manifest.iter("{*}resource")
    assert [value for key, value in resource.attrib.items() if key.endswith(sco)] == ["sco"]
    assert resource.get("href") in listed
    assert {one.text for one in manifest.iter("{*}title")} == {"‹Every› kind / of question"}
    told = package.read("scorm-course.js").decode().partition("=")[2]
    known = json.loads(told)
    assert known["start"] == "self-checks/kinds.html"
    assert known["pass"] == 0.8
    assert known["language"] == "en"
    assert dict(known["items"])["caliper"] is None
    own = {key for key, item in exchanging.asked(course).items() if item.bank.id == "kinds"}
    assert set(dict(known["items"])) == own
    assert "walk" not in dict(known["items"])
    assert export.export(course, course.banks[:1], export.named(name), options)[0] == data


def test_without_a_site_there_is_no_package(course):
    with pytest.raises(Refused, match="not built"):
        exchanging.exported(course, "scorm12")


def many(count: int) -> str:
    options = "[{text: yes, correct: true, why: w}, {text: not, why: w}, {text: so, why: w}]"
    rows = (f"  - {{id: q-{n}, type: single, stem: What?, options: {options}}}\n" for n in range(count))
    return f"title: Many\nquestions:\n{''.join(rows)}"


@pytest.mark.parametrize(
    ("name", "count", "said"),
    [
        ("scorm12", 310, None),
        ("scorm12", 330, "q-315: approximated: SCORM 1.2 keeps 4096 characters"),
        ("scorm12", 515, "q-512: approximated: SCORM 1.2 keeps the marks of 512 questions: on another computer this one and those after it, 3 in all"),
        ("scorm2004", 515, None),
    ],
)
def test_what_a_system_has_no_room_for_is_told(tmp_path, site, name, count, said):
    course = exchanging.make(tmp_path, {"many": many(count)})
    banks = [bank for bank in course.banks if bank.id == "many"]
    _, tally = export.export(course, banks, export.named(name), export.Options(0.8, site))
    assert [said in str(one) and "(export fewer banks at a time" in str(one) for one in tally.losses] == [True] * bool(said)
