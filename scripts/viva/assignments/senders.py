"""Who uploaded a file, as the learning platform names its folder or the file itself.

What a student writes into a file may be anything; this name comes from the platform's own login.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from pathlib import PurePosixPath

from viva.base.folding import fold
from viva.base.visible import alike
from viva.base.words import say

# Moodle, folders or loose files: Name_ID_assignsubmission_file, with files behind it.
MOODLE = re.compile(
    r"(?P<name>[^_]*)_(?P<id>\d+)_assignsubmission_(?P<kind>file|onlinetext)(?:_.*)?", re.DOTALL
)
# Canvas, loose files: lastnamefirst_LATE_USER_ATTACHMENT_file; a text is called text.html.
CANVAS = re.compile(
    r"(?P<name>[^\W_]+)_(?P<late>LATE_)?(?P<id>\d+)_(?P<attachment>\d+)_(?P<file>.+)", re.DOTALL
)
# Blackboard, loose files: Assignment_username_attempt_2026-11-28-13-09-25_file; the text is a .txt.
# The word is in the language of the system: intento, Versuch, tentative.
BLACKBOARD = re.compile(
    r"(?P<id>.+)_[^\W\d_]+_\d{4}(?:-\d\d){5}(?:_(?P<file>.+)|\.txt)", re.DOTALL
)
# Brightspace, folders: 12345-67890 - Name - Nov 28, 2026 109 PM.
BRIGHTSPACE = re.compile(r"(?P<id>\d+-\d+) ?- ?(?P<name>.+?) ?- ?(?P<time>[^-]*\d{4}[^-]*)")
LONGEST = 300
"""No system has longer names; inside a zip somebody may have put one."""
NOBODY = re.compile(r"participant|anon(?:ymous)?[a-z0-9]*", re.IGNORECASE)
"""What a platform writes in place of a name that it hides."""


@dataclass(frozen=True)
class Sender:
    """Whoever a file came from. Files with one `key` came from one person, as far as we know."""

    key: str
    platform: str = ""
    """moodle, canvas, blackboard or brightspace; empty for a plain folder."""
    id: str = ""
    """The platform's own number or user name."""
    name: str = ""
    attachment: str = ""
    """Canvas's number of the file, without which it takes no comment back."""
    is_text: bool = False
    """What was typed into the platform's text field rather than uploaded."""

    def __str__(self) -> str:
        return self.name or self.id or self.key or say("the folder itself")


def of(file: str) -> Sender:
    """The sender of a file, from its path below what was handed to the command."""
    path = PurePosixPath(unicodedata.normalize("NFC", file))
    parts = [part for part in path.parts if len(part) <= LONGEST]
    for part in parts:
        if found := _moodle(part) or _brightspace(part):
            return found
    for part in reversed(parts):
        if found := _canvas(part) or _blackboard(part):
            return found
    folder = path.parent.as_posix()
    return Sender("" if folder == "." else folder)


def _moodle(part: str) -> Sender | None:
    found = MOODLE.fullmatch(part)
    if not found:
        return None
    is_text = found["kind"] == "onlinetext"
    return Sender(f"moodle {found['id']}", "moodle", found["id"], _name(found), is_text=is_text)


def _canvas(part: str) -> Sender | None:
    found = CANVAS.fullmatch(part)
    if not found:
        return None
    is_text, number = found["file"] == "text.html", found["attachment"]
    return Sender(f"canvas {found['id']}", "canvas", found["id"], _name(found), number, is_text)


def _blackboard(part: str) -> Sender | None:
    """The user name may hold underscores, so that the assignment's name stays before it."""
    found = BLACKBOARD.fullmatch(part)
    if not found:
        return None
    return Sender(f"blackboard {found['id']}", "blackboard", found["id"], is_text=not found["file"])


def _brightspace(part: str) -> Sender | None:
    """By name: Brightspace’s numbers change with every upload."""
    found = BRIGHTSPACE.fullmatch(part)
    if not found:
        return None
    return Sender(f"brightspace {alike(found['name'])}", "brightspace", found["id"], found["name"])


def _name(found: re.Match[str]) -> str:
    return "" if NOBODY.fullmatch(found["name"]) else found["name"]


def agrees(sender: Sender, name: str, identifier: str) -> bool:
    """Whether what a file says of its student fits its sender, as far as the platform tells.

    Names may be in another order, run together, or lack a middle name.
    """
    if sender.platform == "blackboard":
        whole, own = alike(sender.id), alike(identifier)
        return "@" in own or whole == own or whole.endswith(f"_{own}") or not own
    if not sender.name:
        return True
    return _same_name(_words(sender.name), _words(name))


def _words(name: str) -> list[str]:
    return (fold(name) or alike(name).replace(",", " ")).split()


def _same_name(one: list[str], other: list[str]) -> bool:
    if set(one) <= set(other) or set(other) <= set(one):
        return True
    short, long = sorted(("".join(one), "".join(other)), key=len)
    together = sorted(short) == sorted(long)
    return together or (len(one) == 1 and all(word in one[0] for word in other))
