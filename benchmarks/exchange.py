"""How long it takes to export the course's own questions, written again until there are as many as
wanted. Times are those of the processor, without reading the course.

    python benchmarks/exchange.py --questions 10000
"""

from __future__ import annotations

import argparse
import gc
import json
import tempfile
import time
from pathlib import Path

from lint import write_course

from viva.course import courses
from viva.course.courses import Course
from viva.course.layout import Layout
from viva.exchange import export

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
        for name in formats():
            rows.append(measure(course, name))
            if given.format == "text":
                print("  ".join(f"{key} {value}" for key, value in rows[-1].items()), flush=True)
    if given.format == "json":
        print(json.dumps(rows, indent=2))


if __name__ == "__main__":
    main()
