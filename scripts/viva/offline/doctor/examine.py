"""Compares every file of a published site with what was built, and tries what browsers will ask."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from http.client import responses
from pathlib import PurePosixPath
from typing import Any

from viva.base.words import count, say
from viva.offline import app
from viva.offline.doctor import additions
from viva.offline.doctor.advice import Finding
from viva.offline.doctor.sources import Answer, Source, Web

AT_ONCE = 4
SLOW = 2.0  # seconds for one file
DAY = 86400
COURSE = "const COURSE = "
NOWHERE = "viva-doctor/there-is-no-such-page.html"
SCRIPTS = {"text/javascript", "application/javascript", "application/x-javascript"}
TYPES: Mapping[str, set[str]] = {
    ".css": {"text/css"},
    ".html": {"text/html"},
    ".jpg": {"image/jpeg"},
    ".js": SCRIPTS,
    ".json": {"application/json"},
    ".png": {"image/png"},
    ".svg": {"image/svg+xml"},
    ".webmanifest": {"application/manifest+json", "application/json"},
    ".webp": {"image/webp"},
    ".woff2": {"font/woff2", "application/font-woff2"},
}
CLOSED = (401, 403, 407, 429)
MAX_AGE = re.compile(r"max-age=(\d+)")
META = re.compile(r'http-equiv="Content-Security-Policy" content="([^"]+)"')
HASHES = re.compile(r"'sha256-[^']+'")


@dataclass(frozen=True)
class Report:
    """What was looked at, and what was found."""

    name: str
    files: int
    findings: tuple[Finding, ...]


def examine(source: Source) -> Report:
    """Everything that is not as it should be, worst first."""
    start = source.get("" if source.is_served else "index.html")
    stopped = _stopped(start)
    if stopped:
        return Report(source.name, 0, (stopped,))
    worker = source.get(app.WORKER)
    files = _listed(source, worker)
    answers = _answers(source, files or {})
    found = [*_compared(files, answers), *_manifest(answers)]
    if worker.status != 404 or not app.is_apart(start.body):
        found += _worker(worker, files)
    if isinstance(source, Web):
        found += _served(source, start, worker, files or {}, answers)
    return Report(source.name, len(answers), tuple(_grouped(found)))


def _stopped(start: Answer) -> Finding | None:
    """What makes it useless to go on."""
    if start.elsewhere:
        return Finding("elsewhere", seen=start.elsewhere)
    if start.status == 0:
        return Finding(start.fault or "no-answer", seen=start.seen)
    if start.status in CLOSED or start.status >= 500:
        status = responses.get(start.status, "")
        return Finding("refused", seen=f"{start.status} {status}".strip())
    return Finding("no-index") if start.status != 200 else None


def _listed(source: Source, worker: Answer) -> dict[str, str] | None:
    """The files that were built, with their hashes, as the worker and the lists of parts have them.
    """
    text = worker.body.decode("utf-8", "replace")
    if worker.status != 200 or not text.startswith(COURSE):
        return None
    try:
        course = json.JSONDecoder().raw_decode(text.removeprefix(COURSE))[0]
        files = {str(name): str(known) for name, known in course["files"].items()}
        lists = {app.list_of(str(part)): str(known) for part, known in course["parts"].items()}
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
    for name, known in lists.items():
        files |= _part(source.get(name), known)
    return files | lists


def _part(answer: Answer, known: str) -> dict[str, str]:
    """The files of a part; none where its list is not the one that was built, which is told."""
    same = answer.status == 200 and app.file_hash(answer.body) == known
    found: dict[str, str] = json.loads(answer.body) if same else {}
    return found


def _answers(source: Source, files: Iterable[str]) -> dict[str, Answer]:
    with ThreadPoolExecutor(AT_ONCE) as pool:
        return dict(zip(files, pool.map(source.get, files), strict=True))


def _worker(worker: Answer, files: Mapping[str, str] | None) -> Iterator[Finding]:
    if worker.elsewhere or worker.status not in (0, 200):
        yield Finding("no-worker")
    elif files is None:
        yield Finding("no-answer" if worker.status == 0 else "not-a-worker", (app.WORKER,))


def _compared(files: Mapping[str, str] | None, answers: Mapping[str, Answer]) -> list[Finding]:
    known = files or {}
    added = additions.found(_pages(known, answers))
    found = [one for name in known for one in _file(name, known[name], answers[name], added)]
    below = len(answers) - ("index.html" in known)
    if len(found) == below > 1 and all(one.code == "missing" for one in found):
        return [Finding("not-below")]
    return found


def _pages(
    known: Mapping[str, str], answers: Mapping[str, Answer]
) -> Iterator[tuple[bytes, str]]:
    """Pages that came, with the hashes of those that were built."""
    for name, answer in answers.items():
        if name.endswith(".html") and answer.status == 200 and not answer.is_cut:
            yield answer.body, known[name]


def _file(
    name: str, known: str, answer: Answer, added: Collection[bytes]
) -> Iterator[Finding]:
    """What is wrong with one file: one thing, the first that explains the others."""
    if answer.elsewhere:
        yield Finding("elsewhere", (name,), answer.elsewhere)
    elif answer.status == 0:
        yield Finding("no-answer", (name,))
    elif answer.status != 200:
        yield Finding("missing", (name,))
    elif app.file_hash(answer.body) != known:
        yield _changed(name, known, answer, added)


def _changed(name: str, known: str, answer: Answer, added: Collection[bytes]) -> Finding:
    """Why a file differs, where that can be told."""
    body = answer.body
    if answer.is_packed_twice:
        return Finding("packed", (name,))
    if answer.is_cut:
        return Finding("cut", (name,))
    if app.file_hash(body.replace(b"\r\n", b"\n")) == known:
        return Finding("lines", (name,))
    if name.endswith(".html"):
        put_in = additions.within(body, known, added)
        if put_in:
            return Finding("added", (name,), put_in.decode("utf-8", "replace")[:80])
        if b"</html>" not in body:
            return Finding("cut", (name,))
    return Finding("changed", (name,))


def _manifest(answers: Mapping[str, Answer]) -> Iterator[Finding]:
    answer = answers.get(app.MANIFEST)
    if answer and answer.status == 200:
        try:
            told: Any = json.loads(answer.body)
            if not told["start_url"] or not told["icons"]:
                raise ValueError
        except (ValueError, KeyError, TypeError):
            yield Finding("manifest", (app.MANIFEST,))


def _served(
    source: Web,
    start: Answer,
    worker: Answer,
    files: Mapping[str, str],
    answers: Mapping[str, Answer],
) -> Iterator[Finding]:
    """What only a server can do wrong."""
    all_answers = {"index.html": start, app.WORKER: worker, **answers}
    if not source.is_safe:
        yield Finding("http")
    yield from _types(all_answers)
    yield from _lost(source, files, answers)
    yield from _paths(source, files, answers)
    yield from _headers(all_answers)
    slow = max(all_answers.values(), key=lambda one: one.seconds)
    if slow.seconds > SLOW:
        seconds = round(slow.seconds)
        took = count("{n} second for one file", "{n} seconds for one file", seconds)
        yield Finding("slow", seen=took)


def _types(answers: Mapping[str, Answer]) -> Iterator[Finding]:
    for name, answer in answers.items():
        ending = PurePosixPath(name).suffix.lower()
        if answer.status == 200 and ending in TYPES and answer.kind not in TYPES[ending]:
            told = answer.kind or say("none")
            right = min(TYPES[ending])
            seen = say("{type} for {ending}, not {right}", type=told, ending=ending, right=right)
            yield Finding("type", (name,), seen)


def _lost(
    source: Web, files: Mapping[str, str], answers: Mapping[str, Answer]
) -> Iterator[Finding]:
    """A page that does not exist, and one whose name is written in capitals."""
    lost, shouted = source.get(NOWHERE), source.get("INDEX.HTML")
    ours = answers.get("404.html", Answer()).body
    is_known = app.file_hash(ours) == files.get("404.html")
    if lost.status == 200:
        yield Finding("lost-200")
    elif shouted.status == 200 and shouted.body == source.get("index.html").body:
        yield Finding("capitals")
    if lost.status == 404 and is_known and lost.body != ours:
        yield Finding("lost-other")


def _paths(
    source: Web, files: Mapping[str, str], answers: Mapping[str, Answer]
) -> Iterator[Finding]:
    """Other ways to write an address."""
    bare = source.bare() if source.name.count("/") > 3 else Answer()
    if bare.status == 200:
        yield Finding("no-stroke")
    folder = next((name for name in sorted(files) if name.endswith("/index.html")), "")
    index = answers[folder] if folder else Answer()
    if index.status == 200 and source.get(folder.removesuffix("index.html")).body != index.body:
        yield Finding("no-folder-index", (folder,))


def _headers(answers: Mapping[str, Answer]) -> Iterator[Finding]:
    for name, answer in answers.items():
        if answer.status != 200 or not (name.endswith(".html") or name == app.WORKER):
            continue
        given = answer.headers.get("content-disposition", "")
        if given.strip().lower().startswith("attachment"):
            yield Finding("attachment", (name,), given)
        age = MAX_AGE.search(answer.headers.get("cache-control", ""))
        if age and int(age[1]) > DAY:
            yield Finding("cache", (name,), answer.headers["cache-control"])
        for refused in _refused(answer) if name.endswith(".html") else ():
            yield Finding("policy", (name,), refused)


def _refused(answer: Answer) -> Iterator[str]:
    """What the host's policy forbids, of what a page is allowed by its own."""
    header = answer.headers.get("content-security-policy", "")
    rules = dict(rule.strip().partition(" ")[::2] for rule in header.split(";") if rule.strip())
    own = META.search(answer.body.decode("utf-8", "replace"))
    wanted = dict(rule.strip().partition(" ")[::2] for rule in (own[1] if own else "").split(";"))
    if "sandbox" in rules:
        yield "sandbox"
    for name in ("script-src", "style-src", "worker-src", "img-src"):
        given = rules.get(name, rules.get("default-src"))
        if given is not None and not _allows(given, wanted.get(name, "")):
            yield f"{name} {given}".strip()


def _allows(given: str, wanted: str) -> bool:
    """Whether a rule lets a page load from its own place, and run what it names by hash."""
    sources = given.split()
    if "'none'" in sources or not sources:
        return False
    named = HASHES.findall(given)
    lets_all = "'unsafe-inline'" in sources and not named
    return lets_all or set(HASHES.findall(wanted)) <= set(named)


def _grouped(found: Iterable[Finding]) -> list[Finding]:
    """Each thing once, with all its files; errors first."""
    groups: dict[tuple[str, str], list[Finding]] = {}
    for one in found:
        kind = one.seen if one.code in ("type", "policy") else ""
        groups.setdefault((one.code, kind), []).append(one)
    return sorted(map(_one, groups.values()), key=lambda one: one.severity)


def _one(same: list[Finding]) -> Finding:
    files = dict.fromkeys(name for one in same for name in one.files)
    return Finding(same[0].code, tuple(files), same[0].seen)
