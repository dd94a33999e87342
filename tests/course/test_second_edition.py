"""What the second edition promises of the course itself: its numbers, sources, questions and change log.

These tests read the course as text and YAML and know nothing of the program that builds it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from math import comb
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
REVIEW_ROWS = range(1, 26)
MOST_PER_FACT = 4
HIGHER = {"apply", "analyse", "evaluate", "create"}
HEDGE = re.compile(
    r"\b(?:may|might|can|could|usually|often|some|most|likely|possible|possibly|partly|about|tends?"
    r"|in general|as|if|without)\b",
    re.IGNORECASE,
)

# ---------- reading ----------


def _text(path: str) -> str:
    return (ROOT / path).read_text("utf-8")


def _facts() -> list[dict[str, Any]]:
    return yaml.load(_text("docs/evidence/facts.yml"), yaml.CSafeLoader)


def _leaves(questions: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for question in questions:
        yield from _leaves(question["steps"]) if "steps" in question else [question]


def _questions() -> list[dict[str, Any]]:
    banks = sorted((ROOT / "quizzes").glob("*.yml"))
    read = [yaml.load(path.read_text("utf-8"), yaml.CSafeLoader) for path in banks]
    return [leaf for bank in read for leaf in _leaves(bank.get("questions") or [])]


def _entries() -> dict[str, dict[str, str]]:
    """Each record of the bibliography as its fields, by key."""
    found = {}
    for block in re.split(r"\n(?=@)", _text("docs/references.bib")):
        if head := re.match(r"@\w+\{([^,]+),", block):
            fields = re.findall(r"^  (\w+) = \{(.*)\},$", block, re.MULTILINE)
            found[head[1]] = dict(fields)
    return found


def _front(page: Path) -> dict[str, Any]:
    """What stands above a page's text, if it is a course page with cards."""
    text = page.read_text("utf-8")
    return yaml.safe_load(text.split("---")[1]) if "\ncards:" in text else {}


def _cited() -> set[str]:
    keys = {key for question in _questions() for key in question.get("references", ())}
    for page in DOCS.rglob("*.md"):
        text = page.read_text("utf-8")
        keys |= {
            key
            for group in re.findall(r"\[(@[^\]]+)\]", text)
            for key in re.findall(r"@([\w]+)", group)
        }
        keys |= {key for card in _front(page).get("cards", ()) for key in card["references"]}
    return keys & set(_entries())


# ---------- numbers ----------

QUANTITY = re.compile(
    r"(\d+(?:\.\d+)?)((?: ?± ?\d+(?:\.\d+)?)?"
    r"(?:(?:,| and| to| or| against| vs|–|-) ?\d+(?:\.\d+)?(?: ?± ?\d+(?:\.\d+)?)?)*)"
    r" ?(%|mm\b|cm\b|°)"
)
PAGES = [
    *(f"modules/{name}.md" for name in ("anatomy", "risk-factors", "presentation")),
    *(f"modules/{name}.md" for name in ("examination", "imaging", "treatment")),
    *(f"cases/{path.name}" for path in sorted((DOCS / "cases").glob("*.md"))),
    *("summary.md", "corrections.md", "reporting.md", "leaflet.md", "likelihood.md"),
    *("glossary.md", "about.md", "index.md"),
]  # the reader's and the lab's numbers are the models' and have tests of their own
OURS = {  # what a page calculates or makes up for an example, and says so
    "modules/examination.md": {(45, "%"), (73, "%")},
    "modules/imaging.md": {(36, "%"), (14, "mm")},
    "summary.md": {(45, "%")},
    "likelihood.md": {(value, "%") for value in (58, 73, 96, 99)},
}
TABLE_OF_PROBABILITIES = re.compile(r"^\| \d+ % \|.*$", re.MULTILINE)  # it follows from the counts


def _plain(text: str) -> str:
    text = re.sub(r"[\u00a0\u202f]|&nbsp;", " ", text).replace("&shy;", "").replace("*", "")
    return re.sub(r"(?<=\d) deg\b", "°", text.replace("+/-", "±")).replace("−", "-")


