"""How long a page blocks its reader, by processor time: a busy machine does not spoil the figure.

Of every task of a page's main thread the processor time is taken, times four as Lighthouse does for
a phone, and what of it goes beyond 50 ms counts. Lighthouse takes the time on the wall, which grows
with whatever else the machine does.
"""

from __future__ import annotations

import statistics
from typing import Any

from playwright.sync_api import Browser

SLOWER, LONG = 4, 50  # a phone's factor; what a task may take, in ms
PHONE: dict[str, Any] = {
    "viewport": {"width": 412, "height": 823},
    "is_mobile": True,
    "has_touch": True,
    "service_workers": "block",
}
TRACED = {"includedCategories": ["disabled-by-default-devtools.timeline", "devtools.timeline"]}
SETTLED = 2000  # ms after a page has loaded


def blocking(browser: Browser, address: str, times: int) -> int:
    """The median of some visits, in milliseconds."""
    return round(statistics.median(_visit(browser, address) for _ in range(times)))


def _visit(browser: Browser, address: str) -> float:
    context = browser.new_context(**PHONE)
    page = context.new_page()
    events: list[dict[str, Any]] = []
    done: list[bool] = []
    tracer = browser.new_browser_cdp_session()
    tracer.on("Tracing.dataCollected", lambda found: events.extend(found["value"]))
    tracer.on("Tracing.tracingComplete", lambda _: done.append(True))
    tracer.send("Tracing.start", {"transferMode": "ReportEvents", "traceConfig": TRACED})
    page.goto(address, wait_until="load")
    page.wait_for_timeout(SETTLED)
    tracer.send("Tracing.end")
    while not done:
        page.wait_for_timeout(20)
    context.close()
    return sum(max(0.0, SLOWER * spent - LONG) for spent in _tasks(events, address))


def _tasks(events: list[dict[str, Any]], address: str) -> list[float]:
    """The processor time of each task on the thread that shows this address, in milliseconds."""
    thread = next(
        (event["pid"], event["tid"])
        for event in events
        if event["name"] == "ParseHTML" and event["args"]["beginData"]["url"] == address
    )
    return [
        event["tdur"] / 1000
        for event in events
        if event["name"] == "RunTask" and (event["pid"], event["tid"]) == thread and "tdur" in event
    ]
