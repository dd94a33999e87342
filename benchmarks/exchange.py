"""How long it takes to export the course's own questions, written again until there are as many as
wanted, and to import what was exported. Times are those of the processor, without reading the
course; beside an import, how often the file could merely have been parsed meanwhile.

    python benchmarks/exchange.py --questions 10000
"""

from __future__ import annotations

import argparse
import gc
import io
import json
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from lint import write_course
from lxml import etree
from openpyxl import load_workbook

from viva.course import courses
from viva.course.courses import Course
from viva.course.layout import Layout
from viva.exchange import export, importing

Row = dict[str, float | str]


def measure(course: Course, name: str) -> Row:
    """Seconds to make the file of a format, and its size."""
    gc.collect()
    started = time.process_time()
    data, tally = export.export(course, course.banks, export.named(name))
    seconds = time.process_time() - started
    return {
        "format": name,
        "questions": tally.questions,
        "seconds": round(seconds, 2),
        "ms_per_question": round(seconds / tally.questions * 1000, 3),
        "megabytes": round(len(data) / 2**20, 2),
    }


PARSED: dict[str, Callable[[bytes], object]] = {
    "moodle-xml": etree.fromstring,
    "gift": lambda data: data.decode().split("\n\n"),
    "table": lambda data: [*load_workbook(io.BytesIO(data), read_only=True).active.values],
}
"""Formats that are imported again, and the least that reading them takes."""


def imported(course: Course, name: str, scratch: Path) -> Row:
    """Seconds to import what a format holds into an empty course, and in plain parses."""
    exporter = export.named(name)
    data, _ = export.export(course, course.banks, exporter, export.Options(ending=exporter.ENDING))
    path = scratch / f"back{exporter.ENDING}"
    path.write_bytes(data)
    started = time.process_time()
    PARSED[name](data)
    parse = time.process_time() - started
    gc.collect()
    started = time.process_time()
    made = importing.plan(path, replace(course, banks=(), cards={}), "back", None, lambda: None)
    seconds = time.process_time() - started
    return {
        "import": name,
        "questions": made.report.questions,
        "seconds": round(seconds, 2),
        "parses": round(seconds / parse, 1),
    }


def formats() -> list[str]:
    """Those that need no built site."""
    return [name for name in export.names() if not hasattr(export.named(name), "NEEDS_SITE")]


def main() -> None:
    """Print a row for each format."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--questions", type=int, default=10_000)
    parser.add_argument("--format", choices=["text", "json"], default="text")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        write_course(Path(scratch), given.questions)
        course = courses.load(Layout.of(Path(scratch)))
        rows = []
        wanted: list[tuple[Callable[..., Row], tuple[Any, ...]]]
        wanted = [(measure, (course, name)) for name in formats()]
        wanted += [(imported, (course, name, Path(scratch))) for name in PARSED]
        for measured, arguments in wanted:
            rows.append(measured(*arguments))
            if given.format == "text":
                print("  ".join(f"{key} {value}" for key, value in rows[-1].items()), flush=True)
    if given.format == "json":
        print(json.dumps(rows, indent=2))


if __name__ == "__main__":
    main()
