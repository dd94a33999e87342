"""What every page owes its reader, whatever is on it."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise


def test_every_page_has_one_heading_of_the_first_level(pages):
    assert not [page.name for page in pages if len(page.soup.find_all("h1")) != 1]


def test_every_page_says_its_language(pages):
    assert not [page.name for page in pages if page.soup.html.get("lang") != "en"]


def test_every_page_has_a_title_of_its_own(pages):
    titles = Counter(page.soup.title.get_text(strip=True) for page in pages)
    assert not [title for title, count in titles.items() if count > 1 or not title]


def test_every_page_has_a_description_of_its_own(pages):
    descriptions = Counter(
        tag["content"] if (tag := page.soup.find("meta", attrs={"name": "description"})) else ""
        for page in pages
    )
    assert not [text for text, count in descriptions.items() if count > 1 or not text.strip()]


def test_every_image_has_alternative_text(pages):
    faults = [
        f"{page.name}: {image.get('src')}"
        for page in pages
        for image in page.soup.find_all("img")
        if not image.get("alt", "").strip()
    ]
    assert not faults


def test_every_drawing_says_its_size_before_it_is_loaded(pages):
    faults = [
        f"{page.name}: {image['src']}"
        for page in pages
        for image in page.soup.find_all("img", src=True)
        if ".svg" in image["src"] and not (image.get("width") and image.get("height"))
    ]
    assert not faults


def test_no_id_is_used_twice_on_a_page(pages):
    faults = [
        f"{page.name}: {name}"
        for page in pages
        for name, count in Counter(page.ids).items()
        if count > 1
    ]
    assert not faults


def test_every_label_names_a_control(pages):
    faults = [
        f"{page.name}: {label['for']}"
        for page in pages
        for label in page.soup.find_all("label", attrs={"for": True})
        if label["for"] not in page.ids
    ]
    assert not faults


def test_headings_skip_no_level(pages):
    faults = []
    for page in pages:
        levels = [int(tag.name[1]) for tag in page.soup.article.find_all(["h1", "h2", "h3", "h4"])]
        if any(after > before + 1 for before, after in pairwise(levels)):
            faults.append(f"{page.name}: {levels}")
    assert not faults


def test_every_page_carries_the_disclaimer(pages):
    assert not [
        page.name for page in pages if "Not medical advice" not in page.soup.footer.get_text()
    ]


def test_a_page_without_a_question_carries_no_code_for_questions(pages):
    faults = [
        f"{page.name}: {address}"
        for page in pages
        if not page.has_question and not page.name.startswith("study/")
        for tag, address in page.addresses()
        if tag.name in ("script", "link") and "assets/viva/" in address
    ]
    assert not faults


def test_a_module_opens_with_its_objectives(pages):
    modules = [page for page in pages if page.name.startswith("modules/")]
    assert modules
    assert not [page.name for page in modules if not page.soup.select(".viva-opening li")]
