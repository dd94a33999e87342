"""A large course: a bank fills several pages, and each page loads what it needs of the course."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

import building
import large
from browsers import assert_accessible, search
from host import Host
from sampled import long
from shared import once
from viva.site import folded

SCRIPTS = "[...document.scripts].map(({ src }) => src.split('/assets/viva/')[1]).filter(Boolean)"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The large course, built."""
    return once(tmp_path_factory, "large", large.built) / "site"


@pytest.fixture(scope="module")
def served(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Host]:
    with building.served(site, tmp_path_factory.mktemp("large-served")) as started:
        yield started


@pytest.fixture(params=["disk", "server"])
def address(request, site: Path, served: Host) -> Callable[[str], str]:
    """The address of a page, on a disk and on a server."""

    def of(name: str) -> str:
        file, _, anchor = name.partition("#")
        found = (site / file).as_uri() if request.param == "disk" else served.address(file)
        return f"{found}#{anchor}" if anchor else found

    return of


ON_DISK = pytest.mark.parametrize("address", ["disk", long("server")], indirect=True)
"""The same from a server in the long matrix only: that scripts come from there other tests show."""


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 800}, reduced_motion="reduce")
    yield context.new_page()
    context.close()


def loaded(page: Page, folder: str) -> list[str]:
    """The scripts of a folder that a page has loaded."""
    return sorted(name for name in page.evaluate(SCRIPTS) if name.startswith(f"{folder}/"))


def answer(page: Page, place: str, name: str) -> None:
    page.goto(place)
    asked = page.locator(f"viva-question[id='{name}']")
    asked.locator("label").first.click()
    asked.get_by_role("button", name="Check answer").click()
    expect(asked).to_have_attribute("data-state", "right")


# A bank of many questions


def test_a_link_to_any_question_leads_to_its_page(page, address):
    page.goto(address("self-checks/big.html#big-70"))
    page.wait_for_url("**/big_2.html#big-70")
    expect(page.locator("#big-70")).to_be_in_viewport()
    page.goto(address("self-checks/big_2.html#big-3"))
    page.wait_for_url("**/big.html#big-3")
    page.goto(address("self-checks/big.html#long-case-2"))
    page.wait_for_url("**/big_2.html#long-case-2")
    page.goto(address("self-checks/big_2.html#nothing"))
    page.wait_for_url("**/big.html#nothing")
    assert page.locator("viva-question").count() == 49


@ON_DISK
def test_the_parts_lead_to_each_other_and_have_sessions_of_their_own(page, address):
    answer(page, address("self-checks/big.html"), "big-1")
    page.goto(address("self-checks/big_2.html"))
    expect(page.locator("h1")).to_contain_text("Big, part 2: self-check")
    page.locator(".viva-portions summary", has_text="Part 2 of 3: 50 of 121 questions").click()
    assert_accessible(page)
    assert page.locator("viva-question[data-state]").count() == 0
    answer(page, address("self-checks/big_2.html"), "big-60")
    page.goto(address("self-checks/big.html"))
    expect(page.locator("#big-1")).to_have_attribute("data-state", "right")
    page.locator(".viva-portions a").nth(1)
    assert page.locator(".viva-closing a").get_attribute("href") == "../self-checks/big_2.html"
    titles = page.evaluate("vivaStudy.sessions().map(({ title }) => title).sort()")
    assert titles == ["Big, part 1", "Big, part 2"]


@ON_DISK
def test_each_part_says_so_and_leads_to_practice_with_all_of_them(page, address):
    page.goto(address("self-checks/index.html"))
    expect(page.locator("article li", has_text="Big")).to_contain_text("121 questions, about 151 min, in 3 parts")
    page.goto(address("self-checks/big_3.html"))
    page.locator(".viva-portions summary").click()
    page.get_by_role("link", name="a block of practice").click()
    expect(page.locator("[data-part=matches]")).to_contain_text("121 questions fit")
    page.get_by_label("How many").fill("60")
    page.get_by_role("button", name="Begin the block").click()
    expect(page.locator("viva-quiz viva-question").first).to_be_visible()
    assert len({name for name in loaded(page, "questions") if name.startswith("questions/big")}) == 3


