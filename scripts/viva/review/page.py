"""A packet as a page that needs nothing else: what a reviewer writes into it is saved as a file."""

from __future__ import annotations

import json
from base64 import b64encode
from hashlib import sha256
from pathlib import Path

from jinja2 import PackageLoader

from viva.bank.question import STATUS_NAMES, STATUSES
from viva.base.words.scripts import translated
from viva.paper import pdf
from viva.paper.content import Picture
from viva.review.packet import Packet
from viva.site.direction import in_body
from viva.site.policy import hashed
from viva.site.render import environment_of

HERE = Path(__file__).parent
INCH = 110


def made(packet: Packet, docs: Path) -> str:
    """The page. It runs its own script and nothing else, and asks no host for anything."""
    script, style = ((HERE / name).read_text("utf-8") for name in ("packet.js", "packet.css"))
    script = translated(script, packet.words)

    def address(picture: Picture) -> str:
        """A picture inside the page."""
        return f"data:image/png;base64,{b64encode(pdf.as_png(picture, docs, INCH)).decode()}"

    environment = environment_of(PackageLoader("viva.review", "."), packet.words)
    page = environment.get_template("packet.html").render(
        packet=packet,
        states={state: STATUS_NAMES[state] for state in STATUSES[1:]},
        address=address,
        script=script,
        style=style,
        policy=f"default-src 'none'; img-src data:; style-src {hashed(style)}; "
        f"script-src {hashed(script)}; base-uri 'none'; form-action 'none'",
        name=_name(packet),
    )
    return in_body(page, packet.words.direction)


def _name(packet: Packet) -> str:
    """What a browser keeps the comments under until they are saved."""
    said = json.dumps([packet.title, *((one.question.id, one.version) for one in packet.sheets)])
    return f"viva-review-{sha256(said.encode()).hexdigest()[:12]}"
