"""The command that looks at a published site."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from viva.base import addresses
from viva.base.refused import Refused
from viva.base.words import Said, count, joined, say, shaped
from viva.cli.talk import echo, many
from viva.offline.doctor.advice import SEVERITIES, Finding
from viva.offline.doctor.examine import Report, examine
from viva.offline.doctor.sources import Copy, Source, Web


@click.command()
@click.argument("site")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
@click.option(
    "--timeout", type=float, default=20, show_default=True, help="Seconds to wait for a file."
)
def doctor(site: str, form: str, timeout: float) -> None:
    """Look at a published SITE: its address, or a folder or zip with a copy of it.

    Compares every file with what was built, tries what browsers will ask, and says what to change
    at the host. Nothing is fetched from another host. Ends with 0 if all is well, with 1 if not.

    \b
    Example:
      viva doctor https://www.example.org/ecg/
    """
    report = examine(_source(site, timeout))
    echo(_as_json(report) if form == "json" else told(report))
    sys.exit(1 if report.findings else 0)


def _source(site: str, timeout: float) -> Source:
    if site.lower().startswith(("http://", "https://")):
        if wrong := addresses.fault(site):
            raise Refused(wrong, misuse=True)
        return Web(site, timeout)
    path = Path(site)
    if not path.exists():
        said = say(
            "{site} is neither an address nor a folder nor a zip (begin an address with https://)",
            site=site,
        )
        raise Refused(said, misuse=True)
    return Copy(path)


def told(report: Report) -> Said:
    """What was found, in words."""
    if not report.findings and not report.files:
        return say(
            "{site}: nothing to change. Its files were not compared: a course that is not taken "
            "along has no list of them.",
            site=report.name,
        )
    if not report.findings:
        return count(
            "{site}: the only file is as it was built.",
            "{site}: all {n} files are as they were built.",
            report.files,
            site=report.name,
        )
    head = say(
        "{site}: {files} compared, {things} to change.",
        site=report.name,
        files=many(report.files, "file"),
        things=many(len(report.findings), "thing"),
    )
    return joined(head, *map(_told, report.findings), by="\n\n")


def _told(finding: Finding) -> Said:
    lines = [shaped("{kind}: {said}", kind=SEVERITIES[finding.severity], said=finding.said)]
    lines += [say("Where: {files}", files=finding.where)] if finding.files else []
    lines.append(say("To do: {remedy}", remedy=finding.remedy))
    return joined(*lines, by="\n  ")


def _as_json(report: Report) -> str:
    rows = [
        {
            "code": one.code,
            "severity": one.severity,
            "message": one.said,
            "remedy": one.remedy,
            "files": list(one.files),
        }
        for one in report.findings
    ]
    found = {"site": report.name, "files": report.files, "findings": rows}
    return json.dumps(found, ensure_ascii=False, indent=2)


COMMANDS = (doctor,)
