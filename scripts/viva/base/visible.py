"""Text that others typed, without what does not show, and as it is compared."""

import re
import unicodedata

UNSAFE = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ud800-\udfff"
    r"\ufeff\ufff9-\ufffb\ufffe\uffff]"
)


def visible(text: str) -> str:
    """A text without characters that would not show, or would show as others. A tab or the end of
    a line is a space."""
    return " ".join(UNSAFE.sub("", " ".join(text.split())).split())


def alike(text: str) -> str:
    """What texts have in common that readers take for one: case and ways to write á are equal."""
    shown = unicodedata.normalize("NFC", visible(text))
    return unicodedata.normalize("NFC", shown.casefold())
