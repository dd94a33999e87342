"""What the doctor says: what is wrong with a host, and what to change there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from viva.base.words import Said, row, say

SHOWN = 3
Severity = Literal["error", "warning"]
SEVERITIES: Mapping[Severity, Said] = {"error": say("error"), "warning": say("warning")}


@dataclass(frozen=True)
class Advice:
    """What a finding means, and what helps. `{seen}` stands for what was seen."""

    severity: Severity
    said: Said
    remedy: Said


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
    def said(self) -> Said:
        """What is wrong."""
        return say(WORDS[self.code].said, seen=self.seen)

    @property
    def remedy(self) -> Said:
        """What to change at the host."""
        return say(WORDS[self.code].remedy, seen=self.seen)

    @property
    def where(self) -> Said:
        """The files that are concerned: the first of them, and how many more."""
        more = len(self.files) - SHOWN
        shown = row(self.files[:SHOWN])
        return say("{files} and {more} more", files=shown, more=more) if more > 0 else shown


UPLOAD = say("upload the whole folder site/ again, and empty the host's cache if it has one")
WORDS = {
    "no-answer": Advice(
        "error",
        say("the server gives no answer in time"),
        say("ask the host whether it is overloaded or closes connections, and run this again"),
    ),
    "certificate": Advice(
        "error",
        say("browsers refuse the certificate of this address: {seen}"),
        say(
            "renew the certificate at the host: until then browsers show a warning instead of "
            "the course"
        ),
    ),
    "no-host": Advice(
        "error",
        say("there is no server at this address: {seen}"),
        say("check the spelling of the address, and whether the server is running"),
    ),
    "refused": Advice(
        "error",
        say("the host answers {seen} instead of the start page"),
        say(
            "ask the host what this answer means: 401 and 403 keep readers out, 500 and more are "
            "mistakes of the server itself"
        ),
    ),
    "elsewhere": Advice(
        "error",
        say("the address leads to another host, {seen}, which was not looked at"),
        say(
            "give readers the address where the course is, and look at that one: viva doctor "
            "{seen}"
        ),
    ),
    "no-index": Advice(
        "error",
        say("there is no start page at this address"),
        say(
            "upload what is inside the folder site/, so that index.html lies at the address "
            "itself"
        ),
    ),
    "no-worker": Advice(
        "error",
        say("sw.js is missing, so no browser keeps the course, and files cannot be compared"),
        say(
            "upload the whole folder site/ again, and empty the host's cache if it has one; if "
            "the host leaves out sw.js on purpose, allow it"
        ),
    ),
    "not-a-worker": Advice(
        "error",
        say("what comes for sw.js is not the one that was built, so no browser keeps the course"),
        say("let the host send files as they are, and 404 for those that it does not have"),
    ),
    "missing": Advice(
        "error",
        say("files are missing, so pages are broken and no browser keeps the course"),
        say(
            "upload the whole folder site/ again, and empty the host's cache if it has one; ask "
            "whether the host refuses some kinds of names"
        ),
    ),
    "not-below": Advice(
        "error",
        say("the start page is there, but nothing below its address"),
        say("let the host serve the whole folder under this path, not the start page alone"),
    ),
    "added": Advice(
        "error",
        say("the host adds to pages what was not built, so no browser keeps the course: {seen}"),
        say("turn off what the host adds to pages (statistics, banners, “optimisation”)"),
    ),
    "cut": Advice(
        "error",
        say("files come cut off"),
        say(
            "upload the whole folder site/ again, and empty the host's cache if it has one; "
            "check the host's limit on sizes and time"
        ),
    ),
    "packed": Advice(
        "error",
        say("files are compressed twice, and browsers unpack them once"),
        say("compress in one place only: in the web server or in what stands before it"),
    ),
    "lines": Advice(
        "error",
        say("ends of lines were changed on the way"),
        say(
            "upload in binary mode, and keep git from changing line ends (* -text in "
            ".gitattributes)"
        ),
    ),
    "changed": Advice(
        "error",
        say("files are not those that were built together"),
        say(
            "upload the whole folder site/ again, and empty the host's cache if it has one; turn "
            "off what rewrites files (minifying, image optimisation)"
        ),
    ),
    "type": Advice(
        "error",
        say("the type that the host says is wrong: {seen}"),
        say("set the types of these endings at the host (MIME types, AddType, mime.types)"),
    ),
    "lost-200": Advice(
        "error",
        say("for a page that does not exist the host answers 200, as if it did"),
        say("let the host answer 404 with 404.html (no fallback to index.html)"),
    ),
    "lost-other": Advice(
        "warning",
        say("for a page that does not exist the host shows a page of its own"),
        say("name 404.html as the page for errors, if the host lets you"),
    ),
    "no-stroke": Advice(
        "error",
        say("without the / at its end the address shows a page whose links are all broken"),
        say("let the host redirect the address without / to the one with it"),
    ),
    "no-folder-index": Advice(
        "warning",
        say("the address of a folder does not show its index.html"),
        say("name index.html as the page of folders (DirectoryIndex, index)"),
    ),
    "capitals": Advice(
        "warning",
        say("the host does not tell capital letters from small ones"),
        say(
            "nothing to change, but files whose names differ only by that would be lost here, "
            "and a "
            "link with a wrong capital works here and nowhere else"
        ),
    ),
    "manifest": Advice(
        "error",
        say(
            "manifest.webmanifest is not the one that was built, so the course cannot be "
            "installed"
        ),
        UPLOAD,
    ),
    "http": Advice(
        "error",
        say("the address begins with http://, so no browser keeps the course"),
        say("turn on https:// at the host, and give readers that address"),
    ),
    "policy": Advice(
        "error",
        say("the host's Content-Security-Policy forbids what pages do: {seen}"),
        say("remove this header for the course: its pages bring a policy of their own"),
    ),
    "attachment": Advice(
        "error",
        say("pages are sent as files to save, and browsers do not show them: {seen}"),
        say("remove the header Content-Disposition for the course"),
    ),
    "cache": Advice(
        "warning",
        say("browsers are told to keep files for long without asking again: {seen}"),
        say("send Cache-Control: no-cache for .html files and sw.js"),
    ),
    "slow": Advice(
        "warning",
        say("the host is slow: {seen}"),
        say("nothing breaks, but readers wait; ask the host, or choose one that is nearer"),
    ),
}