def _quantities(text: str) -> set[tuple[float, str]]:
    return {
        (float(number), found[3])
        for found in QUANTITY.finditer(_plain(text))
        for number in re.findall(r"\d+(?:\.\d+)?", found[1] + " " + found[2])
    }


def _prose(page: str) -> str:
    """A page without front matter, captions (numbers of a model), images, addresses, odds in a table."""
    text = TABLE_OF_PROBABILITIES.sub("", _plain(_text(f"docs/{page}").split("---", 2)[2]))
    text = re.sub(r"(?s)/// figure-caption.*?///", "", text)
    return re.sub(r"\]\([^)]*\)", "]", re.sub(r"!\[.*?\]\(.*?\)", "", text))


def _known() -> set[tuple[float, str]]:
    return set().union(*(_quantities(f["says"]) for f in _facts() if f["status"] == "verified"))


@pytest.mark.parametrize("page", PAGES)
def test_each_number_of_a_page_is_in_the_fact_sheet_with_its_unit(page):
    assert _quantities(_prose(page)) - _known() - OURS.get(page, set()) == set()


def test_each_number_of_a_card_is_in_the_fact_sheet_with_its_unit():
    cards = [card for page in DOCS.rglob("*.md") for card in _front(page).get("cards", ())]
    said = " ".join(f"{card['front']} {card['back']}" for card in cards)
    assert len(cards) > 30 and _quantities(said) - _known() == set()


def test_a_changed_number_would_be_noticed():
    assert _quantities("It was 22.9 ± 7.0 mm, and 5 to 9 % of 84&nbsp;%.") == {
        (22.9, "mm"),
        (7.0, "mm"),
        (5.0, "%"),
        (9.0, "%"),
        (84.0, "%"),
    }


def _after(before: int, ratio: float) -> str:
    odds = before / (100 - before) * ratio
    percent = int(100 * odds / (1 + odds) + 0.5 + 1e-9)  # a half goes up, as in the calculator
    return f"{percent} %" if percent else "under 1 %"


def test_the_table_of_probabilities_follows_from_the_published_counts():
    ratios = (16 / 17) / (2 / 13), (1 / 17) / (11 / 13), 0.769 / 0.19, 0.231 / 0.81
    rows = re.findall(r"^\| (\d+) % \| (.+) \|$", _plain(_text("docs/likelihood.md")), re.MULTILINE)
    assert len(rows) == 11
    for before, cells in rows:
        assert cells.split(" | ") == [_after(int(before), ratio) for ratio in ratios]


# ---------- sources ----------

FIELDS = {
    "title": ("title",),
    "authors": ("author",),
    "journal": ("journal", "booktitle", "publisher", "howpublished"),
    "year": ("year",),
}
UNDATED = {"gcare_glos"}  # the rule of a health service on who has to go to hospital today
READ = re.compile(r"undated, read on \d{1,2} [A-Z][a-z]+ 20\d\d$")


def _lacking(key: str, entry: dict[str, str]) -> set[str]:
    """What a reader would miss who looks for the work."""
    missing = {
        what for what, names in FIELDS.items() if not any(entry.get(name) for name in names)
    }
    read = key in UNDATED and READ.search(entry.get("howpublished", ""))
    return missing - {"year"} if read else missing


def test_each_cited_work_has_authors_title_journal_and_year():
    entries = _entries()
    lacking = {key: _lacking(key, entries[key]) for key in sorted(_cited())}
    assert {key: what for key, what in lacking.items() if what} == {}


def test_the_bibliography_holds_nothing_that_nobody_cites():
    assert set(_entries()) - _cited() == set()


def test_no_title_is_invented():
    assert [key for key, entry in _entries().items() if entry["title"].startswith("[")] == []


def test_a_gap_would_be_noticed():
    assert _lacking("a", {"title": "T", "author": "A", "journal": "J"}) == {"year"}
    page = {"title": "T", "author": "A", "howpublished": "Site, undated, read on 29 November 2026"}
    assert _lacking("a", page) == {"year"}
    assert _lacking("gcare_glos", page) == set()
    assert _lacking("gcare_glos", {**page, "howpublished": "Site"}) == {"year"}


def test_nothing_rests_on_what_was_not_read():
    entries = _entries()
    assert [key for key in _cited() if "recalled" in entries[key].get("keywords", "")] == []


