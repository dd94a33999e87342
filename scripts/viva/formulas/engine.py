"""Temml, which reads TeX and mhchem and writes MathML, in an engine that a wheel brings."""

from __future__ import annotations

import importlib
import json
import threading
from collections.abc import Callable
from functools import lru_cache
from importlib import resources
from typing import Any

SCRIPTS = ("vendor/temml/temml.min.js", "vendor/temml/mhchem.min.js")
CALL = """
function viva(tex, block) {
  try {
    const options = {displayMode: block, throwOnError: true, annotate: false, maxExpand: 1000};
    return JSON.stringify({made: temml.renderToString(tex, options)});
  } catch (error) {
    return JSON.stringify({said: String(error.message), at: error.position ?? 0});
  }
}
"""
SEEN = 4096
"""How many formulas are remembered: most stand on a page more than once, or on several."""
_own = threading.local()


class Mistake(Exception):
    """What TeX does not understand, and after how many characters it stands."""

    def __init__(self, said: str, at: int) -> None:
        super().__init__(said)
        self.said, self.at = said, at


@lru_cache(SEEN)
def mathml(tex: str, block: bool = False) -> str:
    """The MathML of a formula; raises `Mistake`. A block stands on a line of its own."""
    made = json.loads(_run(f"viva({json.dumps(tex)}, {json.dumps(block)})"))
    if "made" in made:
        return str(made["made"])
    raise Mistake(_short(made["said"]), min(int(made["at"]), max(len(tex) - 1, 0)))


def _short(said: str) -> str:
    """What went wrong, without where: the place is told by file, line and column."""
    return said.split(" at position ")[0].split(" at end of input")[0].strip().rstrip(".")


def _run(script: str) -> str:
    """What a script gives. An engine belongs to the thread that has made it."""
    if not hasattr(_own, "run"):
        _own.run = _engine()
        folder = resources.files("viva.formulas")
        for name in SCRIPTS:
            _own.run((folder / name).read_text("utf-8"))
        _own.run(CALL)
    return str(_own.run(script))


def _engine() -> Callable[[str], Any]:
    """QuickJS; on Macs with an Intel processor, for which it has no wheel, V8."""
    try:
        engine: Any = importlib.import_module("quickjs").Context()
    except ImportError:
        engine = importlib.import_module("py_mini_racer").MiniRacer()
    run: Callable[[str], Any] = engine.eval
    return run
