"""Files that hold no questions a program could tell, known by how they begin."""

from __future__ import annotations

import re

from viva.base.refused import Refused
from viva.base.words import say
from viva.exchange.limits import Incoming

PICTURE = say("this is a picture (type its questions into Word or a table)")
HEADS = (
    (b"\xd0\xcf\x11\xe0", say(
        "this is a file of an older Office (open it, save it as .docx or .xlsx)",
    )),
    (b"%PDF-", say(
        "a PDF does not tell what is a question (import the file that it was made from)",
    )),
    (b"{\\rtf", say("this is RTF (open it, and save it as .docx)")),
    (b"\x89PNG", PICTURE),
    (b"\xff\xd8\xff", PICTURE),
    (b"GIF8", PICTURE),
    (b"Rar!", say("this is a RAR archive (unpack it, and import what is in it)")),
    (b"7z\xbc\xaf", say("this is a 7z archive (unpack it, and import what is in it)")),
    (b"\x1f\x8b", say("this is packed by gzip (unpack it, and import what is in it)")),
)
PAGE = re.compile(rb"\s*<(?:!doctype html|html)\b", re.IGNORECASE)
OPEN = "application/vnd.oasis.opendocument."


def readable(file: Incoming) -> Incoming:
    """A file that may hold questions. Raises Refused where it is known to hold none."""
    if not file.content.strip():
        raise Refused(say("the file is empty"))
    for head, why in HEADS:
        if file.content.startswith(head):
            raise Refused(why)
    if PAGE.match(file.content[:500]):
        raise Refused(say(
            "this is a web page (copy its questions into Word, and save that as .docx)",
        ))
    if file.archive is not None and not file.archive.names:
        raise Refused(say("the zip is empty (make it again)"))
    if file.content[30:38] == b"mimetype" and OPEN.encode() in file.content[:120]:
        raise Refused(say("this is OpenDocument (save it as .docx or .xlsx)"))
    return file
