"""What a format cannot carry: said for each question, with its place and what to do instead."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Literal

from viva.base.words import Said, count, say, shaped

Kind = Literal["approximated", "left out"]
KINDS: Mapping[Kind, Said] = {
    "approximated": say("approximated"),
    "left out": say("left out"),
}


@dataclass(frozen=True)
class Loss:
    """One thing that is not the same on the other side. `line` and `column` count from 1."""

    path: str
    line: int
    column: int
    question: str
    kind: Kind
    message: str

    @property
    def told(self) -> Said:
        """The loss in a line, which any language can tell."""
        at = f"{self.path}:{self.line}:{self.column}: {self.question}"
        facts = {"kind": KINDS[self.kind], "message": self.message}
        return shaped("{at}: {kind}: {message}", at=at, **facts)

    def __str__(self) -> str:
        return str(self.told)


class LeftOut(Exception):
    """A question that a format has no way to ask: why, and what to do instead."""

    def __init__(self, why: str, instead: str = "") -> None:
        self.why, self.instead = why, instead
        super().__init__(why)


def no_figure(src: str) -> LeftOut:
    """That the file of a figure is missing."""
    said = say("its figure {path} is not there", path=src)
    return LeftOut(said, say("look for the file in docs/"))


@dataclass
class Tally:
    """What became of the questions of an export."""

    questions: int = 0
    losses: list[Loss] = field(default_factory=list)

    def count(self, kind: Kind) -> int:
        """How many questions were approximated, or left out; each counts once, at its worst."""
        gone = {(one.path, one.question) for one in self.losses if one.kind == "left out"}
        if kind == "left out":
            return len(gone)
        return len({(one.path, one.question) for one in self.losses} - gone)

    @property
    def written(self) -> int:
        """How many questions arrive on the other side."""
        return self.questions - self.count("left out")

    @property
    def told(self) -> Said:
        """All of them in a line, which any language can tell."""
        near, gone = self.count("approximated"), self.count("left out")
        return count(
            "{n} question: {exact} exact, {near} approximated, {gone} left out",
            "{n} questions: {exact} exact, {near} approximated, {gone} left out",
            self.questions,
            exact=self.questions - near - gone,
            near=near,
            gone=gone,
        )

    def __str__(self) -> str:
        return str(self.told)


def as_json(name: str, path: str, tally: Tally) -> str:
    """What `viva export --format json` prints."""
    return json.dumps(
        {
            "format": name,
            "path": path,
            "questions": tally.questions,
            "approximated": tally.count("approximated"),
            "left_out": tally.count("left out"),
            "losses": [asdict(one) for one in in_order(tally.losses)],
        },
        ensure_ascii=False,
        indent=2,
    )


def in_order(losses: Sequence[Loss]) -> list[Loss]:
    """The losses by file and place, each once."""
    return sorted(dict.fromkeys(losses), key=lambda one: (one.path, one.line, one.column, one.kind))
