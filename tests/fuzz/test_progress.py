"""Whatever a browser has kept or imports: the pages open, what is sound still counts, no script fails."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest

import mutation
import shrinking

DATA = Path(__file__).parents[1] / "browser/data"
PAGES = ("study/progress.html", "study/review.html", "study/practice.html", "self-checks/scale.html")
SOUND = {"q": "scale-meaning", "h": "0" * 12, "t": 1763800000000, "a": 1, "m": 1}
PREFIX = "viva:reading-a-map:"
FILL = """([prefix, all]) => {
  localStorage.clear();
  for (const [name, text] of Object.entries(all)) localStorage.setItem(prefix + name, text);
}"""
SAID = "document.querySelector('[data-part=said]').textContent"


NO_COPY = "IDBFactory.prototype.open = () => { throw new DOMException('no', 'SecurityError') }"
"""A second copy would bring back what the round before had."""
PATIENCE = 180_000
"""In ms; a machine with other work to do is no finding."""


@pytest.fixture
def page(open_page):
    page = open_page(PAGES[0])
    page.set_default_timeout(PATIENCE)
    page.context.add_init_script(NO_COPY)
    page.reload()
    return page


def _seeds() -> list[dict[str, Any]]:
    """What earlier versions have kept, as data."""
    kept = [json.loads(path.read_text("utf-8")) for path in sorted(DATA.glob("schema-*.json"))]
    return [{name: _data(text) for name, text in one.items()} for one in kept]


def _data(text: Any) -> Any:
    try:
        return json.loads(text) if isinstance(text, str) else text
    except ValueError:
        return text


def _texts(kept: Any, chance: random.Random) -> dict[str, str]:
    """Entries as a browser holds them: texts, some of them torn."""
    entries = kept if isinstance(kept, dict) else {"a:x": kept}
    made = {}
    for name, value in entries.items():
        text = json.dumps(value, default=str)
        if chance.random() < 0.1:
            text = mutation.torn(text.encode(), chance).decode("utf-8", "replace")
        made[str(name)] = text
    return made


@pytest.mark.fuzz
def test_progress(page):
    seeds, home, broken = _seeds(), page.url, list[str]()
    page.on("pageerror", lambda error: broken.append(str(error)))
    for seed, chance in mutation.rounds("progress"):
        kept = mutation.mutated({**chance.choice(seeds), "a:sound-1-1": SOUND}, chance)
        texts = _texts(kept, chance)
        fault = ""
        try:
            page.evaluate(FILL, [PREFIX, texts])
            page.goto(home.replace(PAGES[0], chance.choice(PAGES)))
            if chance.random() < 0.5:
                _import(page, home, chance, kept)
            if texts.get("a:sound-1-1") == json.dumps(SOUND) and _is_readable(texts):
                page.goto(home)
                asked = page.evaluate("vivaStudy.store.attempts().map(one => one.q)")
                fault = "" if SOUND["q"] in asked else f"the sound attempt is lost: {asked}"
        except Exception as error:
            fault = str(error)
        if fault or broken:
            found = f"{fault} {broken}"
            small = shrinking.small(texts, found, lambda some: _opened(page, home, some, broken), 60)
            where = mutation.keep("progress", seed, "stored.json", json.dumps(small))
            pytest.fail(f"{found}\n{small}\nkept: {where}")


def _opened(page: Any, home: str, texts: dict[str, str], broken: list[str]) -> str:
    """What goes wrong when the pages open over these entries."""
    broken.clear()
    fault = ""
    try:
        page.evaluate(FILL, [PREFIX, texts])
        for name in PAGES:
            page.goto(home.replace(PAGES[0], name))
    except Exception as error:
        fault = str(error)
    return f"{fault} {broken}" if fault or broken else ""


def _is_readable(texts: dict[str, str]) -> bool:
    """Whether the stored schema is one that was ever written."""
    return texts.get("schema", "1").strip('"') in ("1", "2")


def _import(page: Any, home: str, chance: random.Random, kept: Any) -> None:
    """Import a changed file on the page of progress, by its button: it says how that went."""
    page.goto(home)
    whole = {"format": "viva-progress", "schema": 1, "course": "reading-a-map", "entries": kept}
    text = json.dumps(mutation.mutated(whole, chance), default=str).encode()
    if chance.random() < 0.3:
        text = mutation.torn(text, chance)
    file = {"name": "p.json", "mimeType": "application/json", "buffer": text}
    page.locator("[data-part=import]").set_input_files(file)
    page.wait_for_function(SAID)
