"""Two sittings on one scale, by the questions that they share (Kolen and Brennan 2014).

Mean-sigma puts the Rasch difficulties of the first sitting on the scale of the second. Chained
equipercentile says which score in the second is worth as much as one in the first: the same rank
among the shared questions, and from there the same rank in the other test.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from jinja2 import PackageLoader
from numpy.typing import NDArray

from viva.analysis import rasch
from viva.analysis.report import number
from viva.analysis.responses import Responses
from viva.base.tables import Cell
from viva.base.words import ENGLISH, Quantity, Said, Words, count, say, shaped
from viva.site.policy import secured
from viva.site.render import environment_of

Vector = NDArray[np.float64]
FEWEST, CLOSE = 10, 1e-12
LINE = say("logits in {second} = {slope} × logits in {first} + {intercept}")
DRIFT_Z, DRIFT = 1.96, 0.5
"""A shared question drifts whose difficulty differs by both: beyond chance, and by half a logit."""


@dataclass(frozen=True)
class Common:
    """A question of both sittings; difficulties in logits, the first moved to the second."""

    id: str
    p_first: float
    p_second: float
    b_first: float | None = None
    b_second: float | None = None
    z: float | None = None
    drifts: bool = False


@dataclass(frozen=True)
class MeanSigma:
    """second = slope * first + intercept, for difficulties and abilities."""

    slope: float
    intercept: float


@dataclass(frozen=True)
class Link:
    """What the shared questions tell."""

    common: tuple[Common, ...]
    mean_sigma: MeanSigma | None
    scores: tuple[tuple[int, float], ...]
    """Whole scores of the first sitting that students had, with the scores of the second."""
    warnings: tuple[Said, ...]


def link(
    first: Responses,
    second: Responses,
    without: Collection[str] = (),
    rekeyed: Collection[str] = (),
) -> Link | Said:
    """The link, or why there is none. `without` names questions that do not count as shared,
    `rekeyed` those that a decision has marked in another way in one of the sittings."""
    places = {item.id: n for n, item in enumerate(second.items) if item.id not in without}
    shared = [(n, places[item.id]) for n, item in enumerate(first.items) if item.id in places]
    if not shared:
        return say("no question has the same name in both")
    mine, theirs = (list(column) for column in zip(*shared, strict=True))
    common, line, warnings = _common(first, second, mine, theirs)
    few = count(
        "only {n} question is shared, at least {fewest} are needed to trust a link",
        "only {n} questions are shared, at least {fewest} are needed to trust a link",
        len(common),
        fewest=FEWEST,
    )
    changed = [
        first.items[a].id
        for a, b in shared
        if first.items[a].id in rekeyed or first.items[a].key != second.items[b].key
    ]
    if changed:
        told = say(
            "these were marked by different keys in the two (link --without {names})",
            names=",".join(changed),
        )
        warnings = [told, *warnings]
    totals = _whole(first, None)
    scores = np.arange(totals.min(), totals.max() + 1)
    tests = totals, _whole(first, mine), _whole(second, theirs), _whole(second, None)
    linked = np.clip(chained(scores, *tests), 0, second.marks.shape[1])
    worth = zip(map(int, scores), map(float, linked), strict=True)
    said = (*((few,) if len(common) < FEWEST else ()), *warnings)
    return Link(tuple(common), line, tuple(worth), said)


def _whole(responses: Responses, columns: Sequence[int] | None) -> Vector:
    marks = responses.marks if columns is None else responses.marks[:, columns]
    return np.asarray(np.floor(marks.sum(axis=1) + 0.5), dtype=np.float64)


def _common(
    first: Responses, second: Responses, mine: Sequence[int], theirs: Sequence[int]
) -> tuple[list[Common], MeanSigma | None, list[Said]]:
    """The shared questions with their drift, the line between both scales, and warnings."""
    models = rasch.fit(first), rasch.fit(second)
    placed = [{} if isinstance(m, str) else {one.id: one for one in m.items} for m in models]
    names = [first.items[n].id for n in mine]
    p = [(float(first.marks[:, a].mean()), float(second.marks[:, b].mean()))
         for a, b in zip(mine, theirs, strict=True)]  # fmt: skip
    known = [name for name in names if name in placed[0] and name in placed[1]]
    if len(known) < 2:
        none = say("no shared question has a difficulty")
        why = next((m for m in models if isinstance(m, str)), none)
        plain = [Common(n, *both) for n, both in zip(names, p, strict=True)]
        return plain, None, [say("difficulties are not linked: {reason}", reason=why)]
    b_first = np.array([placed[0][name].b for name in known])
    b_second = np.array([placed[1][name].b for name in known])
    line = mean_sigma(b_first, b_second)
    z = _drift(placed, known, float(np.median(b_second - b_first)))
    made = [_one(name, both, placed, line, z) for name, both in zip(names, p, strict=True)]
    drifting = [one.id for one in made if one.drifts]
    told = say("these drift (look at them, or link --without {names})", names=",".join(drifting))
    return made, line, [told] if drifting else []


def mean_sigma(b_first: Vector, b_second: Vector) -> MeanSigma:
    """The line that gives the first difficulties the mean and spread of the second."""
    slope = float(b_second.std() / b_first.std()) if b_first.std() > 0 else 1.0
    return MeanSigma(slope, float(b_second.mean() - slope * b_first.mean()))


def _drift(
    placed: Sequence[dict[str, rasch.Place]], known: Sequence[str], shift: float
) -> dict[str, float]:
    """How far each difficulty has moved beyond the shift of all, in standard errors."""
    pairs = ((name, placed[0][name], placed[1][name]) for name in known)
    return {name: (b.b - a.b - shift) / float(np.hypot(a.se, b.se)) for name, a, b in pairs}


def _one(
    name: str,
    p: tuple[float, float],
    placed: Sequence[dict[str, rasch.Place]],
    line: MeanSigma,
    z: dict[str, float],
) -> Common:
    if name not in z:
        return Common(name, *p)
    first, second = placed[0][name], placed[1][name]
    moved = abs(z[name]) * float(np.hypot(first.se, second.se))
    drifts = abs(z[name]) > DRIFT_Z and moved > DRIFT
    on_second = line.slope * first.b + line.intercept
    return Common(name, *p, on_second, second.b, z[name], drifts)


def chained(
    scores: Vector, first: Vector, first_shared: Vector, second_shared: Vector, second: Vector
) -> Vector:
    """For scores of the first test the scores of the second with the same ranks."""
    middle = _equivalent(scores, first, first_shared)
    return _equivalent(middle, second_shared, second)


def _equivalent(scores: Vector, have: Vector, want: Vector) -> Vector:
    """The scores of one test that have the ranks of these scores in another.

    Each score is spread evenly from half below to half above it. Where a rank fits a gap between
    scores, the middle of the gap is meant.
    """
    shares, edges = _curve(have)
    ranks = np.interp(scores, edges, shares)
    shares, edges = _curve(want)
    low, high = (np.interp(ranks + side, shares, edges) for side in (-CLOSE, CLOSE))
    return np.asarray((low + high) / 2, dtype=np.float64)


def _curve(totals: Vector) -> tuple[Vector, Vector]:
    """The share below each edge between scores, where scores are, and the edges."""
    found, counts = np.unique(totals, return_counts=True)
    edges = np.unique(np.concatenate([found - 0.5, found + 0.5]))
    below = np.concatenate([[0.0], np.cumsum(counts) / len(totals)])
    shares = below[np.searchsorted(found, edges)]
    return shares, edges


def as_html(found: Link, first: str, second: str, words: Words = ENGLISH) -> str:
    """One page that needs no other file."""
    environment = environment_of(PackageLoader("viva.analysis", "."), words)
    environment.filters["figure"] = partial(number, words=words)
    page = environment.get_template("link.html")
    names = {"first": first, "second": second}
    line = found.mean_sigma and say(LINE, **names, **line_of(found.mean_sigma))
    return secured(page.render(found=found, line=line, **names))


def as_text(found: Link, first: str, second: str) -> Iterator[Said]:
    """The link in words and numbers."""
    names = {"first": first, "second": second}
    for warning in found.warnings:
        yield say("warning: {warning}", warning=warning)
    if found.mean_sigma:
        yield say(LINE, **names, **line_of(found.mean_sigma))
    yield say("score in {first} = score in {second}", **names)
    for score, worth in found.scores:
        yield shaped("{score} = {worth}", score=score, worth=Quantity(worth, None, 2, 2))


def line_of(line: MeanSigma) -> dict[str, Quantity]:
    """The numbers of the line between both scales, for its message."""
    slope, intercept = (Quantity(one, None, 3, 3) for one in (line.slope, line.intercept))
    return {"slope": slope, "intercept": intercept}


def rows(found: Link) -> Iterator[Sequence[Cell]]:
    """The shared questions, a row each."""
    yield ("question", "p first", "p second", "b first", "b second", "z", "drifts")
    for one in found.common:
        drifts = say("yes") if one.drifts else say("no")
        yield (one.id, one.p_first, one.p_second, one.b_first, one.b_second, one.z, drifts)


def scale(found: Link) -> Iterator[Sequence[Cell]]:
    """The scores, a row each."""
    yield ("score first", "score second")
    yield from found.scores
