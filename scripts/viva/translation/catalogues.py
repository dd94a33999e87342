"""The `.po` files of a course: one beside each page and bank, for each language.

A translation counts only for exactly the text that it was made for, and not while it is marked
`fuzzy`. What the author has changed since keeps its old translation, marked so, until somebody has
looked; what is gone stays at the end of the file. Nothing that a translator wrote is ever lost.
"""

from __future__ import annotations

import difflib
import io
import re
from collections.abc import Container, Iterable
from pathlib import Path

from babel import Locale, UnknownLocaleError
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import PoFileError, read_po, write_po

from viva.base.problems import Problem
from viva.base.refused import Refused
from viva.base.words import say
from viva.translation.texts import Text

ENDING = ".po"
TAG = re.compile(r"[\w-]+")
"""A tag becomes part of a file's name."""
FUZZY = "fuzzy"
NEAR = 0.6
"""From this likeness on a text is taken for another version of an older one."""
LINE = re.compile(
    r'(?:\s*|#(?!~).*|(?:#~ ?)?(?:(?:msgctxt|msgid|msgid_plural|msgstr(?:\[\d+\])?)\s+)?'
    r'"(?:[^"\\]|\\.)*"\s*)'
)
"""A line as a .po file has it. Babel leaves out an entry with any other, and says nothing."""
CHANGING = (
    *("Project-Id-Version", "Last-Translator", "Language-Team"),
    *("POT-Creation-Date", "PO-Revision-Date", "Generated-By", "Report-Msgid-Bugs-To"),
)
"""Lines of a file's head that hang on the hour, or say nothing."""


def locale(language: str) -> Locale:
    """A language by its tag, as in `de` or `pt-BR`. Raises Refused for what is none."""
    try:
        if not TAG.fullmatch(language):
            raise ValueError
        return Locale.parse(language.replace("-", "_"))
    except (ValueError, UnknownLocaleError):
        said = say("{language} is no language (write its tag: de, pt-BR, ar)", language=language)
        raise Refused(said, misuse=True) from None


def beside(path: Path, language: str) -> Path:
    """Where the translations of a file are: `heart.yml` has its German in `heart.de.po`."""
    return path.with_name(f"{path.stem}.{language}{ENDING}")


def read(path: Path, name: str, language: str) -> Catalog | Problem:
    """The translations in a file; empty where there is none; a problem where it is damaged."""
    empty = Catalog(locale=locale(language), fuzzy=False)
    if not path.is_file():
        return empty
    try:
        content = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        return Problem(name, 1, 1, "TR001", say("this file is not in UTF-8 (save it as UTF-8)"))
    return _damage(content, name) or _parsed(content, name, language)


def _damage(content: str, name: str) -> Problem | None:
    """The first line that is none of a .po file, or a text that stands there twice."""
    seen: dict[str, int] = {}
    entry = ""
    for number, line in enumerate([*content.splitlines(), ""], 1):
        if not LINE.fullmatch(line):
            said = say(
                "{text} is no line of a .po file (mend the quotation marks)",
                text=repr(line.strip()),
            )
            return Problem(name, number, 1, "TR001", said)
        if line.startswith(("msgctxt", "msgid ", '"')):
            entry += line
        elif line.startswith("msgstr"):
            if entry in seen:
                said = say(
                    "this text stands in line {line} already (delete one of the two)",
                    line=seen[entry],
                )
                return Problem(name, number, 1, "TR001", said)
            seen[entry] = number
        elif not line:
            entry = ""
    return None


def _parsed(content: str, name: str, language: str) -> Catalog | Problem:
    try:
        return read_po(io.StringIO(content), locale=locale(language), abort_invalid=True)
    except (PoFileError, ValueError) as error:
        line = error.lineno + 1 if isinstance(error, PoFileError) else 1
        said = say("{error} (open the file with a program for .po files and mend it)", error=error)
        return Problem(name, line, 1, "TR001", said)


def translated(known: Catalog, text: Text) -> str | None:
    """What a text is in the other language; None while nobody has said it."""
    found = known.get(text.said, context=text.name)
    if found is None or found.fuzzy or not found.string or not isinstance(found.string, str):
        return None
    return found.string.strip() or None


def is_stale(known: Catalog, text: Text) -> bool:
    """Whether a text has a translation that was made before it was edited."""
    found = known.get(text.said, context=text.name)
    if found is not None:
        return bool(found.fuzzy and found.string)
    return any(one.context == text.name and one.string for one in known if one.id)


def updated(known: Catalog, texts: Iterable[Text], language: str) -> Catalog:
    """The file anew: every text in its order, with the translation that it has or nearly has."""
    made = Catalog(locale=locale(language), project=known.project, fuzzy=False)
    made.header_comment = known.header_comment if len(known) else _head(language)
    wanted = {text.key: text for text in texts}
    spare = [one for one in (*known, *known.obsolete.values()) if _is_spare(one, wanted)]
    for text in wanted.values():
        found = _own(known, text) or _nearest(text, spare)
        _add(made, text, found)
    used = {one.string for one in made}
    for one in spare:
        if one.string not in used:
            made.obsolete[one.id] = one
    return made


def _is_spare(one: Message, wanted: Container[object]) -> bool:
    return bool(one.id and one.string) and (one.context, one.id) not in wanted


def _nearest(text: Text, spare: Iterable[Message]) -> Message | None:
    """The translation of an earlier version of a text, or of the same text at another place."""
    same = [one for one in spare if one.id == text.said]
    if same:
        return same[0]
    near = [(_likeness(one, text), one) for one in spare if one.context == text.name]
    best = max(near, key=lambda pair: pair[0], default=None)
    is_one = text.name.startswith("#")  # a section has many texts
    return best[1] if best and (best[0] >= NEAR or not is_one) else None


def _likeness(one: Message, text: Text) -> float:
    return difflib.SequenceMatcher(None, str(one.id), text.said).ratio()


def _own(known: Catalog, text: Text) -> Message | None:
    """What the file has for exactly this text, at its end too."""
    gone = (one for one in known.obsolete.values() if (one.context, one.id) == text.key)
    return known.get(text.said, context=text.name) or next(gone, None)


def _add(made: Catalog, text: Text, found: Message | None) -> None:
    """Add a text; a translation of other words waits until somebody has looked."""
    string = found.string if found else ""
    flags = set(found.flags) if found else set()
    previous = list(found.previous_id) if found and found.fuzzy else []
    if found and found.id != text.said:
        flags, previous = flags | {FUZZY}, [str(found.id)]
    made.add(
        text.said,
        string,
        context=text.name,
        flags=flags - {"python-format", "python-brace-format"},
        user_comments=found.user_comments if found else (),
        previous_id=previous,
    )


def _head(language: str) -> str:
    return f"# Translation into {locale(language).english_name}."


def written(made: Catalog) -> str:
    """The file as text: the same at any hour."""
    out = io.BytesIO()
    write_po(out, made, width=0, no_location=True, include_previous=True)
    lines = out.getvalue().decode().split("\n")
    gone = tuple(f'"{name}' for name in CHANGING)
    return "\n".join(line for line in lines if not line.startswith(gone))

