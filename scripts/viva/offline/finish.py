"""What is done when all pages are written."""

from __future__ import annotations

from dataclasses import dataclass

from viva.offline import downloads
from viva.offline.downloads import Target


@dataclass(frozen=True)
class Order:
    """What to make, and for which site."""

    target: Target
    serving: bool


def finish(order: Order) -> None:
    """Make the downloads of a site and list them on its page; a preview does without."""
    target = order.target
    if order.serving:
        page = target.site / downloads.PAGE
        page.write_text(downloads.fill(page.read_text("utf-8"), downloads.LATER), "utf-8")
        return
    downloads.pack(target)
    downloads.list_on_page(target)
