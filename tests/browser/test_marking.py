"""The browser marks as Python does: the same golden cases, numbers and words."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

import golden
from viva.bank.types.numeric import understand
from viva.base.folding import fold, near

CASES = golden.cases()


@pytest.fixture(scope="module")
def marking(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """A page with the question of every case."""
    path = tmp_path_factory.mktemp("marking") / "all.html"
    path.write_text(golden.page(*(case.question for case in CASES)), "utf-8")
    page = browser.new_page()
    page.goto(path.as_uri())
    yield page
    page.close()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_browser_gives_the_same_marks(marking: Page, case: golden.Case) -> None:
    answers = [answer for answer, _ in case.marks]
    given = marking.evaluate(
        "([id, answers]) => answers.map((answer) => document.getElementById(id).mark(answer))",
        [case.question.id, answers],
    )
    for answer, mark, wanted in zip(answers, given, (mark for _, mark in case.marks), strict=True):
        assert mark == (None if wanted is None else pytest.approx(wanted)), answer


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_an_answer_that_is_put_back_is_read_again(marking: Page, case: golden.Case) -> None:
    """Without a look at the key, so on the sheet of an assignment too."""
    answers = [answer for answer, _ in case.marks if answer is not None]
    read = marking.evaluate(
        """([id, answers]) => answers.map((answer) => {
            const question = document.getElementById(id);
            const { key } = question.dataset;
            question.dataset.key = "no key";
            for (const one of [...question.querySelectorAll("viva-question"), question]) one.clear();
            question.behaviour.write(question, answer);
            const read = question.behaviour.read(question);
            question.clear();
            question.dataset.key = key;
            return read;
        })""",
        [case.question.id, answers],
    )
    assert read == [_as_read(case.question.type, answer) for answer in answers]


def _as_read(kind: str, answer: Any) -> Any:
    """Spaces around what is typed do not count, nor the order of picks; all open is no answer."""
    if kind == "multiple":
        return sorted(answer) or None
    if isinstance(answer, list):
        parts = [_as_read("", part) if isinstance(part, str) else part for part in answer]
        return parts if any(part is not None for part in parts) else None
    typed = isinstance(answer, str) and kind != "hotspot"
    return answer.strip() or None if typed else answer


@pytest.mark.parametrize(
    ("place", "letter"), [(0, "A"), (25, "Z"), (26, "AA"), (27, "AB"), (701, "ZZ"), (702, "AAA")]
)
def test_letters_go_on_after_z(marking: Page, place: int, letter: str) -> None:
    assert marking.evaluate("viva.letter", place) == letter


NUMBERS = (
    *(
        "15",
        " 15 ",
        "15.",
        "15,",
        "1.5",
        "1,5",
        ".5",
        ",5",
        "-.5",
        "+3",
        "−3",
        "--3",
        "1e3",
        "1E-2",
        "1e",
        "e3",
    ),
    *(
        "1 000",
        "1 000,5",
        "1,000.5",
        "1.000,5",
        "1,000",
        "1,000,000",
        "1.000.000",
        "1,0.0,0",
        "1.2.3",
        "1 2",
    ),
    *(
        "1\u00a0000",
        "1\u202f000",
        "\u20091",
        "12mm",
        "12 mm",
        "12 Mm",
        "12 cm",
        "12 m",
        "12 mms",
        "12 mm.",
        "12 km",
    ),
    *(
        "12 millimetres",
        "12 Centimeters",
        "12 °",
        "12°",
        "12 degrees",
        "12 %",
        "12 per cent",
        "12 mg",
        "12 constructor",
    ),
    *(
        "",
        " ",
        "mm",
        "fifteen",
        "15 or 16",
        "15-16",
        "<15",
        "~15",
        "15/2",
        "1e999",
        "-0",
        "0",
        "00.10",
        "１５",
        "٣",
        "1_000",
    ),
)


@pytest.mark.parametrize("unit", [None, "mm", "cm", "°", "%", "mg", "weeks"])
def test_the_browser_understands_the_same_numbers(marking: Page, unit: str | None) -> None:
    given = marking.evaluate(
        "([typed, unit]) => typed.map((one) => viva.understand(one, unit))", [list(NUMBERS), unit]
    )
    wanted = [understand(typed, unit) for typed in NUMBERS]
    assert dict(zip(NUMBERS, given, strict=True)) == dict(zip(NUMBERS, wanted, strict=True))


TEXTS = (
    *(
        "Quadratus femoris",
        "the QUADRATUS-femoris.",
        "an MRI",
        "A",
        "the",
        "thae",
        "x-ray",
        "X ray",
        "x\u2010ray",
    ),
    *(
        "oedema",
        "Œdème",
        "œdema",
        "haemorrhage",
        "anaesthetised",
        "colour",
        "tumours",
        "centre",
        "fibres",
        "titre",
    ),
    *(
        "paralysed",
        "paralysis",
        "catheterisation",
        "travelling",
        "travellled",
        "sulphate",
        "aoe",
        "aaee",
        "foetal",
    ),
    *(
        "α-blocker",
        "β",
        "µg",
        "μg",
        "ß",
        "Ångström",
        "Sjögren's",
        "Sjögren’s",
        "1.5 T",
        "1,5 T",
        "1.5.2",
        "T 1 . 5",
    ),
    *(
        "½",
        "①",
        "ﬁbre",
        "Ⅳ",
        "",
        "   ",
        "...",
        "—",
        "\ud83e\uddb4",
        "日本",
        "İ",
        "e\u0301",
        "\u0301",
    ),
)
PAIRS = (
    *(("quadratus femoris", "quadratus femoris"), ("qaudratus femoris", "quadratus femoris")),
    *(("ulma", "ulna"), ("fenur", "femur"), ("fenor", "femur"), ("klavicle", "clavicle")),
    *(("klavikle", "clavicle"), ("kalkaneus", "calcaneus"), ("kalkaneos", "calcaneus")),
    *(
        ("quadriceps femoris", "quadratus femoris"),
        ("adducion", "adduction"),
        ("aduction", "adduction"),
    ),
    *(
        ("abduktion", "adduction"),
        ("hypotension", "hypertension"),
        ("ileum", "ilium"),
        ("iliumm", "ilium"),
    ),
    *(
        ("l4", "l5"),
        ("t12", "t11"),
        ("internal rotaton", "internal rotation"),
        ("external rotation", "internal rotation"),
    ),
    *(
        ("osteotmy", "osteotomy"),
        ("ostectomy", "osteotomy"),
        ("asymptomatic", "symptomatic"),
        ("ab", "abc"),
        ("a b c", "abc"),
    ),
)


def test_the_browser_folds_the_same_texts(marking: Page) -> None:
    given = marking.evaluate("(texts) => texts.map(viva.fold)", list(TEXTS))
    assert dict(zip(TEXTS, given, strict=True)) == {text: fold(text) for text in TEXTS}


def test_the_browser_forgives_the_same_slips(marking: Page) -> None:
    question = golden.question("short-answer/look-alikes")
    folded = [(fold(one), fold(other)) for one, other in PAIRS]
    given = marking.evaluate(
        """([id, pairs]) => pairs.map(([typed, wanted]) => {
            const question = document.getElementById(id);
            question.dataset.key = JSON.stringify({ accept: [wanted], reject: [] });
            return question.mark(typed) === 1;
        })""",
        [question.id, folded],
    )
    assert given == [near(*pair) for pair in folded]


def test_the_key_in_the_page_is_all_that_marking_needs(marking: Page) -> None:
    keys: dict[str, Any] = marking.evaluate(
        "Object.fromEntries([...document.querySelectorAll('viva-question')].map((q) => [q.id, q.dataset.key]))"
    )
    assert all(json.loads(key) for key in keys.values())
