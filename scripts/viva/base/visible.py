"""Text that others typed, without what does not show."""

import re

UNSAFE = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]"
)


def visible(text: str) -> str:
    """A text without characters that would not show, or would show as others."""
    return " ".join(UNSAFE.sub("", text).split())
