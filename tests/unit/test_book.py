"""The course as a book: clean XHTML, links that stay inside, one place for each question."""

from __future__ import annotations

from datetime import date
from zipfile import ZipFile

import pytest

from viva.base import dates
from viva.base.cache import Cache
from viva.base.words import ENGLISH, of
from viva.offline import epub, links, onepage, pdf, xhtml
from viva.offline.book import About, Book, Chapter, compose
from viva.site.site import Site
from viva.theme import Theme

RULES = xhtml.Rules(
    id=lambda name: f"x-{name}",
    link=lambda target: None if "gone" in target else f"to:{target}",
    image=lambda src: None if "://" in src else f"img/{src}",
)
CASES = {
    "void elements are closed": ("<p>a<br>b</p>", "<p>a<br/>b</p>"),
    "signs are escaped": ("<p>a &amp; b &lt; c&nbsp;d</p>", "<p>a &amp; b &lt; c\xa0d</p>"),
    "what is not closed is": ("<div><p>a</div>b", "<div><p>a</p></div>b"),
    "ids are named anew, once": ('<b id="a">1</b><b id="a">2</b>', '<b id="x-a">1</b><b>2</b>'),
    "links are led on": ('<a href="b.html">b</a>', '<a href="to:b.html">b</a>'),
    "links to nowhere become text": ('<p><a href="gone">b</a></p>', "<p>b</p>"),
    "a link that is a target stays": ('<a id="t" href="gone">b</a>', '<a id="x-t">b</a>'),
    "images": (
        '<img src="a.svg" alt="A" loading="lazy">',
        '<img src="img/a.svg" alt="A"/>',
    ),
    "an image of another host becomes a link": (
        '<p><img src="https://x.org/a.png" alt="A"></p>',
        '<p><a href="https://x.org/a.png">A</a></p>',
    ),
    "sound and film are named": (
        '<p><audio controls src="h.mp3"><source src="h.ogg">No.</audio> b</p>',
        "<p><span>[a sound: on the site]</span> b</p>",
    ),
    "a drawing in the page is named": (
        '<p><svg viewBox="0 0 9 9" aria-label="The reflex arc"><g><path d="M0 0"/></g></svg> b</p>',
        "<p><span>[The reflex arc: on the site]</span> b</p>",
    ),
    "a drawing without a name too": ("<svg><path/></svg>", "<span>[an image: on the site]</span>"),
    "icons go": (
        '<p><span class="twemoji"><svg><path/></svg></span> b<svg aria-hidden="true"></svg></p>',
        '<p><span class="twemoji"></span> b</p>',
    ),
    "permanent links go": ('<h2>A<a class="headerlink" href="#a">¶</a></h2>', "<h2>A</h2>"),
    "scripts and buttons go": ("<p>a<script>b<c</script><button>d</button></p>", "<p>a</p>"),
    "a choice becomes a box": (
        '<label><input type="radio" name="a" value="0"> <span>Yes</span></label>',
        f"<p>{xhtml.BOX} <span>Yes</span></p>",
    ),
    "a list to choose from becomes a line": (
        '<label>Nerve <select name="0"><option value="">Choose</option><option>A</option></select></label>',
        f"<p>Nerve {xhtml.BLANK}</p>",
    ),
    "folds are open": (
        '<details class="tip"><summary>More</summary><p>b</p></details>',
        '<div class="tip"><p>More</p><p>b</p></div>',
    ),
    "our own elements become plain ones": (
        "<viva-quiz mode='x'><p>a</p></viva-quiz>",
        "<div><p>a</p></div>",
    ),
    "handlers and data go": ('<p data-x="1" onclick="f()" class="c">a</p>', '<p class="c">a</p>'),
    "a column keeps its side": (
        '<td align="right">1</td>',
        '<td style="text-align: right;">1</td>',
    ),
}


@pytest.mark.parametrize(("html", "clean"), CASES.values(), ids=CASES.keys())
def test_html_becomes_xhtml(html, clean):
    assert xhtml.clean(html, RULES) == (clean or html)


def test_headings_go_down_but_not_out():
    rules = xhtml.Rules(id=str, link=str, image=str, deeper=2)
    assert xhtml.clean("<h1>a</h1><h5>b</h5>", rules) == "<h3>a</h3><h6>b</h6>"


ABOUT = About("knees", "Knees", "On knees", "A", "en", "", "", "", "2026-11-22")
HERE = Chapter("Modules", "modules/knee.html", "The knee", '<h2 id="joint">Joint</h2>')
THERE = Chapter("Summary", "glossary.html", "Glossary", '<dt id="a b">AB</dt>')
BOOK = Book(
    ABOUT,
    (HERE, THERE),
    {HERE.url: frozenset({"joint"}), THERE.url: frozenset({"a b"})},
)