@ON_DISK
def test_without_scripts_every_question_is_reached_and_has_its_answer(browser, address):
    context = browser.new_context(java_script_enabled=False)
    plain = context.new_page()
    plain.goto(address("self-checks/big.html#big-70"))
    plain.locator("#big-70").click()
    assert plain.url.endswith("big_2.html#big-70")
    plain.locator("#big-70 details.viva-key summary").click()
    expect(plain.locator("#big-70 details.viva-key")).to_contain_text("It rests on the stone.")
    context.close()


@ON_DISK
def test_a_part_is_printed_whole_with_its_key(page, address):
    page.goto(address("self-checks/big_3.html"))
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    asked = page.locator("viva-quiz:not(.viva-print) viva-question")
    assert asked.count() == page.locator(".viva-print section").count() > 20
    expect(asked.last).to_be_visible()
    expect(page.locator(".viva-portions")).to_be_hidden()


# Study


@ON_DISK
def test_home_loads_the_modules_of_which_something_is_remembered(page, address):
    page.goto(address("index.html"))
    assert loaded(page, "course") == []
    answer(page, address("self-checks/module-07.html"), "m07-00")
    page.goto(address("index.html"))
    expect(page.locator("li[data-page='modules/module-07.html']")).to_contain_text("1 of 24")
    assert len(loaded(page, "course")) == 1
    assert page.evaluate("vivaCourse.questions.length") == large.MODULES * large.ASKED + large.BANK + 2


@ON_DISK
def test_progress_of_old_counts_with_the_modules_that_are_begun(page, address):
    page.goto(address("study/progress.html"))
    page.evaluate(
        """async () => {
          const { store, bring, things } = vivaStudy;
          await bring(["m29-05", "fact:fact-3"]);
          for (const q of ["m29-05", "fact:fact-3"])
            localStorage.setItem(`${store.prefix}a:${q}`, JSON.stringify({ q, h: things.get(q).hash, t: Date.now() - 4e9, a: 1, m: 0 }));
          localStorage.setItem(`${store.prefix}schema`, String(vivaStudy.SCHEMA));
        }"""
    )
    page.reload()
    overview = page.locator("[data-part=overview]")
    total = large.MODULES * large.ASKED + large.BANK + 1
    expect(overview).to_contain_text(f"1 of {total}")
    expect(overview).to_contain_text(f"1 of {large.MODULES}")
    modules = page.locator("[data-part=modules]")
    expect(modules.locator("tbody tr")).to_have_count(1)
    expect(modules).to_contain_text("30 modules are not begun.")
    expect(page.locator("[data-part=objectives-table]")).to_contain_text("name the parts of 29")
    assert len(loaded(page, "course")) == 2


@ON_DISK
def test_review_asks_what_is_due_and_loads_no_more(page, address):
    for module in ("03", "21"):
        answer(page, address(f"self-checks/module-{module}.html"), f"m{module}-00")
    page.clock.set_fixed_time(page.evaluate("Date.now() + 40 * 864e5"))
    page.goto(address("study/review.html"))
    expect(page.locator("[data-part=due]")).to_contain_text("2 due today")
    page.locator("[data-part=start]").click()
    expect(page.locator("viva-question")).to_have_count(2)
    assert loaded(page, "questions") == ["questions/module-03.js", "questions/module-21.js"]
    assert len(loaded(page, "course")) == 2


@ON_DISK
def test_a_block_is_put_together_from_the_whole_course(page, address):
    page.goto(address("study/practice.html"))
    page.locator("[data-part=builder] > summary").click()
    expect(page.locator("[data-part=modules] input[name=module]")).to_have_count(large.MODULES + 1)
    matches = page.locator("[data-part=matches]")
    expect(matches).to_contain_text("841 questions fit")
    page.locator("input[name=type][value=true-false]").check()
    expect(matches).to_contain_text(f"{large.MODULES} questions fit")
    page.locator("input[name=module]").nth(4).check()
    expect(matches).to_contain_text("1 question fits")


