"""What is an element of HTML in a Markdown text, and what only looks like one: `<5>`, `<drug>`."""

from __future__ import annotations

import re

from viva.course.outline import VOID, names

TAGS = names(
    "a abbr address area article aside audio b bdi bdo big blockquote br button canvas caption "
    "center cite code col colgroup data datalist dd del details dfn dialog div dl dt em embed "
    "fieldset figcaption figure font footer form h1 h2 h3 h4 h5 h6 head header hgroup hr html i "
    "iframe img input ins kbd label legend li link main map mark math menu meta meter nav "
    "noscript object ol optgroup option output p picture pre progress q rp rt ruby s samp script "
    "section select slot small source span strike strong style sub summary sup svg table tbody td "
    "template textarea tfoot th thead time title tr track tt u ul var video wbr"
)
WITHOUT_END = VOID | names("p li dt dd td th tr thead tbody tfoot option")
INSIDE = {
    "li": "ul|ol|menu",
    **dict.fromkeys(("dt", "dd"), "dl"),
    **dict.fromkeys(("td", "th", "tr", "thead", "tbody", "tfoot", "col", "caption"), "table"),
    "option": "select|datalist|optgroup",
}
"""Elements that are none unless another is open: `60 mL per <dd>` has no list of terms."""
NEEDING = names("img input embed source track link meta area base")
"""Elements that say nothing without an attribute."""
SWITCHES = (
    "allowfullscreen|async|autofocus|autoplay|checked|controls|default|defer|disabled|download|"
    "hidden|inert|loop|markdown|multiple|muted|open|readonly|required|reversed|selected"
)
VALUE = r"""(?:"[^"]*"|'[^']*'|[^\s"'=<>`]+)"""
NAMED = rf"(?:[\w:@.-]+\s*=\s*{VALUE}|(?:{SWITCHES})\b|data-[\w-]+)"
TAG = rf"</?(?P<tag>[A-Za-z][\w:-]*)(?:\s+{NAMED})*\s*/?>"
SAYING = (
    "align|alt|class|colspan|controls|decoding|dir|download|end|height|hidden|href|hreflang|id|"
    "lang|linenums|linenums_start|loading|loop|markdown|media|muted|name|open|poster|rel|reversed|"
    "role|rowspan|scope|sizes|src|srcset|start|style|tabindex|target|title|translate|type|value|"
    "width"
)
"""What a list in braces may say of an element: all else, such as {n=30}, is text."""
ATTRIBUTE = (
    rf"(?:[#.](?!\d)[\w:-]+|(?:{SAYING}|(?:data|aria)-[\w-]+)="
    r"""(?:"[^"\n]*"|'[^'\n]*'|[^\s}"']+))"""
)


def is_tag(found: re.Match[str]) -> bool:
    """Whether what looks like a tag is one: its name is known, and it is closed."""
    name, text = found["tag"].lower(), found.string
    if name not in TAGS and "-" not in name:
        return False
    if name in NEEDING and "=" not in found[0]:
        return False
    if name in INSIDE and not _is_opened(INSIDE[name], found):
        return False
    if found[0].startswith("</") and name != "br":
        return _is_opened(re.escape(name), found)
    if name == "p":
        ends = f"</{name}>" in text
        then = text[found.end() : found.end() + 1]
        return ends or (_begins(found) and bool(then.strip()))
    if name in WITHOUT_END or found[0].endswith("/>"):
        return name in TAGS and (name != "hr" or _begins(found))
    return bool(re.compile(rf"</{re.escape(name)}\s*>", re.IGNORECASE).search(text, found.end()))


def _begins(found: re.Match[str]) -> bool:
    """Whether nothing stands before it on its line."""
    text = found.string
    return not text[text.rfind("\n", 0, found.start()) + 1 : found.start()].strip()


def _is_opened(name: str, found: re.Match[str]) -> bool:
    """Whether an element of this name begins before what was found."""
    begins = re.compile(rf"<(?:{name})(?![\w-])", re.IGNORECASE)
    return bool(begins.search(found.string, 0, found.start()))
