"""What a page may run and load: what came with it, lies beside it, or is of a host it names.

What stands in a page is named by its hash. `file:` is for pages on a disk, where Firefox knows no
'self'; a page of a website can load nothing by it.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterable, Iterator
from hashlib import sha256
from html import escape, unescape
from urllib.parse import urlsplit

OWN = ("'self'", "file:")
WRITTEN_IN = ("data:", "blob:")
SCRIPT = re.compile(r"<script\b([^>]*)>(.*?)</script>", re.DOTALL)
STYLE = re.compile(r"<style\b[^>]*>(.*?)</style>", re.DOTALL)
DATA = re.compile(r"\btype=[\"']?(?!module\b|text/javascript\b)\w")
ATTRIBUTE = re.compile(r"style=(?<=\sstyle=)(?:\"([^\"]*)\"|'([^']*)')")
MEDIA = re.compile(
    r"<(?:img|audio|video|source)\b[^>]*?\s(?:src|poster)=[\"']?((?:https?:)?//[^\s\"'>]+)"
)
PLACE = re.compile(r"<head\b[^>]*>(?:\s*<meta charset=[^>]*>)?", re.IGNORECASE)
META = '<meta http-equiv="Content-Security-Policy" content="{}">'


def secured(html: str, hosts: Iterable[str] = ()) -> str:
    """A page with its policy, before anything that the policy is about."""
    meta = META.format(escape(policy(html, hosts), quote=False))
    return PLACE.sub(lambda found: found[0] + meta, html, count=1)


def policy(html: str, hosts: Iterable[str] = ()) -> str:
    """What a page may do: what it came with, its own place, and these hosts."""
    own = (*OWN, *hosts)
    parts = SCRIPT.split(html)
    outside, scripts = parts[::3], zip(parts[1::3], parts[2::3], strict=True)
    bare = STYLE.sub("", "".join(outside))
    styled = _hashes(unescape(one or other) for one, other in ATTRIBUTE.findall(bare))
    media = sorted(set(map(origin, MEDIA.findall(bare))))
    rules = {
        "default-src": own,
        "script-src": (*own, *_hashes(_programs(scripts))),
        "style-src": (*own, *_hashes(STYLE.findall(html)), *_inside_tags(styled)),
        "img-src": (*own, *WRITTEN_IN, *media),
        "media-src": (*own, *WRITTEN_IN, *media),
        "font-src": (*own, "data:"),
        "worker-src": (*own, "blob:"),
        "base-uri": ("'none'",),
        "form-action": own,
    }
    return "; ".join(f"{name} {' '.join(sources)}" for name, sources in rules.items())


def origin(address: str) -> str:
    """The host that an address names, as a policy names it."""
    parts = urlsplit(address)
    return f"{parts.scheme or 'https'}://{parts.netloc}"


def _programs(scripts: Iterable[tuple[str, str]]) -> Iterator[str]:
    """The inline scripts that are programs, of attributes and texts; data need no leave."""
    for attributes, text in scripts:
        if text and not DATA.search(attributes):
            yield text


def _inside_tags(hashes: list[str]) -> list[str]:
    return ["'unsafe-hashes'", *hashes] if hashes else []


def _hashes(texts: Iterable[str]) -> list[str]:
    return sorted(set(map(hashed, texts)))


def hashed(text: str) -> str:
    """How a policy names a style or script that stands in a page."""
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"
