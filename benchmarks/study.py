"""How long a course's own scripts run when a page opens in a browser that holds many answers.

Milliseconds spent in scripts of `assets/viva` and in what they call, by page and by number of
stored answers: the least of some loads, from Chromium's profiler. `--slow 4` makes the processor
four times slower.
"""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import CDPSession, Page, sync_playwright

from setup_browser import ADVICE, find_browser

KINDS = (
    "index.html",
    "modules/imaging.html",
    "self-checks/imaging.html",
    "study/progress.html",
    "study/review.html",
    "study/practice.html",
)
START = "about.html"
SETTLED_MS = 250
SEED = """count => {
  localStorage.clear();
  const { store } = vivaStudy, all = [...vivaCourse.questions, ...vivaCourse.cards];
  for (let n = 0; n < count; n++) {
    const { id, hash } = all[n % all.length];
    const t = Date.now() - (count - n) * 864e4;
    const given = { q: id, h: hash, t, a: 0, m: n % 3 ? 1 : 0, c: 1 + n % 3 };
    localStorage.setItem(`${store.prefix}a:many-${n}`, JSON.stringify(given));
  }
  localStorage.setItem(`${store.prefix}schema`, String(vivaStudy.SCHEMA));
}"""


def measure(
    site: Path, names: tuple[str, ...], counts: list[int], loads: int = 3, slow: float = 1
) -> list[dict[str, Any]]:
    """A row for each page: its name, and the milliseconds for each number of answers."""
    rows: list[dict[str, Any]] = [{"page": name} for name in names]
    with _browser() as page:
        session = page.context.new_cdp_session(page)
        session.send("Profiler.enable")
        session.send("Emulation.setCPUThrottlingRate", {"rate": slow})
        for count in counts:
            seed(page, site, count)
            for row in rows:
                times = [own_ms(page, session, site, row["page"]) for _ in range(loads)]
                row[f"{count} answers"] = round(min(times), 1)
    return rows


def seed(page: Page, site: Path, count: int) -> None:
    """Make the browser hold so many answers, spread over all questions and cards."""
    page.goto((site / "study/progress.html").as_uri())
    page.evaluate(SEED, count)


def own_ms(page: Page, session: CDPSession, site: Path, name: str) -> float:
    """Milliseconds that the course's own scripts take while a page opens."""
    page.goto((site / START).as_uri())
    session.send("Profiler.start")
    page.goto((site / name).as_uri())
    page.wait_for_timeout(SETTLED_MS)
    return _ours(session.send("Profiler.stop")["profile"])


def _ours(profile: dict[str, Any]) -> float:
    nodes = {node["id"]: node for node in profile["nodes"]}
    parents = {child: node["id"] for node in profile["nodes"] for child in node.get("children", [])}

    def ours(node: int | None) -> bool:
        while node is not None:
            if "assets/viva/" in nodes[node]["callFrame"]["url"]:
                return True
            node = parents.get(node)
        return False

    pairs = zip(profile["samples"], profile["timeDeltas"], strict=True)
    return sum(spent for node, spent in pairs if ours(node)) / 1000


@contextmanager
def _browser() -> Iterator[Page]:
    path = find_browser()
    if not path:
        raise SystemExit(ADVICE)
    flags = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=flags)
        yield browser.new_page()
        browser.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pages", nargs="*", help="pages of the site (one of every kind)")
    parser.add_argument("--site", type=Path, default=Path("site"), help="the built course (site)")
    parser.add_argument("--answers", type=int, nargs="+", default=[0, 1000])
    parser.add_argument("--loads", type=int, default=5, help="loads, of which the least counts")
    parser.add_argument("--slow", type=float, default=1, help="times slower than this machine")
    parser.add_argument("--format", choices=("text", "json"), default="text")
    chosen = parser.parse_args()
    names = tuple(chosen.pages) or KINDS
    rows = measure(chosen.site.resolve(), names, chosen.answers, chosen.loads, chosen.slow)
    print(json.dumps(rows, indent=2) if chosen.format == "json" else as_table(rows))


def as_table(rows: list[dict[str, Any]]) -> str:
    """The rows under their names, aligned."""
    heads = list(rows[0])
    width = max(len(row["page"]) for row in rows)
    lines = [("page".ljust(width), *heads[1:])]
    lines += [
        (row["page"].ljust(width), *(f"{row[head]:.1f} ms" for head in heads[1:])) for row in rows
    ]
    return "\n".join(
        "  ".join((first, *(cell.rjust(14) for cell in rest))) for first, *rest in lines
    )


if __name__ == "__main__":
    main()
