"""The search finds words of scripts that have no spaces, or write a word in several ways."""

from __future__ import annotations

import pytest

import building
from browsers import search

SETTINGS = "site_name: Search\nplugins: [viva]\n"
PAGES = {
    "ja": "# 股関節の画像\n\n## 坐骨大腿間隙\n\n大腿方形筋は坐骨と小転子の間を通る。コンピューター断層撮影でも見える。\n",
    "zh": "# 髋关节影像\n\n## 坐骨股骨间隙\n\n股方肌位于坐骨与小转子之间。\n",
    "ar": "# تصوير الورك\n\n## المسافة الإسكية\n\nتمرّ العضلة المربعة الفخذية بين الإسك والمدور الصغير.\n",
    "hi": "# कूल्हे की हड्डी\n\n## पेशी\n\nजाँघ की पेशी हड्डियों के बीच से जाती है।\n",
    "de": "# Hüftgelenk\n\n## Größe\n\nDer Muskel liegt zwischen Sitzbein und kleinem Rollhügel.\n",
}
FINDS = [
    ("大腿方形筋", "ja"), ("小転子", "ja"), ("坐骨大腿", "ja"), ("間", "ja"),
    ("股方肌", "zh"), ("小转子", "zh"), ("股骨间隙", "zh"),
    ("العضلة", "ar"), ("عضله", "ar"), ("الاسك", "ar"), ("المربعة الفخذية", "ar"),
    ("हड्डी", "hi"), ("पेशी", "hi"), ("Huftgelenk", "de"), ("sitzbein", "de"),
    ("肝臓", None), ("心肌", None),
]  # fmt: skip


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """A course with a page in each language, built."""
    folder = tmp_path_factory.mktemp("languages")
    front = "---\nobjectives:\n  - {id: o, text: t}\n---\n"
    (folder / "docs/modules").mkdir(parents=True)
    (folder / "mkdocs.yml").write_text(SETTINGS, "utf-8")
    (folder / "docs/index.md").write_text("# Home\n", "utf-8")
    for name, text in PAGES.items():
        (folder / f"docs/modules/{name}.md").write_text(front.replace("o,", f"o-{name},") + text, "utf-8")
    return building.build(folder, folder / "site")


def test_words_of_every_script_are_found(open_page):
    page = open_page("index.html")
    search(page, "Hüftgelenk")
    box, first = page.get_by_role("searchbox"), page.locator(".viva-search ol a").first
    status = page.locator(".viva-search [role=status]")
    for typed, language in FINDS:
        box.fill(typed)
        page.wait_for_function("typed => document.querySelector('.viva-search input').value === typed", arg=typed)
        status.get_by_text("Nothing found" if language is None else "place").wait_for()
        found = first.get_attribute("href") if language else None
        assert found is None or found.partition("#")[0].endswith(f"modules/{language}.html"), typed


def test_what_was_found_is_marked(open_page):
    page = open_page("index.html")
    search(page, "大腿方形筋")
    told = page.locator(".viva-search ol small").first
    assert "".join(told.locator("mark").all_inner_texts()).startswith("大腿方形筋")


def test_a_result_runs_in_its_own_direction(open_page):
    page = open_page("index.html")
    search(page, "العضلة")
    for part in ("b", "small"):
        assert page.locator(f".viva-search ol {part} bdi").first.evaluate("one => getComputedStyle(one).unicodeBidi") == "isolate"