# ---------- change log ----------


def _titles() -> set[str]:
    found = set()
    for page in DOCS.rglob("*.md"):
        found |= set(re.findall(r"^title: \"?(.+?)\"?$", page.read_text("utf-8"), re.MULTILINE))
    return found | {"summary"}


@pytest.mark.parametrize("row", REVIEW_ROWS)
def test_each_row_of_the_review_is_fixed_and_names_its_page(row):
    log = _text("CHANGELOG.md")
    lines = re.findall(rf"^- Fixed \({row}\), (.+(?:\n  .+)*)", log, re.MULTILINE)
    assert len(lines) == 1
    assert set(re.findall(r"\*([^*]+)\*", lines[0])) & _titles()


# ---------- questions ----------


def test_no_fact_carries_more_than_four_questions():
    counts = Counter(tag for question in _questions() for tag in question.get("tags", ()))
    many = {tag: count for tag, count in counts.items() if count > MOST_PER_FACT}
    assert {tag: count for tag, count in many.items() if tag.startswith("F-")} == {}


def test_at_least_half_of_the_questions_ask_for_more_than_recall():
    levels = [question["level"] for question in _questions()]
    assert sum(level in HIGHER for level in levels) >= len(levels) / 2


def _careful_picks() -> Iterator[tuple[bool, int]]:
    """Where one option alone is the most carefully worded: whether it is right, of how many."""
    for question in _questions():
        options = question.get("options", ())
        if question["type"] != "single":
            continue
        hedges = [len(HEDGE.findall(option["text"])) for option in options]
        if hedges.count(max(hedges)) == 1:
            yield bool(options[hedges.index(max(hedges))].get("correct")), len(options)


def test_picking_the_most_carefully_worded_option_does_no_better_than_chance():
    picks = list(_careful_picks())
    right, chance = sum(hit for hit, _ in picks), max(1 / options for _, options in picks)
    tail = sum(
        comb(len(picks), k) * chance**k * (1 - chance) ** (len(picks) - k)
        for k in range(right, len(picks) + 1)
    )
    assert tail > 0.05, f"{right} of {len(picks)}"


def test_each_option_says_why():
    for question in _questions():
        for option in (
            question.get("options", ()) if question["type"] in ("single", "multiple") else ()
        ):
            assert option.get("why"), question["id"]


def test_no_question_is_scored_against_votes_that_nobody_cast():
    assert [q["id"] for q in _questions() if q["type"] == "script-concordance"] == []


# ---------- pages ----------


def test_red_flags_come_first():
    headings = re.findall(r"^## (.+)$", _text("docs/modules/presentation.md"), re.MULTILINE)
    assert headings[0] == "What must not wait"
    assert _text("docs/summary.md").index("!!! red-flag") < _text("docs/summary.md").index("\n## ")


def test_the_leaflet_reads_at_grade_six_or_below():
    text = re.sub(r"[#*>|<][^\n]*markdown>|</div>|[*#]|!!! [\w-]+", "", _prose("leaflet.md"))
    sentences = [s for s in re.split(r"[.?!:]\s|\n\n|\n\s*- ", text) if len(s.split()) > 2]
    words = [word for s in sentences for word in re.findall(r"[A-Za-z’']+", s)]
    syllables = sum(
        max(1, len(re.findall(r"[aeiouy]+", word.lower().removesuffix("e")))) for word in words
    )
    grade = 0.39 * len(words) / len(sentences) + 11.8 * syllables / len(words) - 15.59
    assert grade <= 6, f"grade {grade:.1f}"


def test_a_figure_has_the_same_numbers_wherever_it_stands():
    """What is said of a figure grows old where it is drawn again."""
    said: dict[str, set[frozenset[str]]] = {}
    for path in DOCS.rglob("*.md"):
        images = re.findall(r"!\[([^\]]+)\]\([^)]*?([\w-]+\.svg)", path.read_text("utf-8"))
        for alt, name in images:
            said.setdefault(name, set()).add(frozenset(re.findall(r"\d+", alt)))
    assert {name: found for name, found in said.items() if len(found) > 1} == {}