@ON_DISK
def test_a_link_to_a_block_names_an_objective_of_a_module_that_has_not_come(page, address):
    page.goto(address("study/practice.html#objective=aim-11&state=any&mode=tutor&number=5&seed=7"))
    expect(page.locator("input[value=aim-11]")).to_be_checked()
    expect(page.locator("[data-part=matches]")).to_contain_text("24 questions fit; the block takes 5.")
    page.locator("[data-part=start]").click()
    expect(page.locator("viva-question")).to_have_count(5)
    assert loaded(page, "questions") == ["questions/module-11.js"]


@ON_DISK
def test_a_review_does_without_what_cannot_be_loaded_and_says_so(page, address):
    for module in ("03", "21"):
        answer(page, address(f"self-checks/module-{module}.html"), f"m{module}-00")
    page.clock.set_fixed_time(page.evaluate("Date.now() + 40 * 864e5"))
    page.route("**/questions/module-21.js", lambda route: route.abort())
    page.goto(address("study/review.html#begin"))
    expect(page.locator("viva-question")).to_have_count(1)
    expect(page.locator(".viva-run-status")).to_contain_text("A part of the course could not be loaded")


# Search


@ON_DISK
def test_a_search_loads_the_places_that_have_the_word(page, address):
    page.goto(address("index.html"))
    search(page, large.marker(12))
    first = page.locator(".viva-search ol a").first
    expect(first).to_have_attribute("href", address("modules/module-12.html"))
    expect(first.locator("mark").first).to_have_text(large.marker(12))
    assert loaded(page, "search/places") == ["search/places/modules/module-12.js"]
    box = page.get_by_role("searchbox")
    box.fill(large.marker(13)[:-1] + "x")  # a slip
    expect(first).to_have_attribute("href", address("modules/module-13.html"))
    box.fill("edema")
    # Thirty long places are read for this one: a busy machine takes its time.
    expect(page.locator(".viva-search [role=status]")).to_have_text(f"20 of {large.MODULES} places", timeout=30_000)
    expect(first.locator("xpath=ancestor::li").first).to_contain_text("Oedema in part")
    page.get_by_label("Questions").check()
    box.fill("specimen big-110")
    expect(first).to_have_attribute("href", address("self-checks/big_3.html#big-110"))


TEXTS = (
    "Die Größe der Muskeln; Sitzbein-Rollhügel", "Oedema, oedemas and haemorrhages of the fibre's centre",
    "x-ray X rays 12-lead 3.5 vertebrae musculi organised organizing travelled sulphur theses boxes colour",
    "大腿方形筋は坐骨と小転子の間を通る。コンピューター断層撮影", "股方肌位于坐骨与小转子之间。", "间 CT检查",
    "تمرّ العضلة المربعة الفخذية بين الإسك والمدور الصغير والعضلات", "جाँघ की पेशी हड्डियों के बीच",
    "ความดันโลหิตสูง", "L’œdème du muscle carré fémoral", "İstanbul ılık", "Łódź søen", "ﬁbre ﬂow H₂O µm IFS",
)  # fmt: skip


def test_words_are_folded_alike_in_python_and_in_the_browser(page):
    source = (building.ROOT / "scripts/viva/theme/assets/viva/search.js").read_text("utf-8")
    words = source[source.index("  const SPELLING") : source.index("  const load =")]
    page.goto("about:blank")
    said = "text => words(text, new Map([['ifs', 'ischiofemoral space']]), new Set()).map(folded)"
    made = page.evaluate(f"texts => {{ {words}\nreturn texts.map({said}) }}", list(TEXTS))
    short = {"ifs": "ischiofemoral space"}
    assert made == json.loads(json.dumps([list(folded.words(text, short)) for text in TEXTS]))
