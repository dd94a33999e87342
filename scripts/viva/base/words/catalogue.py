"""The messages of a language, and where they are kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

HERE = Path(__file__).parent
TRADITIONAL = {"hant", "tw", "hk", "mo"}
"""Chinese in other characters than `zh.po` has."""


@dataclass(frozen=True)
class Catalogue:
    """English message to what another language says: one text for each form of its plural."""

    messages: Mapping[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)
    """By context, mostly empty, and message."""
    form: Callable[[int], int] = lambda n: int(n != 1)
    """The number of the form that a language uses of so many things."""
    digest: str = ""
    """A hash of the file."""

    def one(self, message: str, context: str = "") -> str:
        """A message, in English where it is not translated."""
        return self.messages.get((context, message), (message,))[0]

    def many(self, one: str, many: str, n: float) -> str:
        """A message about `n` things."""
        forms = self.messages.get(("", one))
        if not forms:
            return one if n == 1 else many
        return forms[self.form(int(n)) if n == int(n) else -1]


def languages() -> dict[str, Path]:
    """Each language that has a file here, by its tag."""
    return {path.stem.replace("_", "-"): path for path in sorted(HERE.glob("*.po"))}


def find(language: str) -> Path | None:
    """The file of a language: its own, else without its region, else of another region."""
    known = {tag.lower(): path for tag, path in languages().items()}
    first, *rest = language.replace("_", "-").lower().split("-")
    if first == "zh" and TRADITIONAL & set(rest):
        return None
    own = known.get("-".join((first, *rest))) or known.get(first)
    return own or next((path for tag, path in known.items() if tag.startswith(f"{first}-")), None)
