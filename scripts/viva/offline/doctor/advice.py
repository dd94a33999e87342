"""What the doctor says: what is wrong with a host, and what to change there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

SHOWN = 3
Severity = Literal["error", "warning"]


@dataclass(frozen=True)
class Advice:
    """What a finding means, and what helps. `{}` stands for what was seen."""

    severity: Severity
    said: str
    remedy: str


@dataclass(frozen=True)
class Finding:
    """One thing that is not as it should be, and where."""

    code: str
    files: tuple[str, ...] = ()
    seen: str = ""

    @property
    def severity(self) -> Severity:
        """An error keeps readers from something; a warning may one day."""
        return WORDS[self.code].severity

    @property
    def said(self) -> str:
        """What is wrong."""
        return WORDS[self.code].said.format(self.seen)

    @property
    def remedy(self) -> str:
        """What to change at the host."""
        return WORDS[self.code].remedy.format(self.seen)

    @property
    def where(self) -> str:
        """The files that are concerned: the first of them, and how many more."""
        more = len(self.files) - SHOWN
        shown = ", ".join(self.files[:SHOWN])
        return f"{shown} and {more} more" if more > 0 else shown


UPLOAD = "upload the whole folder site/ again, and empty the host's cache if it has one"
WORDS = {
    "no-answer": Advice(
        "error",
        "the server gives no answer in time",
        "ask the host whether it is overloaded or closes connections, and run this again",
    ),
    "elsewhere": Advice(
        "error",
        "the address leads to another host, {}, which was not looked at",
        "give readers the address where the course is, and look at that one: viva doctor {}",
    ),
    "no-index": Advice(
        "error",
        "there is no start page at this address",
        "upload what is inside the folder site/, so that index.html lies at the address itself",
    ),
    "no-worker": Advice(
        "error",
        "sw.js is missing, so no browser keeps the course, and files cannot be compared",
        f"{UPLOAD}; if the host leaves out sw.js on purpose, allow it",
    ),
    "not-a-worker": Advice(
        "error",
        "what comes for sw.js is not the one that was built, so no browser keeps the course",
        "let the host send files as they are, and 404 for those that it does not have",
    ),
    "missing": Advice(
        "error",
        "files are missing, so pages are broken and no browser keeps the course",
        f"{UPLOAD}; ask whether the host refuses some kinds of names",
    ),
    "not-below": Advice(
        "error",
        "the start page is there, but nothing below its address",
        "let the host serve the whole folder under this path, not the start page alone",
    ),
    "added": Advice(
        "error",
        "the host adds to pages what was not built, so no browser keeps the course: {}",
        "turn off what the host adds to pages (statistics, banners, “optimisation”)",
    ),
    "cut": Advice(
        "error",
        "files come cut off",
        f"{UPLOAD}; check the host's limit on sizes and time",
    ),
    "packed": Advice(
        "error",
        "files are compressed twice, and browsers unpack them once",
        "compress in one place only: in the web server or in what stands before it",
    ),
    "lines": Advice(
        "error",
        "ends of lines were changed on the way",
        "upload in binary mode, and keep git from changing line ends (* -text in .gitattributes)",
    ),
    "changed": Advice(
        "error",
        "files are not those that were built together",
        f"{UPLOAD}; turn off what rewrites files (minifying, image optimisation)",
    ),
    "type": Advice(
        "error",
        "the type that the host says is wrong: {}",
        "set the types of these endings at the host (MIME types, AddType, mime.types)",
    ),
    "lost-200": Advice(
        "error",
        "for a page that does not exist the host answers 200, as if it did",
        "let the host answer 404 with 404.html (no fallback to index.html)",
    ),
    "lost-other": Advice(
        "warning",
        "for a page that does not exist the host shows a page of its own",
        "name 404.html as the page for errors, if the host lets you",
    ),
    "no-stroke": Advice(
        "error",
        "without the / at its end the address shows a page whose links are all broken",
        "let the host redirect the address without / to the one with it",
    ),
    "no-folder-index": Advice(
        "warning",
        "the address of a folder does not show its index.html",
        "name index.html as the page of folders (DirectoryIndex, index)",
    ),
    "capitals": Advice(
        "warning",
        "the host does not tell capital letters from small ones",
        "nothing to change, but files whose names differ only by that would be lost here, and a"
        " link with a wrong capital works here and nowhere else",
    ),
    "manifest": Advice(
        "error",
        "manifest.webmanifest is not the one that was built, so the course cannot be installed",
        f"{UPLOAD}",
    ),
    "http": Advice(
        "error",
        "the address begins with http://, so no browser keeps the course",
        "turn on https:// at the host, and give readers that address",
    ),
    "policy": Advice(
        "error",
        "the host's Content-Security-Policy forbids what pages do: {}",
        "remove this header for the course: its pages bring a policy of their own",
    ),
    "cache": Advice(
        "warning",
        "browsers are told to keep files for long without asking again: {}",
        "send Cache-Control: no-cache for .html files and sw.js",
    ),
    "slow": Advice(
        "warning",
        "the host is slow: {}",
        "nothing breaks, but readers wait; ask the host, or choose one that is nearer",
    ),
}