@pytest.mark.parametrize(
    ("target", "found"),
    [
        ("#joint", "modules-knee joint"),
        ("../glossary.html", "glossary "),
        ("../glossary.html#a%20b", "glossary a b"),
        ("../glossary.html#unknown", "glossary "),
        ("../self-checks/index.html", None),
        ("../assets/figures/knee.svg", None),
        ("https://doi.org/10.1/x", "https://doi.org/10.1/x"),
    ],
)
def test_links_lead_to_the_books_own_places(target, found):
    link = links.resolver(BOOK, HERE, lambda chapter, name: f"{chapter.name} {name}")
    assert link(target) == found


@pytest.mark.parametrize(
    ("src", "held"),
    [
        ("../assets/a.gif", "to:assets/a.gif"),
        ("../assets/B.PNG", "to:assets/B.PNG"),
        ("../assets/f.svg#two", "to:assets/f.svg#two"),
        ("../assets/a%20b.webp", "to:assets/a b.webp"),
        ("data:image/png;base64,iVBORw0KGgo=", "data:image/png;base64,iVBORw0KGgo="),
        ("https://example.org/a.png", None),
        ("//example.org/a.png", None),
        ("../assets/t.tiff", None),
        ("../assets/nothing", None),
    ],
)
def test_a_picture_is_held_where_every_reader_shows_it(src, held):
    assert links.image(HERE, src, lambda path: f"to:{path}") == held


def test_no_two_pictures_of_an_epub_have_one_name():
    names = {epub.Image(one).name for one in ("a/b.png", "a-b.png", "a b.png", "a_b.png", "a?b.png", "a~b.png")}
    assert len(names) == 6
    assert not any(set(name) & set(' "*:<>?|') for name in names)


def test_an_edition_carries_its_latest_revision():
    assert dates.latest([date(2025, 1, 2), None, "soon", date(2026, 11, 22)]) == "2026-11-22"
    assert ENGLISH.day("2026-11-02") == "2 November 2026"


def test_an_edition_of_pages_without_a_day_tells_none():
    assert ENGLISH.day(dates.latest([None])) == ""


def test_a_book_that_runs_from_right_to_left_keeps_what_does_not(tmp_path):
    about = About("x", "خرائط", "On maps.", "Ada", "ar", "CC BY.", "", "", "2026-03-07", of("ar"))
    html = "<p>Signal is high.</p><table><tr><td>1 km on</td></tr></table><p>نص <code>https://</code></p>"
    book = Book(about, (Chapter("جزء", "a.html", "خرائط", html),))
    page = onepage.html(book, "../")
    (tmp_path / "site").mkdir()
    epub.write(tmp_path / "a.epub", book, tmp_path / "site")
    with ZipFile(tmp_path / "a.epub") as packed:
        chapters = "".join(packed.read(one).decode() for one in packed.namelist() if one.endswith("html"))
    for made in (page, chapters):
        for text in ("Signal is high.", "1 km on", "On maps.", "CC BY."):
            assert f'<bdi dir="ltr">{text}</bdi>' in made
        assert '<code dir="auto">https://</code>' in made
    assert "counter(page, arabic-indic)" in page and 'font: 9pt "Atkinson' in page


def test_the_dates_of_a_pdf_are_set_without_moving_a_byte():
    before = b"<</CreationDate (D:20301231235959+00'00')>>"
    after = pdf.dated(before, "2026-11-22")
    assert after == b"<</CreationDate (D:20261122000000+00'00')>>"
    assert len(after) == len(before)


def test_the_nodes_of_a_pdf_are_counted_from_one_in_their_order():
    assert pdf.numbered(b"(node00000171) (node00000009) (node00000171)") == (
        b"(node00000002) (node00000001) (node00000002)"
    )


def test_the_title_of_a_bank_is_read_as_typed(make_course, sound_bank):
    bank = sound_bank.replace("title: Knee", "title: ALT <ULN & it", 1)
    course = make_course({"quizzes/knee.yml": bank})
    site = Site(course, Theme(None), Cache(course.layout.cache))
    made = compose(BOOK.about, (), list(course.banks), site)
    heads = [one.html.partition("</h1>")[0] for one in made.chapters]
    assert heads == [f"<h1>{part}: ALT &lt;ULN &amp; it" for part in ("Questions", "Answers")]


def test_a_picture_that_is_not_there_stops_no_epub(tmp_path):
    about = About("x", "Maps", "On maps.", "Ada", "en", "CC BY.", "", "", "2026-03-07", of("en"))
    book = Book(about, (Chapter("Part", "a.html", "A", '<p><img src="no.png" alt="A hill"></p>'),))
    (tmp_path / "site").mkdir()
    epub.write(tmp_path / "a.epub", book, tmp_path / "site")
    with ZipFile(tmp_path / "a.epub") as packed:
        chapters = "".join(packed.read(one).decode() for one in packed.namelist() if one.endswith("html"))
    assert "[A hill: on the site]" in chapters and "no.png" not in chapters
