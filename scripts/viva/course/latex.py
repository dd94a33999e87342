"""Fields of a .bib file, which are LaTeX, as the text that a reader is to see."""

from __future__ import annotations

import re

from pybtex.exceptions import PybtexError
from pybtex.richtext import Text
from pybtex.textutils import normalize_whitespace

from viva.formulas import typed

MARKED = re.compile(r"[\\{}$]")
SIGNS = {
    **{f"\\{sign}": sign for sign in "${}"},
    "\\,": "\u2009", "\\ ": " ", "\\\\": " ", "%": "%", "\\%": "%",
    "\\textless": "<", "\\textgreater": ">", "\\textbar": "|", "\\textbackslash": "\\",
    "\\textasciitilde": "~", "\\textasciicircum": "^", "\\textdollar": "$",
    "\\textbraceleft": "{", "\\textbraceright": "}", "\\textpercent": "%",
}
"""What means a sign of its own. To LaTeX a bare % begins a comment; to whoever typed it, none."""
HIDDEN = {written: chr(0xE100 + number) for number, written in enumerate(SIGNS)}
SHOWN = str.maketrans({HIDDEN[written]: sign for written, sign in SIGNS.items()})
SIGN = re.compile(
    "|".join(
        re.escape(written) + (r"(?:\{\}|(?![A-Za-z])[ ]?)" if written[-1].isalpha() else "")
        for written in sorted(SIGNS, key=len, reverse=True)
    )
)
LOOK = re.compile(
    r"\\(?:it|em|bf|sc|rm|sl|sf|tt)(?![A-Za-z])[ ]?"
    r"|\\(?:text(?:it|bf|sc|rm|sf|tt|up|normal|superscript|subscript)"
    r"|emph|mbox|mathrm|mathit|ensuremath|url)(?=\s*\{)"
)
"""How words are to look, which a list of references leaves to its style."""


def plain(text: str) -> str:
    """The text without commands and braces; every sign that was typed is there."""
    if MARKED.search(text):
        kept = SIGN.sub(_hidden, LOOK.sub("", typed.words(text)))
        text = _decoded(kept).translate(SHOWN)
    text = text.replace("``", "“").replace("''", "”").replace("---", "—").replace("--", "–")
    return str(normalize_whitespace(text)).strip()


def _decoded(text: str) -> str:
    """Without commands and braces; what is no LaTeX stays."""
    try:
        return str(Text.from_latex(text))
    except (PybtexError, UnicodeError):
        return text


def _hidden(found: re.Match[str]) -> str:
    written = found[0].removesuffix("{}")
    return HIDDEN.get(written) or HIDDEN[written.rstrip()]
