"""What a host puts into pages: taken out again, the page is the one that was built."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator

from viva.offline.app import file_hash

FEW = 3
"""In so many pages a host that adds something is looked for by all that they hold."""
ENDED = re.compile(rb"</html>\s*(.+?)\s*$", re.DOTALL)
PART = re.compile(
    rb"<!--.*?-->|<(script|noscript|style|iframe)\b.*?</\1\s*>|<(?:link|meta|img|base)\b[^>]*>"
    rb"|(?<=\n)[^\n]+\n",
    re.DOTALL | re.IGNORECASE,
)
"""An element of those that count readers or show them banners, or a whole line."""


def found(pages: Iterable[tuple[bytes, str]]) -> frozenset[bytes]:
    """What a host has put into the first few pages that differ, given with their hashes."""
    changed = ((body, known) for body, known in pages if file_hash(body) != known)
    few = [page for page, _ in zip(changed, range(FEW), strict=False)]
    return frozenset(one for body, known in few if (one := _searched(body, known)))


def within(body: bytes, known: str, added: Collection[bytes]) -> bytes | None:
    """What was put into a page: behind its end, or as elsewhere; None where nothing was found."""
    behind = ENDED.search(body)
    if behind:
        return behind[1]
    same = (one for one in added if file_hash(body.replace(one, b"", 1)) == known)
    return next(same, None) or (_searched(body, known) if added else None)


def _searched(body: bytes, known: str) -> bytes | None:
    ways = (body[begin:end] for begin, end in _parts(body) if _is(body, begin, end, known))
    return next(ways, None)


def _is(body: bytes, begin: int, end: int, known: str) -> bool:
    return file_hash(body[:begin] + body[end:]) == known


def _parts(body: bytes) -> Iterator[tuple[int, int]]:
    """Where anything stands that a host may have added, alone and to the end of its line."""
    start = 0
    while part := PART.search(body, start):
        begin, end = part.span()
        yield begin, end
        line = body.find(b"\n", end - 1) + 1
        if line > end:
            yield begin, line
        start = begin + 1 if part[0].endswith(b"\n") else end
