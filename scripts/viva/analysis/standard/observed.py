"""What was observed, for the methods that need it: totals, limits of judges, stations."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from viva.analysis import responses
from viva.analysis.standard.impact import Scores
from viva.analysis.standard.methods import Station, Vector
from viva.analysis.statistics import alpha
from viva.base import tables
from viva.base.refused import Refused
from viva.base.words import say

LIMITS = ("judge", "lowest pass mark", "highest pass mark", "lowest failing", "highest failing")
STATIONS = ("student", "station", "score", "of", "rating")


def scores(path: Path, key: Path | None = None) -> Scores:
    """The totals of a class, from results of `viva grade` or any table of answers."""
    read = responses.load(path, key)
    return _scores(read.students, read.marks, float(read.marks.shape[1]))


def shares(path: Path) -> dict[str, float]:
    """The share of students who had each question right."""
    read = responses.load(path)
    means = map(float, read.marks.mean(axis=0))
    return dict(zip((item.id for item in read.items), means, strict=True))


def voided(path: Path) -> set[str]:
    """The questions, and the steps of cases, that were voided in a sitting with these results."""
    read = responses.decisions(path / "decisions.csv")
    return {one["question"] for one in read if one.get("void") == "yes"}


def _scores(students: Sequence[str], marks: Vector, most: float) -> Scores:
    totals = marks.sum(axis=1).round(9)
    reliability = alpha(marks)
    spread = float(totals.std(ddof=1)) if len(totals) > 1 else 0.0
    sem = None if reliability is None else spread * math.sqrt(1 - reliability)
    return Scores(students, totals, most, sem)


def limits(path: Path) -> tuple[Vector, list[str]]:
    """Hofstee's four limits of each judge, in per cent, and what is wrong with them."""
    rows, columns = _table(path, LIMITS)
    found, faults = [], []
    for number, row in enumerate(rows, 2):
        numbers = [_number(row[column]) for column in columns[1:]]
        good = [n for n in numbers if n is not None and 0 <= n <= 100]
        if len(good) < 4:
            said = say("a limit is no number from 0 to 100 (write four)")
            faults.append(Refused(said, path, number).told)
        elif good[0] > good[1] or good[2] > good[3]:
            said = say("a lowest limit is above the highest (exchange them)")
            faults.append(Refused(said, path, number).told)
        found.append([n or 0.0 for n in numbers])
    return np.array(found), faults


def stations(path: Path) -> tuple[list[Station], Scores | None, list[str]]:
    """The stations with scores and ratings, the class where everybody was at all of them."""
    rows, columns = _table(path, STATIONS)
    found: dict[str, dict[str, tuple[float, float, float]]] = defaultdict(dict)
    faults = []
    for number, row in enumerate(rows, 2):
        student, station = row[columns[0]], row[columns[1]]
        score, most, rating = (_number(row[column]) for column in columns[2:])
        if score is None or most is None or rating is None or not 0 <= score <= most or not most:
            said = say(
                "score, of and rating are not all numbers that fit together (such as 14, 20, 3)"
            )
            faults.append(Refused(said, path, number, columns[2] + 1).told)
        elif student in found[station]:
            twice = {"student": student, "station": station}
            said = say("{student} is at {station} twice (keep one row)", **twice)
            faults.append(Refused(said, path, number).told)
        else:
            found[station][student] = (score, most, rating)
    listed = [_station(name, list(here.values())) for name, here in found.items() if here]
    return listed, _whole(found), faults


def _station(name: str, rows: Sequence[tuple[float, float, float]]) -> Station:
    numbers = np.array(rows)
    return Station(name, numbers[:, 0], numbers[:, 2], float(numbers[:, 1].max()))


def _whole(found: dict[str, dict[str, tuple[float, float, float]]]) -> Scores | None:
    everybody = [set(here) for here in found.values()]
    if not everybody or any(one != everybody[0] for one in everybody):
        return None
    students = list(next(iter(found.values())))
    marks = np.array([[here[name][0] for here in found.values()] for name in students])
    most = sum(max(row[1] for row in here.values()) for here in found.values())
    return _scores(students, marks, most) if students else None


def _table(path: Path, names: Sequence[str]) -> tuple[list[list[str]], list[int]]:
    """The rows of a table and where its columns are. Raises Refused."""
    rows = tables.read(path, any_encoding=True)
    header = [cell.casefold() for cell in rows[0]] if rows else []
    missing = [name for name in names if name not in header]
    if missing or len(rows) < 2:
        wanted = ",".join(names)
        if missing:
            lack = {"name": missing[0], "names": wanted}
            said = say("there is no column {name} (write the columns {names})", **lack)
            raise Refused(said, path)
        said = say("there is no row under the names (write the columns {names})", names=wanted)
        raise Refused(said, path)
    width = len(header)
    full = [[*row, *[""] * (width - len(row))] for row in rows[1:]]
    return full, [header.index(name) for name in names]


def _number(cell: str) -> float | None:
    return tables.number(cell.rstrip("% "))
